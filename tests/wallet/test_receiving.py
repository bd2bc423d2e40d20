"""wallet/receiving.py: verified before it is kept; what is not kept says why."""

import json
from datetime import timedelta

import pytest

from kernel import frames
from tests import makers, worlds
from tests.makers import NORMA, NOW, spoiled
from tests.wallet.world import by, competence, permit, wallet
from wallet.kept import DISPUTE
from wallet.receiving import Trusted, receive, receive_all


def sent(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def test_a_card_s_text_is_verified_and_kept() -> None:
    opened, _random = wallet()
    opened, (arrival,) = receive(opened, worlds.text(competence()), by=by())
    assert (arrival.verdict, arrival.reasons) == ("valid", ())
    assert [kept.document for kept in opened.passes()] == [competence()]
    assert opened.find(str(arrival.name)).document == competence()


def test_a_file_is_kept_as_it_came_to_the_member() -> None:
    opened, _random = wallet()
    opened, (arrival,) = receive(opened, sent(permit(opened.did)), by=by())
    assert arrival.verdict == "valid"
    assert opened.passes()[0].document == permit(opened.did)


def test_a_pair_of_passes_is_two_arrivals() -> None:
    opened, _random = wallet()
    opened, arrivals = receive(opened, worlds.text([competence(), permit()]) + "\n", by=by())
    assert [arrival.verdict for arrival in arrivals] == ["valid", "valid"]
    assert len(opened.passes()) == 2


def test_frames_one_a_line_in_any_order_are_joined() -> None:
    opened, _random = wallet()
    text = worlds.text([competence(opened.did), permit(opened.did)])
    lines = "\r\n".join(reversed(frames.split(text)))
    opened, arrivals = receive(opened, lines, by=by())
    assert [arrival.verdict for arrival in arrivals] == ["valid", "valid"]


def test_the_same_pass_twice_is_kept_once() -> None:
    opened, _random = wallet()
    for _time in range(2):
        opened, (arrival,) = receive(opened, sent(competence()), by=by())
        assert arrival.name == opened.passes()[0].name
    assert len(opened.passes()) == 1


def test_one_that_holds_and_one_that_does_not_are_told_apart() -> None:
    opened, _random = wallet()
    pair = worlds.text([competence(), permit()])
    revoked = by(bits={"https://permiso.example/s/1": [21]})
    opened, arrivals = receive(opened, pair, by=revoked)
    assert [(arrival.verdict, arrival.name is None) for arrival in arrivals] == [("valid", False), ("revoked", True)]
    assert len(opened.passes()) == 1


def test_what_a_new_code_brings_takes_the_place_of_her_cancelled_pass_and_what_she_asked_about_it_goes_along() -> None:
    opened, random = wallet()
    old, other = competence(opened.did), permit(opened.did)
    opened = opened.keep(old, now=NOW).keep(other, now=NOW)
    former = opened.passes()[0].name
    opened = opened.note(DISPUTE, {"pass": former, "state": "rejected"}, now=NOW, random=random)
    right = competence(opened.did, index=31, claims={**makers.COMPETENCE, "name": "Ana María Pérez Gomes"})
    revoked = by(bits={"https://norma.example/s/1": [11]})
    after, (arrival,) = receive_all(opened, [right], by=revoked)
    assert [kept.document for kept in after.passes()] == [right, other]
    assert (arrival.verdict, arrival.replaces, after.passes()[0].replaces) == ("valid", former, former)
    assert after.notes(DISPUTE)[0].body["pass"] == arrival.name == after.passes()[0].name
    again, (same,) = receive_all(after, [right], by=revoked)
    assert (same.name, same.replaces) == (arrival.name, None)
    assert again.passes() == after.passes()


def test_beside_a_pass_that_no_list_cancels_another_stands_as_it_came() -> None:
    opened, _random = wallet()
    opened = opened.keep(competence(opened.did), now=NOW)
    after, (arrival,) = receive_all(opened, [competence(opened.did, index=31)], by=by())
    assert (len(after.passes()), arrival.replaces) == (2, None)


@pytest.mark.parametrize(
    ("document", "verdict", "reason"),
    [
        (spoiled(competence(), "/credentialSubject/level", "avanzado"), "cannot_verify", "invalid_signature"),
        (competence(issuer=makers.OTRA), "cannot_verify", "unknown_issuer"),
        (competence(valid_from=NOW + timedelta(days=3)), "cannot_verify", "not_yet_valid"),
        (spoiled(competence(), "/proof", ...), "cannot_verify", "invalid_shape"),
        (makers.permit(issuer=NORMA, status=makers.places(NORMA)), "cannot_verify", "out_of_scope"),
    ],
)
def test_what_fails_is_explained_and_not_kept(document: dict[str, object], verdict: str, reason: str) -> None:
    opened, _random = wallet()
    opened, (arrival,) = receive(opened, sent(document), by=by())
    assert arrival.verdict == verdict
    assert reason in arrival.reasons
    assert arrival.name is None
    assert opened.passes() == ()


def test_suspended_and_revoked_are_not_kept() -> None:
    for url, verdict in (("https://norma.example/s/1", "revoked"), ("https://norma.example/s/2", "under_review")):
        opened, _random = wallet()
        index = 11 if verdict == "revoked" else 12
        opened, (arrival,) = receive(opened, sent(competence()), by=by(bits={url: [index]}))
        assert (arrival.verdict, arrival.name) == (verdict, None)


def test_a_paper_whose_time_ended_is_kept_as_history() -> None:
    """P8: a historic permit stays as history."""
    opened, _random = wallet()
    ended = permit(valid_until=NOW - timedelta(days=400))
    opened, (arrival,) = receive(opened, sent(ended), by=by())
    assert (arrival.verdict, arrival.reasons) == ("expired", ("expired",))
    assert arrival.name is not None


def test_a_pass_made_for_another_key_is_not_kept() -> None:
    opened, _random = wallet()
    other, _random = wallet("rosa")
    opened, (arrival,) = receive(opened, sent(competence(other.did)), by=by())
    assert (arrival.verdict, arrival.reasons, arrival.name) == ("cannot_verify", ("holder_mismatch",), None)


def test_a_presentation_is_somebody_s_answer_and_is_not_kept() -> None:
    opened, _random = wallet()
    holder = makers.holder()
    shown = makers.presented([competence(holder.did)], holder)
    for raw in (worlds.text(shown), sent(shown)):
        opened, (arrival,) = receive(opened, raw, by=by())
        assert arrival.verdict == "cannot_verify"
        assert opened.passes() == ()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "unsupported_prefix"),
        ("https://evil.example/x", "unsupported_prefix"),
        ("VC1-Rñ", "malformed_base45"),
        ("VC1-R" + "A" * 5000, "limits_exceeded"),
        ("VF1-000000120", "frames_incomplete"),
        (b"", "malformed_json"),
        (b"[]", "malformed_json"),
        (b"{}", "invalid_shape"),
        (b'{"a":' * 40, "malformed_json"),
        (b" " * 40_000, "limits_exceeded"),
    ],
)
def test_what_is_no_pass_is_explained(raw: str | bytes, reason: str) -> None:
    opened, _random = wallet()
    _opened, (arrival,) = receive(opened, raw, by=by())
    assert (arrival.verdict, arrival.name) == ("cannot_verify", None)
    assert arrival.reasons


def test_without_a_bundle_nothing_is_kept() -> None:
    opened, _random = wallet()
    blind = Trusted(bundle=None, now=NOW, floor=None)
    for raw in (worlds.text(competence()), sent(competence())):
        _opened, (arrival,) = receive(opened, raw, by=blind)
        assert (arrival.reasons, arrival.name) == (("no_bundle",), None)


def test_a_clock_set_back_does_not_revive_an_ended_pass() -> None:
    """A10: judged at the floor."""
    opened, _random = wallet()
    ended = permit(valid_until=NOW - timedelta(days=30))
    turned = Trusted(bundle=by().bundle, now=NOW - timedelta(days=60), floor=NOW)
    _opened, (arrival,) = receive(opened, sent(ended), by=turned)
    assert arrival.verdict == "expired"

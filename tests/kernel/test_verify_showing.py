"""V23-V25: holder, question, time, replay. A fault there ends all passes; what had ended keeps its own reason."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.encoding import base58btc_encode
from kernel.proofs import integrity
from kernel.verify import MemorySeen
from kernel.verify.seen import CAPACITY
from schemas.verification import Report, Session
from tests import makers, worlds

HOLDER = makers.holder()
OTHER = makers.holder("holder2")
SECOND = timedelta(seconds=1)
MINE = makers.competence(subject=HOLDER.did)
QUESTION = Session(challenge="7K3M9QWX", domain="CAFE", issued_at=makers.NOW - timedelta(seconds=20))


def live(**changes: Any) -> str:
    """The text of a live code of Ana's competence."""
    return worlds.text(makers.presented([MINE], HOLDER, **changes))


def ends(report: Report, code: str, step: str) -> None:
    """Assert that this code ended every pass, and that nothing of them is shown but who signed."""
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", (code,), (step,))
    assert report.level is None
    assert not report.same_holder
    for one in report.passes:
        assert (one.verdict, one.claims, one.type, one.valid_until) == ("cannot_verify", None, None, None)
        assert one.issuer is not None


def test_a_live_code_of_one_pass() -> None:
    report = worlds.world().judge(live())
    assert (report.verdict, report.level, report.same_holder, report.reasons) == ("valid", "live", False, ())


def test_two_passes_of_one_holder_are_said_to_be_hers() -> None:
    both = makers.presented([MINE, makers.permit(subject=HOLDER.did)], HOLDER)
    report = worlds.world().judge(worlds.text(both))
    assert (report.verdict, report.level, report.same_holder) == ("valid", "live", True)


def test_a_live_code_never_raises_a_verdict() -> None:
    world = worlds.world(bits={"https://norma.example/s/1": [94567]})
    report = world.judge(live())
    assert (report.verdict, report.level, report.reasons) == ("revoked", "live", ("revoked",))


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/proof", ..., "invalid_shape"),
        ("/proof/cryptosuite", "eddsa-rdfc-2022", "wrong_cryptosuite"),
        ("/proof/proofPurpose", "assertionMethod", "wrong_proof_purpose"),
        ("/proof/verificationMethod", "did:web:norma.example#k1", "holder_mismatch"),
        ("/proof/verificationMethod", f"{HOLDER.did}#k1", "holder_mismatch"),
        ("/proof/verificationMethod", OTHER.signer.method, "invalid_signature"),
        ("/proof/created", "2026-11-22T00:30:01Z", "invalid_signature"),
        ("/holder", HOLDER.did, "invalid_signature"),
    ],
)
def test_v23_the_holders_proof(pointer: str, value: Any, code: str) -> None:
    spoiled = makers.spoiled(makers.presented([MINE], HOLDER), pointer, value)
    ends(worlds.world().judge(worlds.text(spoiled)), code, "V23")


def test_v23_a_proof_made_to_assert_is_refused() -> None:
    ends(worlds.world().judge(live(purpose="assertionMethod")), "wrong_proof_purpose", "V23")


def test_v23_somebody_elses_pass_is_refused() -> None:
    stolen = worlds.text(makers.presented([MINE], OTHER))
    ends(worlds.world().judge(stolen), "holder_mismatch", "V23")
    mixed = makers.presented([MINE, makers.permit(subject=OTHER.did)], HOLDER)
    ends(worlds.world().judge(worlds.text(mixed)), "holder_mismatch", "V23")


def test_v23_a_paper_pass_has_no_holder_to_show_it() -> None:
    ends(worlds.world().judge(worlds.text(makers.presented([makers.competence()], HOLDER))), "holder_mismatch", "V23")


def test_v23_a_pass_cannot_be_swapped_under_the_proof() -> None:
    swapped = {**makers.presented([MINE], HOLDER), "verifiableCredential": [makers.permit(subject=HOLDER.did)]}
    ends(worlds.world().judge(worlds.text(swapped)), "invalid_signature", "V23")


def _with_holder(name: Any) -> str:
    bare = {k: v for k, v in makers.presented([MINE], HOLDER).items() if k != "proof"}
    document = {**bare, "holder": name}
    proof = {"challenge": "0", "created": "2026-11-22T00:30:00Z"}
    return worlds.text(integrity.add(document, signer=HOLDER.signer, purpose="authentication", **proof))


def test_v23_a_holder_that_is_named_is_the_one_that_signed() -> None:
    assert worlds.world().judge(_with_holder(HOLDER.did)).verdict == "valid"
    ends(worlds.world().judge(_with_holder(OTHER.did)), "holder_mismatch", "V23")


def test_v23_a_key_of_small_order_proves_nothing() -> None:
    key = "z" + base58btc_encode(b"\xed\x01" + b"\x01" + bytes(31))
    document = makers.presented([MINE], HOLDER)
    document = makers.spoiled(document, "/proof/verificationMethod", f"did:key:{key}#{key}")
    document = makers.spoiled(document, "/proof/proofValue", "z" + base58btc_encode(b"\x01" + bytes(63)))
    ends(worlds.world().judge(worlds.text(document)), "low_order_key", "V23")


def test_v24_a_live_code_is_good_for_ninety_seconds_either_way() -> None:
    text = live(created="2026-11-22T00:30:00Z")
    made = makers.NOW - timedelta(seconds=20)
    for seconds in (-90, 0, 90):
        assert worlds.world().judge(text, now=made + timedelta(seconds=seconds)).verdict == "valid"
    for seconds in (-91, 91):
        ends(worlds.world().judge(text, now=made + timedelta(seconds=seconds)), "stale_presentation", "V24")


@pytest.mark.parametrize("created", [None, "ahora", "2026-11-22T00:30:00"])
def test_v24_a_live_code_says_when_it_was_made(created: str | None) -> None:
    ends(worlds.world().judge(live(created=created)), "stale_presentation", "V24")


def test_v24_the_raw_clock_counts_and_not_the_floor() -> None:
    early = worlds.SIGNED_AT - worlds.DAY
    report = worlds.world().judge(live(now=early), now=early)
    assert (report.verdict, report.level, report.reasons) == ("valid_as_of", "live", ("clock_behind",))


def test_v24_an_answer_is_to_this_question() -> None:
    world = worlds.world()
    for domain in ("CAFE", None):
        report = world.judge(
            live(challenge="7K3M9QWX", domain=domain, created="2020-01-01T00:00:00Z"), session=QUESTION
        )
        assert (report.verdict, report.level) == ("valid", "live_challenge")
    ends(world.judge(live(challenge="7K3M9QWY"), session=QUESTION), "challenge_mismatch", "V24")
    ends(world.judge(live(), session=QUESTION), "challenge_mismatch", "V24")
    ends(world.judge(live(challenge="7K3M9QWX")), "challenge_mismatch", "V24")
    ends(world.judge(live(challenge="7K3M9QWX", domain="OTRO"), session=QUESTION), "domain_mismatch", "V24")


def test_v24_a_question_lives_two_minutes() -> None:
    text = live(challenge="7K3M9QWX")
    good = QUESTION.issued_at + timedelta(seconds=120)
    assert worlds.world().judge(text, session=QUESTION, now=good).verdict == "valid"
    for now in (good + SECOND, QUESTION.issued_at - SECOND):
        ends(worlds.world().judge(text, session=QUESTION, now=now), "stale_presentation", "V24")


def test_a_question_changes_nothing_for_a_copy() -> None:
    report = worlds.world().judge(worlds.text(makers.competence()), session=QUESTION)
    assert (report.verdict, report.level) == ("valid", "copy")


def test_v25_what_was_shown_before_is_said_and_changes_nothing() -> None:
    world = worlds.world()
    first, second = world.judge(live()), world.judge(live(), now=makers.later(7))
    assert (first.seen_before, second.seen_before) == (None, 7)
    assert (second.verdict, second.reasons) == ("valid", ())
    expired = worlds.text(makers.presented([makers.competence(subject=HOLDER.did, valid_until=makers.BEGAN)], HOLDER))
    world.judge(expired)
    again = world.judge(expired)
    assert (again.verdict, again.reasons, again.steps) == ("expired", ("expired", "shown_before"), ("V19", "V25"))


def test_v25_a_presentation_that_failed_is_not_remembered() -> None:
    world = worlds.world()
    world.judge(live(challenge="7K3M9QWX"))
    assert world.judge(live(challenge="7K3M9QWX"), session=QUESTION).seen_before is None


def test_v25_the_memory_is_short() -> None:
    seen = MemorySeen()
    assert seen.look(b"a", now=makers.NOW) is None
    assert seen.look(b"a", now=makers.later(300)) == 300
    assert seen.look(b"a", now=makers.later(301)) is None
    assert seen.look(b"a", now=makers.later(300)) is None


def test_v25_a_flood_does_not_grow_the_memory() -> None:
    seen = MemorySeen()
    for number in range(CAPACITY):
        assert seen.look(number.to_bytes(4), now=makers.NOW) is None
    assert seen.look((0).to_bytes(4), now=makers.NOW) == 0
    assert seen.look(b"one more", now=makers.NOW) is None
    assert seen.look((1).to_bytes(4), now=makers.NOW) == 0
    assert seen.look((0).to_bytes(4), now=makers.NOW) is None
    assert CAPACITY == 4_096


def test_v25_is_told_beside_a_copy_too() -> None:
    world = worlds.world()
    texts = [live(), worlds.text(makers.permit())]
    assert world.judge(texts).seen_before is None
    assert world.judge(texts[::-1], now=makers.later(9)).seen_before == 9


def test_a_pass_that_ended_keeps_its_own_reason_when_the_presentation_fails() -> None:
    forged = makers.spoiled(makers.permit(subject=HOLDER.did), "/credentialSubject/workAllowed", False)
    document = makers.presented([MINE, forged], HOLDER, challenge="X")
    report = worlds.world().judge(worlds.text(document))
    assert [one.reasons for one in report.passes] == [("challenge_mismatch",), ("invalid_signature",)]
    assert (report.verdict, report.reasons) == ("cannot_verify", ("invalid_signature", "challenge_mismatch"))


def test_where_no_pass_stands_the_holder_is_not_asked() -> None:
    forged = makers.spoiled(MINE, "/credentialSubject/name", "Otra")
    report = worlds.world().judge(worlds.text(makers.presented([forged], OTHER, challenge="X")))
    assert (report.reasons, report.level) == (("invalid_signature",), None)


def test_a_good_pass_beside_a_forged_one_is_shown_live() -> None:
    forged = makers.spoiled(makers.permit(subject=HOLDER.did), "/credentialSubject/workAllowed", False)
    report = worlds.world().judge(worlds.text(makers.presented([MINE, forged], HOLDER)))
    assert (report.verdict, report.level) == ("cannot_verify", "live")
    assert [one.verdict for one in report.passes] == ["valid", "cannot_verify"]

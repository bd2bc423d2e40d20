"""wallet/showing.py and wallet/choosing.py: what is drawn is judged as meant, and nothing beyond the profile is."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.errors import Invalid, NotBelieved, NotFound, WrongShape
from schemas.verification import Session
from tests import makers, worlds
from tests.makers import NOW
from tests.wallet.world import HIRING, bundle, competence, permit, wallet
from tests.worlds import World
from wallet.choosing import Choice, Display, display
from wallet.holder import OpenWallet
from wallet.showing import at_desk


def full() -> OpenWallet:
    """Her wallet after two pick-ups: bound and unbound copies, and the permit for hiring."""
    opened, _random = wallet()
    passes = [
        competence(opened.did, index=11),
        competence(index=13),
        permit(opened.did, index=21),
        permit(index=23),
        permit(opened.did, index=25, claims=HIRING),
    ]
    for each in passes:
        opened = opened.keep(each, now=NOW)
    return opened


def shown(manner: str, *, profile: str = "interview", now: Any = NOW, **more: Any) -> Display:
    choice = Choice(manner=manner, profile=profile, names=more.get("names"), request=more.get("request"))  # type: ignore[arg-type]  # named in each test
    return display(more.get("opened") or full(), choice, bundle=bundle(), now=now)


def judged(made: Display, **more: Any) -> Any:
    return World(bundle=bundle()).judge(made.shown.texts, **more)


def test_a_still_pair_is_one_symbol_of_14_l() -> None:
    made = shown("static")
    (text,) = made.shown.texts
    assert text.startswith("VC1-R")
    assert len(text) <= 667
    assert made.shown.level == "L"
    report = judged(made)
    assert (report.verdict, report.level, len(report.passes)) == ("valid", "copy", 2)


def test_one_still_pass_is_drawn_at_m() -> None:
    opened = full()
    made = shown("static", opened=opened, names=(opened.passes()[0].name,))
    assert (made.shown.level, len(made.shown.texts)) == ("M", 1)
    assert len(made.shown.texts[0]) <= 419  # 12-M


def test_a_live_pair_goes_in_frames_and_one_live_pass_in_one_symbol() -> None:
    pair = shown("live")
    assert 2 <= len(pair.shown.texts) <= 4
    assert all(text.startswith("VF1-") and len(text) <= 366 for text in pair.shown.texts)
    report = judged(pair)
    assert (report.verdict, report.level, report.same_holder) == ("valid", "live", True)
    opened = full()
    one = shown("live", opened=opened, names=(opened.passes()[0].name,))
    assert len(one.shown.texts) == 1
    assert len(one.shown.texts[0]) <= 758  # 15-L
    assert judged(one).level == "live"


def test_a_live_code_is_drawn_anew_every_half_minute_and_is_soon_stale() -> None:
    at = NOW.replace(second=29)
    made = shown("live", now=at)
    assert made.shown.until == at.replace(second=30)
    assert shown("live", now=at.replace(second=2)).shown.texts == made.shown.texts
    assert shown("live", now=at.replace(second=31)).shown.texts != made.shown.texts
    assert judged(made, now=at + timedelta(seconds=121)).reasons == ("stale_presentation",)


def test_a_reto_is_answered_with_its_letters_and_the_scanned_name() -> None:
    made = shown("answer", request="VQ1-I7K3M9QWX.CAFE LA PALMA")
    assert made.note()["to"] == "CAFE LA PALMA"
    session = Session(challenge="7K3M9QWX", domain="CAFE LA PALMA", issued_at=NOW)
    assert judged(made, session=session).level == "live_challenge"
    other = Session(challenge="00000000", domain="CAFE LA PALMA", issued_at=NOW)
    assert judged(made, session=other).reasons == ("challenge_mismatch",)
    elsewhere = Session(challenge="7K3M9QWX", domain="OTRO", issued_at=NOW)
    assert judged(made, session=elsewhere).reasons == ("domain_mismatch",)


def test_a_typed_reto_works_when_the_clocks_differ() -> None:
    made = shown("answer", request="7k3m-9qwx", now=NOW + timedelta(days=700))
    session = Session(challenge="7K3M9QWX", domain="CAFE", issued_at=NOW)
    assert judged(made, session=session).verdict == "valid"


def test_what_is_signed_for_a_desk_is_live_for_no_verifier() -> None:
    mine, challenge = makers.holder(), "Q" * 43
    document = competence(mine.did)
    proof = at_desk(document, challenge=challenge, signer=mine.signer, holder=mine.did, now=NOW)
    questions = [None, *(Session(challenge=letters, domain=None, issued_at=NOW) for letters in ("7K3M9QWX", "0", ""))]
    for session in questions:
        report = World(bundle=bundle()).judge(worlds.text(proof), session=session)
        assert (report.verdict, report.reasons) == ("cannot_verify", ("challenge_mismatch",))


def test_the_profile_decides_which_copies_are_drawn() -> None:
    interview = {str(kept.document["credentialSubject"]) for kept in shown("live").passes}
    assert not any("country" in subject for subject in interview)
    hiring = shown("live", profile="hiring")
    assert any("VEN" in str(kept.document["credentialSubject"]) for kept in hiring.passes)


def test_a_still_code_prefers_copies_without_a_key_and_a_live_one_takes_only_bound_ones() -> None:
    assert all("id" not in kept.document["credentialSubject"] for kept in shown("static").passes)  # type: ignore[operator]  # an object
    assert all("id" in kept.document["credentialSubject"] for kept in shown("live").passes)  # type: ignore[operator]  # an object


def test_asking_for_more_than_the_profile_draws_nothing() -> None:
    opened = full()
    for_hiring = opened.passes()[4].name
    with pytest.raises(Invalid) as caught:
        shown("live", opened=opened, names=(for_hiring,))
    assert caught.value.code == "over_asking"
    with pytest.raises(Invalid):
        shown("answer", request="VQ1-H7K3M9QWX.CAFE")


def test_the_holder_may_always_show_less() -> None:
    opened = full()
    made = shown("live", opened=opened, names=(opened.passes()[2].name,), profile="hiring")
    assert judged(made).verdict == "valid"


def test_a_pass_for_no_key_or_for_another_is_never_shown_live() -> None:
    opened, _random = wallet()
    other, _random = wallet("rosa")
    opened = opened.keep(competence(), now=NOW).keep(competence(other.did), now=NOW)
    for kept in opened.passes():
        with pytest.raises(NotBelieved) as caught:
            shown("live", opened=opened, names=(kept.name,))
        assert caught.value.code == "holder_mismatch"


def test_an_empty_wallet_has_nothing_to_show() -> None:
    opened, _random = wallet()
    for manner in ("static", "live"):
        with pytest.raises(NotFound):
            shown(manner, opened=opened)


def test_none_and_five_are_no_presentation() -> None:
    opened = full()
    for names in ((), tuple(kept.name for kept in opened.passes())):
        with pytest.raises(WrongShape) as caught:
            shown("static", opened=opened, names=names, profile="hiring")
        assert caught.value.code == "invalid_shape"


def test_an_answer_without_letters_is_no_request() -> None:
    with pytest.raises(Invalid) as caught:
        shown("answer")
    assert caught.value.code == "bad_request"


def test_somebody_else_cannot_show_hers() -> None:
    """A5: the copy alone does not let another wallet answer."""
    opened = full()
    thief, _random = wallet("rosa")
    stolen = [kept.document for kept in opened.passes()[:1]]
    forged = makers.presented(stolen, makers.Holder(did=thief.did, signer=thief.signer()))
    assert World(bundle=bundle()).judge(worlds.text(forged)).reasons == ("holder_mismatch",)


def test_the_note_names_the_claims_that_went_out_and_holds_none() -> None:
    note = shown("live").note()
    assert set(note) == {"manner", "profile", "passes", "claims"}
    assert isinstance(claims := note["claims"], list)
    assert {"name", "norm"} <= set(claims)
    assert "Ana" not in str(note)

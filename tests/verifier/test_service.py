"""verifier/service.py: a question for one answer within two minutes; a photo; nothing kept of what was judged."""

import re

import pytest
from sqlalchemy import inspect, text

from kernel import frames
from kernel.errors import Malformed
from schemas.question import Ask
from tests import makers, worlds
from tests.verifier.conftest import Desk
from verifier.reading import Asked

HOLDER = makers.holder()
MINE = makers.competence(subject=HOLDER.did)


def answered(challenge: str, domain: str | None = None) -> Asked:
    """A presentation that answers a question."""
    shown = makers.presented([MINE], HOLDER, challenge=challenge, domain=domain)
    return Asked(raw=worlds.text(shown), challenge=challenge)


def test_a_question_has_eight_letters_a_name_and_two_minutes(desk: Desk) -> None:
    with desk.open() as verifier:
        question = verifier.ask(Ask(profile="hiring", name="CAFE LA PALMA"))
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", question.challenge)
    assert question.request == f"VQ1-H{question.challenge}.CAFE LA PALMA"
    assert question.expires_at == makers.later(120)
    assert question.domain == "CAFE LA PALMA"


def test_letters_use_all_forty_bits(desk: Desk) -> None:
    desk.random.seed = "other"
    with desk.open() as verifier:
        letters = [verifier.ask(Ask()).challenge for _ in range(64)]
    assert len(set(letters)) == 64
    assert len({place for word in letters for place in enumerate(word)}) > 200


def test_the_answer_to_a_question_is_live_with_challenge_and_once(desk: Desk) -> None:
    with desk.open() as verifier:
        question = verifier.ask(Ask(name="CAFE"))
    with desk.open() as verifier:
        report = verifier.answer(answered(question.challenge, "CAFE"))
    assert (report.verdict, report.level) == ("valid", "live_challenge")
    with desk.open() as verifier:
        again = verifier.answer(answered(question.challenge, "CAFE"))
    assert (again.verdict, again.reasons, again.level) == ("cannot_verify", ("challenge_mismatch",), None)


def test_an_answer_after_two_minutes_is_stale(desk: Desk) -> None:
    with desk.open() as verifier:
        question = verifier.ask(Ask())
    desk.clock.tick(121)
    with desk.open() as verifier:
        assert verifier.answer(answered(question.challenge)).reasons == ("stale_presentation",)


def test_letters_that_nobody_asked_are_never_an_answer(desk: Desk) -> None:
    with desk.open() as verifier:
        for letters in ("7K3M9QWX", "0"):
            assert verifier.answer(answered(letters)).reasons == ("challenge_mismatch",)


def test_an_answer_to_another_verifier_is_refused(desk: Desk) -> None:
    with desk.open() as verifier:
        question = verifier.ask(Ask(name="CAFE"))
        assert verifier.answer(answered(question.challenge, "OTRO")).reasons == ("domain_mismatch",)


def test_a_photo_of_frames_is_one_text(desk: Desk) -> None:
    live = worlds.text(makers.presented([MINE, makers.permit(subject=HOLDER.did)], HOLDER))
    desk.picture.photos[b"photo"] = frames.split(live)[::-1]
    with desk.open() as verifier:
        report = verifier.answer(Asked(raw=b"photo", is_photo=True))
    assert (report.verdict, report.level, len(report.passes)) == ("valid", "live", 2)


def test_a_photo_without_a_code_is_a_report_and_what_is_no_photo_no_request(desk: Desk) -> None:
    desk.picture.photos[b"cat"] = ()
    with desk.open() as verifier:
        report = verifier.answer(Asked(raw=b"cat", is_photo=True))
    assert (report.verdict, report.reasons, report.passes) == ("cannot_verify", ("picture_unreadable",), ())
    with desk.open() as verifier, pytest.raises(Malformed) as refused:
        verifier.answer(Asked(raw=b"garbage", is_photo=True))
    assert refused.value.code == "picture_unreadable"


def test_without_a_bundle_every_answer_says_so(desk: Desk) -> None:
    desk.bundle = None
    with desk.open() as verifier:
        assert verifier.answer(Asked(raw=worlds.text(MINE))).reasons == ("no_bundle",)


def test_nothing_of_what_was_judged_is_kept(desk: Desk) -> None:
    with desk.open() as verifier:
        verifier.answer(Asked(raw=worlds.text(makers.competence())))
        verifier.answer(Asked(raw=worlds.text(makers.presented([MINE], HOLDER))))
    with desk.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name.startswith("verifier_")]
        assert names == ["verifier_question"]
        assert connection.execute(text("SELECT count(*) FROM verifier_question")).scalar_one() == 0

"""kernel/presentation.py: what a holder's code says of its passes, its time and the question it answers."""

from datetime import UTC, datetime

from kernel.presentation import answer, compose, live, step
from tests import makers


def test_the_passes_stand_inside_as_they_are() -> None:
    one = makers.competence()
    assert compose([one]) == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [one],
    }


def test_without_a_pass_it_proves_a_key_alone() -> None:
    assert "verifiableCredential" not in compose([])


def test_a_live_code_answers_nobody_and_names_no_domain() -> None:
    fresh = live(makers.NOW)
    assert (fresh.challenge, fresh.domain, fresh.created) == ("0", None, "2026-11-22T00:30:00Z")


def test_an_answer_carries_the_letters_and_the_short_name() -> None:
    fresh = answer(makers.NOW, challenge="7K3M9QWX", domain="CAFE")
    assert (fresh.challenge, fresh.domain) == ("7K3M9QWX", "CAFE")


def test_created_is_rounded_down_to_half_a_minute() -> None:
    assert step(datetime(2026, 1, 2, 3, 4, 59, 999999, tzinfo=UTC)) == "2026-01-02T03:04:30Z"
    assert step(datetime(2026, 1, 2, 3, 4, 29, tzinfo=UTC)) == "2026-01-02T03:04:00Z"

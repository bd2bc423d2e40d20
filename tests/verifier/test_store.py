"""verifier/store.py: a question is taken once, whoever asks first, and old ones go."""

from datetime import timedelta

import pytest

from app.db import transaction
from kernel.errors import Conflict
from schemas.verification import Session
from tests import makers
from tests.verifier.conftest import Desk
from verifier.store import VerifierStore

QUESTION = Session(challenge="7K3M9QWX", domain="CAFE", issued_at=makers.NOW)


def test_a_question_is_taken_once(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        VerifierStore(session=session).keep(QUESTION)
    with transaction(desk.engine) as session:
        assert VerifierStore(session=session).take("7K3M9QWX") == QUESTION
    with transaction(desk.engine) as session:
        assert VerifierStore(session=session).take("7K3M9QWX") is None


def test_the_same_letters_cannot_be_open_twice(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        VerifierStore(session=session).keep(QUESTION)
    with pytest.raises(Conflict), transaction(desk.engine) as session:
        VerifierStore(session=session).keep(QUESTION)


def test_questions_that_nobody_answered_go(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        store = VerifierStore(session=session)
        store.keep(QUESTION)
        store.forget_before(makers.NOW)
        assert store.take("7K3M9QWX") == QUESTION
        store.keep(QUESTION)
        store.forget_before(makers.NOW + timedelta(seconds=1))
        assert store.take("7K3M9QWX") is None

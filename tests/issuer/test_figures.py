"""An issuer's numbers: counted, rounded to five, and nothing where fewer than ten stand."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.db import transaction
from issuer import kinds
from issuer.figures.service import Figures, rounded
from issuer.figures.store import FigureStore
from kernel.errors import PuenteError
from schemas.issuance import ActRequest
from tests.fakes import NOON
from tests.issuer.rooms import COLOMBIA
from tests.issuer.test_places import row
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House


def test_groups_under_ten_are_hidden_and_the_rest_is_rounded(database: Engine) -> None:
    house = House(database, chunk=64).open()
    house.issue((DEMO / "cohort-demo.csv").read_bytes())
    batch = house.permits(YULEISY)
    with house.issuer() as issuer:
        issuer.promise("norma", "C06", [row(9)], batch=None, centre=None, at=NOON)  # of no batch, and not sealed
    (n,) = house.numbers(batch)
    with house.status() as status:
        act = status.propose(n, ActRequest(act="suspend", reason="fraud"), by=OSCAR).id
    with house.status() as status:
        status.approve(act, by=MARTA)
    with transaction(database) as session:
        figures = Figures(store=FigureStore(session=session), issuer=house.issuer_on(session), days=COLOMBIA)
        told = figures.look(by=MARTA)
        assert figures.store.flagged(1) == {"suspension": 1}
        with pytest.raises(PuenteError):
            figures.look(by=replace(MARTA, issuer="otra"))
    assert (told.issued, told.suspended, told.revoked, told.disputes_open) == (165, None, None, None)
    assert [(each.group, each.issued) for each in told.by_type] == [("C01", None), ("C06", 160)]
    assert [each.title_en for each in told.by_type if each.group == "C06"] == [kinds.KINDS["C06"].type.title_en]
    assert [(each.group, each.issued) for each in told.by_centre] == [("", 165)]
    assert [(each.group, each.issued) for each in told.by_day] == [("2026-11-22", 165)]


def test_rounding() -> None:
    assert [rounded(n) for n in (0, 9, 10, 12, 13, 162, 163)] == [None, None, 10, 10, 15, 160, 165]

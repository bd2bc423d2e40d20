"""A corrected file issues just the rows that were in error; whether it comes before or after the first is issued."""

import io

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from issuer.tables import AuditRow
from kernel.errors import Conflict, NotFound
from schemas.counter import MendingView
from schemas.issuance import BatchView
from tests.issuer.world import DEMO, MARTA, OSCAR, YULEISY, House

COHORT = (DEMO / "cohort-demo.csv").read_bytes()
LINES = COHORT.decode("utf-8-sig").splitlines()
RIGHT = {
    18: ("29080110,", "290801106,"), 77: ("15/12/2025", "15/11/2025"),
    148: (",7,", ",3,"), 189: ("5-nov.-25", "05/11/2025"),
}  # fmt: skip
"""Row -> what is wrong in it and how it is right; three more rows stay as they are."""


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def mended(line: str, row: int) -> str:
    wrong, right = RIGHT[row]
    assert wrong in line
    return line.replace(wrong, right, 1)


def whole() -> bytes:
    lines = [mended(line, row) if row in RIGHT else line for row, line in enumerate(LINES)]
    return "\n".join(lines).encode()


def few() -> bytes:
    return "\n".join([LINES[0], *(mended(LINES[row], row) for row in sorted(RIGHT))]).encode()


def correct(house: House, parent: str, raw: bytes) -> BatchView:
    return house.desk.correct(parent, io.BytesIO(raw), by=OSCAR, form=None)


def look(house: House, batch: str) -> MendingView:
    with house.mending() as mending:
        return mending.look(batch, by=MARTA)


@pytest.mark.parametrize("raw", [whole(), few()], ids=["whole", "few"])
@pytest.mark.parametrize("is_first", [True, False], ids=["issued first", "issued last"])
def test_only_what_was_in_error_is_issued(house: House, raw: bytes, is_first: bool) -> None:
    parent = house.check(COHORT)
    if is_first:
        house.release(parent)
        house.desk.run(parent)
    child = correct(house, parent, raw)
    assert child.issue == 4
    assert correct(house, parent, raw).id == child.id
    told = look(house, parent)
    assert (told.parent, [each.batch.id for each in told.corrections]) == (None, [child.id])
    assert {row + 1 for row in RIGHT} <= set(told.corrections[0].mended)
    assert {38} & set(told.corrections[0].mended) == set()
    named = look(house, child.id).parent
    assert named is not None
    assert (named.id, named.type, named.issue) == (parent, "C06", 162)
    house.release(child.id)
    assert house.desk.run(child.id) == 4
    assert len(house.numbers(child.id)) == 4
    if not is_first:
        house.release(parent)
        house.desk.run(parent)
    assert len(house.numbers(parent)) == 162
    again = house.check(whole())
    house.release(again)
    assert house.desk.run(again) == 0


def test_a_row_that_is_wrong_again_is_told_and_not_mended(house: House) -> None:
    parent = house.check(COHORT)
    child = correct(house, parent, "\n".join([LINES[0], LINES[18], mended(LINES[77], 77)]).encode())
    assert (child.issue, child.error) == (1, 1)
    assert look(house, parent).corrections[0].mended == [78]


def test_there_is_nothing_to_correct_without_a_file(house: House) -> None:
    batch = house.permits(YULEISY)
    with pytest.raises(Conflict):
        correct(house, batch, few())
    with pytest.raises(NotFound):
        correct(house, "x" * 22, few())


def test_rows_of_a_refused_batch_are_not_told_as_issued(house: House) -> None:
    parent = house.check(COHORT)
    with house.batches() as batches:
        batches.refuse(parent, by=MARTA)
    with pytest.raises(Conflict):
        correct(house, parent, few())


def test_others_write_while_two_files_are_read(house: House) -> None:
    parent = house.check(COHORT)

    class Slow(io.BytesIO):
        """Somebody else's batch is refused in the middle of this one's reading."""

        def seek(self, offset: int, whence: int = 0, /) -> int:
            with house.batches() as batches:
                batches.store.step(
                    batches.store.batch(parent, issuer=None, centre=None), was=("checked",), to="refused"
                )
            return super().seek(offset, whence)

    with pytest.raises(Conflict):
        house.desk.correct(parent, Slow(few()), by=OSCAR, form=None)
    assert look(house, parent).corrections == []


def test_a_row_is_mended_by_one_correction(house: House) -> None:
    parent = house.check(COHORT)
    first = correct(house, parent, "\n".join([LINES[0], mended(LINES[77], 77), mended(LINES[148], 148)]).encode())
    other = "\n".join([LINES[0], LINES[77].replace("15/12/2025", "14/11/2025")]).encode()
    with pytest.raises(Conflict, match=r"already: 78$") as refused:
        correct(house, parent, other)
    assert refused.value.code == "mended_already"
    assert [each.batch.id for each in look(house, parent).corrections] == [first.id]
    rest = correct(house, parent, "\n".join([LINES[0], mended(LINES[189], 189)]).encode())
    assert rest.issue == 1
    with house.batches() as batches:
        batches.refuse(first.id, by=MARTA)
    assert correct(house, parent, other).issue == 1


LATE = LINES[77]
"""Its date is to come. Twins of it have the same document and norm, and another wrong date."""


def test_twins_in_error_are_mended_one_by_one(house: House) -> None:
    parent = house.check("\n".join([LINES[0], LATE, LINES[1], LATE.replace("15/12", "16/12"), LATE]).encode())
    right = LATE.replace("15/12", "15/11")
    correct(house, parent, f"{LINES[0]}\n{right}".encode())
    assert [each.mended for each in look(house, parent).corrections] == [[2]]


def test_a_twin_that_is_right_at_its_place_is_mended_there(house: House) -> None:
    other = LATE.replace("15/12", "16/12")
    parent = house.check("\n".join([LINES[0], LATE, LINES[1], other]).encode())
    correct(house, parent, "\n".join([LINES[0], LATE, LINES[1], other.replace("16/12", "16/11")]).encode())
    assert [each.mended for each in look(house, parent).corrections] == [[4]]


def test_every_twin_that_is_right_counts_and_what_is_known_by_more_goes_first(house: House) -> None:
    other = LATE.replace("15/12", "16/12").replace("000202541701", "000202541702")
    parent = house.check("\n".join([LINES[0], LATE, other]).encode())
    two_cells = LATE.replace("15/12", "16/11").replace("000202541701", "000202541709")
    lines = [LINES[0], LINES[1], two_cells, LATE.replace("15/12", "15/11")]
    correct(house, parent, "\n".join(lines).encode())
    assert [each.mended for each in look(house, parent).corrections] == [[2, 3]]


def refusal(house: House, batch: str) -> str:
    with pytest.raises((Conflict, NotFound)) as refused, house.mending() as mending:
        mending.discard(batch, by=OSCAR)
    return refused.value.code


def test_an_upload_that_nobody_sent_is_undone_and_the_same_file_may_come_again(house: House) -> None:
    batch = house.check(COHORT)
    with house.mending() as mending:
        mending.discard(batch, by=OSCAR)
    assert refusal(house, batch) == "not_found"
    with house.batches() as batches:
        assert batches.list(by=OSCAR, after="", limit=9).items == []
        kept = (AuditRow.act, AuditRow.actor, AuditRow.object)
        told = batches.store.session.exec(select(*kept).where(AuditRow.act == "batch_discarded")).all()
        assert [tuple(line) for line in told] == [("batch_discarded", "oscar", batch)]
        assert not batches.store.has_source(batch)
        assert batches.store.findings(batch, after=0, limit=9) == []
    again = house.check(COHORT)
    assert again != batch
    with house.batches() as batches:
        batches.propose(again, by=OSCAR)
    assert refusal(house, again) == "not_possible_now"
    with house.batches() as batches:
        digest = batches.store.batch(again, issuer=None, centre=None).digest.hex()
        batches.release(again, by=MARTA, digest=digest, accept_errors=True)
    assert refusal(house, again) == "already_released"


def test_a_correction_is_told_in_the_list_and_its_rows_are_free_once_it_is_discarded(house: House) -> None:
    parent = house.check(COHORT)
    child = correct(house, parent, few())
    with house.batches() as batches:
        listed = {each.id: each.corrects for each in batches.list(by=OSCAR, after="", limit=9).items}
        assert (listed, batches.look(child.id, by=OSCAR).corrects) == ({parent: None, child.id: parent}, parent)
    assert refusal(house, parent) == "has_corrections"
    with pytest.raises(Conflict):
        correct(house, parent, whole())
    with house.mending() as mending:
        mending.discard(child.id, by=OSCAR)
    assert correct(house, parent, whole()).issue == child.issue

"""Promise: what people did is told in a chain; a changed line and a cut end are found by who holds a checkpoint."""

import os

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.audit_points import known_key, read_point, write_point
from app.db import reading, transaction
from app.doctor import examine
from app.hourly import keep_logs, tell_logs
from app.log_files import published
from issuer import audit
from kernel.errors import BadProof, Conflict
from kernel.keys import PublicKey
from tests.issuer.test_disputes import code_of
from tests.journeys.papers import cohort, holder, permit, row
from tests.journeys.world import Place


def require_whole(place: Place, note: str) -> None:
    key = known_key(place.folder)
    assert key is not None
    with reading(place.world.engine) as session:
        audit.recompute(session)
        point = read_point(note, key)
        audit.require_goes_on_from(session, point.size, point.root)


def without_guards(session: Session) -> None:
    """What a thief with the whole database would do first: the triggers refuse even the owner otherwise."""
    if session.connection().dialect.name == "sqlite":
        for name in session.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='issuer_audit'")
        ).scalars():
            session.execute(text(f"DROP TRIGGER {name}"))
    else:
        session.execute(text("ALTER TABLE issuer_audit DISABLE TRIGGER USER"))


def test_the_chain_goes_on_from_each_checkpoint(place: Place) -> None:
    first = write_point(place.world).read_text()
    place.check(row_file())
    require_whole(place, first)
    require_whole(place, write_point(place.world).read_text())


def test_an_auditor_reads_it_page_by_page_and_nobody_else_does(place: Place) -> None:
    place.check(row_file())
    with reading(place.world.engine) as session:
        n, head = audit.head(session)
    first = place.good("GET", "/v1/issuer/audit", "uma", params={"limit": n - 1})
    (newest, *_) = first["items"]
    assert (newest["n"], newest["actor"], newest["hash"]) == (n, "oscar", head.hex())
    rest = place.good("GET", "/v1/issuer/audit", "uma", params={"after": first["next"]})
    assert ([line["n"] for line in rest["items"]], rest["next"]) == ([1], None)
    for who in ("oscar", "marta", "irene"):
        assert place.code("GET", "/v1/issuer/audit", who) == (403, "not_allowed")


def row_file() -> bytes:
    return cohort(row())


def cut_end(session: Session) -> int:
    """As who writes the database at will would: the last line gone; gives its number."""
    without_guards(session)
    n, _ = audit.head(session)
    session.execute(text("DELETE FROM issuer_audit WHERE n = :n"), {"n": n})
    former = audit.hash_at(session, n - 1)
    session.execute(text("UPDATE issuer_audit_head SET n = :n, hash = :h"), {"n": n - 1, "h": former})
    return n


def test_a_cut_end_is_found_though_the_rest_of_the_chain_holds(place: Place) -> None:
    place.check(row_file())
    note = write_point(place.world).read_text()
    with transaction(place.world.engine) as session:
        n = cut_end(session)
    with reading(place.world.engine) as session:
        assert audit.recompute(session)[0] == n - 1, "alone it looks whole"
    with pytest.raises(Conflict) as caught:
        require_whole(place, note)
    assert (caught.value.code, caught.value.pointer) == ("record_broken", f"/{n}")


def test_a_rewritten_end_is_found_too(place: Place) -> None:
    place.check(row_file())
    note = write_point(place.world).read_text()
    with transaction(place.world.engine) as session:
        cut_end(session)
        audit.append(session, audit.Act(at=place.clock.now(), actor="otra", act="batch_checked", object="x"))
    with pytest.raises(Conflict):
        require_whole(place, note)


def test_no_note_is_signed_over_a_chain_that_was_cut_and_goes_on(place: Place) -> None:
    """The house would bear witness for the cut chain with its own key, and its note of before would be gone."""
    place.check(row_file())
    file = write_point(place.world)
    note = file.read_text()
    with transaction(place.world.engine) as session:
        n = cut_end(session)
    assert code_of(Conflict, write_point, place.world) == "record_broken", "shorter than what was told"
    for _ in range(2):
        with transaction(place.world.engine) as session:
            audit.append(session, audit.Act(at=place.clock.now(), actor="otra", act="batch_checked", object="x"))
        assert code_of(Conflict, write_point, place.world) == "record_broken", "as long and longer, with another line"
    assert not tell_logs(place.world), "an alarm"
    assert file.read_text() == note
    assert not (file.parent / f"checkpoint-{n + 1}.txt").exists()
    ready = place.client.get("/readyz")
    assert (ready.status_code, ready.json()["record"]) == (503, False)
    told = [each.words for each in examine(place.world.settings, lang="es") if each.good is False]
    assert any("no sigue de lo que ya se publicó (audit)" in each for each in told)


def test_a_checkpoint_of_another_key_or_a_changed_one_is_not_believed(place: Place) -> None:
    note = write_point(place.world).read_text()
    with pytest.raises(BadProof):
        read_point(note, PublicKey(bytes(range(32))))
    key = known_key(place.folder)
    assert key is not None
    lines = note.split("\n")
    with pytest.raises(BadProof):
        read_point("\n".join([lines[0], str(int(lines[1]) + 1), *lines[2:]]), key)


def test_it_is_told_each_hour_and_not_before(place: Place) -> None:
    assert keep_logs(place.world) or list((place.folder / "audit").glob("checkpoint-*"))
    assert not keep_logs(place.world), "an hour has not passed"
    for file in (place.folder / "audit").glob("checkpoint-*"):
        os.utime(file, (0, 0))
    assert keep_logs(place.world)


def test_a_stop_between_the_key_and_its_file_costs_nothing(place: Place) -> None:
    place.publish()
    write_point(place.world)
    before = known_key(place.folder)
    (place.folder / "audit" / "key.json").unlink()
    write_point(place.world)
    assert before is not None
    assert known_key(place.folder) == before


def test_one_issuer_that_cannot_sign_keeps_no_others_log_from_being_told(place: Place) -> None:
    offers = [place.offer(place.numbered(1)), place.offer(place.permitted(permit())[0], "lucia")]
    for offer in offers:
        place.picked_up(offer, holder())
    before = [published(place.folder / "log" / issuer / "checkpoint") for issuer in ("formacion", "permisos")]
    for key in [key for key in place.keys.methods if key.startswith("formacion/")]:
        del place.keys.methods[key]
    assert not tell_logs(place.world)
    after = [published(place.folder / "log" / issuer / "checkpoint") for issuer in ("formacion", "permisos")]
    assert after[0] == before[0]
    assert after[1] > before[1]
    assert list((place.folder / "audit").glob("checkpoint-*"))

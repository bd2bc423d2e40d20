"""Promise: a house that was destroyed goes on from an older copy; no place or leaf is given twice, no bit is undone."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app.audit_points import write_point
from app.backup import back_up, go_on, restore, without_password
from app.db import open_engine, reading, transaction
from app.drill import rehearse
from app.log_files import CHECKPOINT, FOLDER, published
from app.sealed_copy import make_key, seal, unseal
from app.settings import Settings
from issuer import audit
from issuer.places import reserve
from issuer.service import Issuer
from issuer.status.by_place import ByPlace
from issuer.status.service import Status
from kernel import issued_log, log_tiles
from kernel.access import Principal
from kernel.errors import BadProof, Conflict, Forbidden, Invalid, Malformed, NotFound, Unavailable, WrongShape
from schemas.issuance import Reason
from tests.databases import PostgresServer
from tests.issuer.test_disputes import code_of
from tests.journeys.papers import holder
from tests.journeys.world import Place

OSCAR = Principal(person="oscar", roles=frozenset({"officer"}), issuer="formacion")
MARTA = Principal(person="marta", roles=frozenset({"approver"}), issuer="formacion")
OPERATORS = ("ana", "luis")
ALL = ("formacion", "permisos")
KEYS = (make_key(), make_key())


def places(place: Place) -> set[tuple[int, int]]:
    with reading(place.world.engine) as session:
        return {(int(r[0]), int(r[1])) for r in session.execute(text("SELECT pair, revocation FROM issuer_intent"))}


def leaves(place: Place) -> int:
    with reading(place.world.engine) as session:
        return int(session.execute(text("SELECT next_leaf FROM issuer_issuer WHERE id = 'formacion'")).scalar_one())


def test_an_older_copy_goes_on_and_nothing_is_given_twice(plain: Place, tmp_path: Path) -> None:
    """On SQLite; `test_a_copy_of_postgresql_comes_back` does the carrying there, the rule is the same."""
    kept = plain.numbered(1)
    plain.publish()
    settings, copy = plain.world.settings, tmp_path / "copy.pbk"
    back_up(settings, copy, operators=[public for _, public in KEYS])
    later = [plain.numbered(number) for number in (2, 3, 4)]
    assert published(plain.folder / FOLDER / "formacion" / CHECKPOINT) == leaves(plain), "each batch's end is told"
    before = {name: plain.text(name) for name in (kept, *later)}
    plain.acted(later[0], "revoke", reason="fraud")
    plain.publish()
    used, size = places(plain), leaves(plain)
    verdicts = {name: plain.judged(each)["verdict"] for name, each in before.items()}
    assert sorted(verdicts.values()) == ["revoked", "valid", "valid", "valid"]
    plain.world.engine.dispose()
    database = Path(str(plain.world.engine.url.database))
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    restore(settings, copy, secret=KEYS[1][0])
    assert go_on(plain.world, operators=OPERATORS).lost == size - 2, "one person: a pass and its twin"
    again = [plain.numbered(number) for number in (5, 6)]
    fresh = set().union(*(places_of(plain, name) for name in again))
    assert fresh.isdisjoint(used)
    assert len(fresh) == len(again)
    plain.publish()
    assert {name: plain.judged(each)["verdict"] for name, each in before.items()} == verdicts, "nothing is undone"
    assert all(plain.judged(plain.text(name))["verdict"] == "valid" for name in again)
    require_whole(plain, kept)
    write_point(plain.world)
    assert list((plain.folder / "audit" / "before-restore").iterdir()), "what was told of the lost lines is kept"
    assert plain.good("GET", "/readyz")["record"]


def test_a_slip_of_before_gives_nothing_again_and_what_it_gave_is_revoked_by_its_place(
    plain: Place, tmp_path: Path
) -> None:
    hers = plain.numbered(1)
    plain.publish()
    slip, copy = plain.offer(hers), tmp_path / "copy.pbk"
    back_up(plain.world.settings, copy, operators=[public for _, public in KEYS])
    given = plain.picked_up(slip, holder(1))
    plain.publish()
    plain.world.engine.dispose()
    database = Path(str(plain.world.engine.url.database))
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    restore(plain.world.settings, copy, secret=KEYS[1][0])
    assert go_on(plain.world, operators=OPERATORS).offers == 1
    opening = {"code": slip["code"], "pin": slip["pin"]}
    assert plain.code("POST", "/v1/issuer/pickups", json=opening) == (409, "offer_used")
    plain.acted(hers, "revoke", reason="fraud")
    plain.publish()
    assert {plain.judged(each["text"])["verdict"] for each in given} == {"valid"}, "nobody knows them any more"
    for each in given:
        require_revoked_by_place(plain, each["credential"])
    plain.publish()
    assert {plain.judged(each["text"])["verdict"] for each in given} == {"revoked"}
    assert plain.judged(plain.text(plain.numbered(2)))["verdict"] == "valid"
    with reading(plain.world.engine) as session:
        audit.recompute(session)


def require_revoked_by_place(place: Place, credential: Any) -> None:
    """By two people, once, and no other place."""
    (entry,) = (each for each in credential["credentialStatus"] if each["statusPurpose"] == "revocation")
    url, index = entry["statusListCredential"], int(entry["statusListIndex"])

    def attempt(
        index: int = index, reason: Reason = "fraud", approver: Principal = MARTA, by: Principal = OSCAR
    ) -> None:
        with place.world.doors()[Status]() as opened:
            ByPlace(status=opened).revoke(url, index, reason, by=by, approver=approver)

    assert code_of(Forbidden, attempt, approver=OSCAR) == "same_hand"
    assert code_of(Forbidden, attempt, by=replace(OSCAR, centre="otro")) == "not_allowed"
    assert code_of(Forbidden, attempt, approver=replace(MARTA, issuer="permisos")) == "not_allowed"
    assert code_of(WrongShape, attempt, reason="issued_in_error") == "schema"
    with place.world.doors()[Issuer]() as issuer:
        rest = reserve(issuer.secrets("formacion").places, url)
        known = issuer.ledger.session.execute(text("SELECT revocation FROM issuer_intent")).scalars().all()
    assert code_of(NotFound, attempt, index=rest.canaries_clear[0]) == "not_found"
    assert code_of(Conflict, attempt, index=known[0]) == "not_possible_now"
    attempt()
    assert code_of(Conflict, attempt) == "not_possible_now"


def places_of(place: Place, name: str) -> set[tuple[int, int]]:
    with place.world.doors()[Issuer]() as issuer:
        intent = issuer.ledger.intent(issuer.secrets("formacion").number(name))
        return {(intent.pair, intent.revocation)}


def require_whole(place: Place, name: str) -> None:
    """The log goes on over what was lost, the first pass still has its proof in it, and the audit chain holds."""
    answer = place.client.get(f"/v1/issuer/credentials/{name}/log-proof")
    proof = issued_log.read_proof(answer.text)
    assert proof.size > 1000
    files = place.folder / "log" / "formacion"

    def read(tile: str) -> bytes | None:
        return (files / tile).read_bytes() if (files / tile).is_file() else None

    root = log_tiles.tree_root(read, size=proof.size)
    issued_log.check_path(proof.leaf(), index=proof.leaf_index, size=proof.size, path=proof.path, root=root)
    with reading(place.world.engine) as session:
        audit.recompute(session)


def test_a_copy_goes_into_an_empty_place_by_two_people(plain: Place, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pbk"
    back_up(plain.world.settings, copy, operators=[public for _, public in KEYS])
    assert code_of(Conflict, restore, plain.world.settings, copy, secret=KEYS[0][0]) == "name_taken"
    assert code_of(Conflict, go_on, plain.world, operators=("ana", "ana")) == "two_operators"
    (plain.folder / "log").rename(plain.folder / "elsewhere")
    assert code_of(Conflict, go_on, plain.world, operators=OPERATORS) == "log_absent"
    assert code_of(Conflict, go_on, plain.world, operators=OPERATORS, without_log=["formacion"]) == "log_absent"
    assert go_on(plain.world, operators=OPERATORS, without_log=ALL).lost == 0
    with transaction(plain.world.engine) as session:
        assert session.execute(text("SELECT count(*) FROM issuer_issuer")).scalar_one()


@pytest.mark.postgres
def test_a_copy_of_postgresql_comes_back_into_an_empty_database(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    name = f"{postgres_server.prefix}_bare"
    postgres_server._ask(f"CREATE DATABASE {name}")
    bare = Settings(data=tmp_path, database=postgres_server._url(name))
    with postgres_server.empty() as url:
        back_up(Settings(data=tmp_path, database=url), tmp_path / "copy.pbk", operators=[one for _, one in KEYS])
    restore(bare, tmp_path / "copy.pbk", secret=KEYS[0][0])
    engine = open_engine(bare.database_url)
    with reading(engine) as session:
        assert audit.recompute(session) == (0, audit.ORIGIN)
    engine.dispose()
    with pytest.raises((Conflict, Unavailable)):
        restore(bare, tmp_path / "copy.pbk", secret=KEYS[0][0])
    postgres_server._ask(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
def test_what_is_sealed_comes_back_by_either_operator(size: int) -> None:
    source, sealed = bytes(range(256)) * (size // 256 + 1), io.BytesIO()
    seal(io.BytesIO(source[:size]), sealed, operators=[public for _, public in KEYS])
    for secret, _ in KEYS:
        sealed.seek(0)
        assert b"".join(unseal(sealed, secret=secret)) == source[:size]


def test_a_changed_cut_or_foreign_copy_does_not_open() -> None:
    sealed = io.BytesIO()
    seal(io.BytesIO(bytes(200_000)), sealed, operators=[public for _, public in KEYS])
    raw = sealed.getvalue()
    spoiled = [raw[:-1], raw[: 188 + 65_553], raw[:-1] + bytes([raw[-1] ^ 1]), raw + b"x", raw[:300]]
    for each in spoiled:
        with pytest.raises(BadProof):
            list(unseal(io.BytesIO(each), secret=KEYS[0][0]))
    with pytest.raises(BadProof):
        list(unseal(io.BytesIO(raw), secret=make_key()[0]))
    with pytest.raises(Malformed):
        list(unseal(io.BytesIO(b"zip"), secret=KEYS[0][0]))
    for operators in ([KEYS[0][1]], [KEYS[0][1]] * 2, ["short", KEYS[0][1]]):
        with pytest.raises(Invalid):
            seal(io.BytesIO(b""), io.BytesIO(), operators=operators)


def test_postgresqls_programs_are_told_everything_but_the_password() -> None:
    url = make_url("postgresql+psycopg://puente:secreto@db:5433/casa?sslmode=require")
    assert without_password(url) == "postgresql://puente@db:5433/casa?sslmode=require"


def test_a_drill_tells_a_whole_copy_from_a_spoiled_one_and_leaves_the_house_alone(plain: Place, tmp_path: Path) -> None:
    plain.numbered(1)
    plain.publish()
    settings, copy, spoiled = plain.world.settings, tmp_path / "copy.pbk", tmp_path / "spoiled.pbk"
    back_up(settings, copy, operators=[public for _, public in KEYS])
    plain.numbered(2)
    plain.publish()
    before = {path: path.read_bytes() for path in plain.folder.rglob("*") if path.is_file()}
    told = list(rehearse(settings, copy, secret=KEYS[0][0], empty=None))
    assert [good for good, _ in told] == [True] * 4
    assert "2 asientos; otros 2" in told[2][1], "one person: a pass and its twin"
    raw = bytearray(copy.read_bytes())
    raw[len(raw) // 2] ^= 1
    spoiled.write_bytes(raw)
    assert [good for good, _ in rehearse(settings, spoiled, secret=KEYS[0][0], empty=None)] == [False]
    with transaction(plain.world.engine) as session:
        session.execute(
            text("UPDATE issuer_log_chunk SET leaves = substr(leaves, 1, 31) || x'00' || substr(leaves, 33)")
        )
    back_up(settings, spoiled, operators=[public for _, public in KEYS])
    found = list(rehearse(settings, spoiled, secret=KEYS[1][0], empty=None))
    assert [good for good, _ in found] == [True, True, False]
    assert {path: path.read_bytes() for path in before if path.name != "last-backup"} == {
        path: raw for path, raw in before.items() if path.name != "last-backup"
    }

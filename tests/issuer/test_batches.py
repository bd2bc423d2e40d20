"""From a file to durable credentials: dry run, two people, places, passes that verify, twice is once."""

import io
from collections import Counter
from functools import partial
from hashlib import sha256

import pytest
from sqlalchemy import Engine, text

from issuer import audit
from issuer.cohort_file import FileBound
from issuer.known import fresh
from issuer.rows import Wanted
from kernel import cborld
from kernel.access import Principal
from kernel.canonical import canonical
from kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from kernel.keys import PublicKey
from kernel.proofs import integrity
from schemas.identifiers import KeyId
from tests.issuer.rooms import ENTRY, dictionary
from tests.issuer.world import CHOICES, DEMO, MARTA, OSCAR, YULEISY, House


@pytest.fixture
def house(database: Engine) -> House:
    return House(database, chunk=64).open()


def count(house: House, table: str) -> int:
    with house.engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def public(house: House) -> PublicKey:
    signer = house.keys.signer(KeyId("norma/k1"))
    return PublicKey(signer.public)


def test_the_demo_cohort_becomes_credentials_that_verify(house: House) -> None:
    batch = house.issue((DEMO / "cohort-demo.csv").read_bytes())
    numbers = house.numbers(batch)
    assert len(numbers) == 162
    places = []
    for n in numbers:
        credential = house.credential(n)
        integrity.check(credential, key=public(house), purpose="assertionMethod")
        places += [(e["statusListCredential"], e["statusListIndex"]) for e in credential["credentialStatus"]]
        assert set(credential["credentialSubject"]) == {"name", "idTail", "scheme", "norm", "normVersion", "level"}
    assert len(set(places)) == 2 * 162
    assert {url for url, _ in places} == {"https://norma.example/s/1", "https://norma.example/s/2"}
    assert [e["statusPurpose"] for e in credential["credentialStatus"]] == ["revocation", "suspension"]


def test_a_row_reads_as_it_was_written(house: House) -> None:
    first = house.credential(house.numbers(house.issue((DEMO / "cohort-demo.csv").read_bytes()))[0])
    subject = first["credentialSubject"]
    assert (subject["name"], subject["idTail"], subject["level"]) == ("Julián Rincón Yépez", "0442", "intermedio")
    assert (subject["norm"], subject["normVersion"], subject["scheme"]) == (290801106, 1, "SENA-NSCL")
    assert first["validFrom"] == "2026-11-22T12:00:00Z"
    assert "validUntil" not in first


def test_the_dry_run_issues_nothing_and_counts_everything(house: House) -> None:
    batch = house.check((DEMO / "cohort-demo.csv").read_bytes())
    with house.batches() as batches:
        row = batches.store.batch(batch, issuer="norma", centre=None)
        assert (row.issue, row.skip, row.error, row.state) == (162, 31, 7, "checked")
        found = batches.store.findings(batch, after=0, limit=100)
        assert len(found) == 31 + 7 + 1
        assert [(f.row, f.code, f.first) for f in found if f.code == "DUPLICATE_ROW"] == [(37, "DUPLICATE_ROW", 37)]
        assert [(f.row, f.warnings) for f in found if f.warnings] == [(166, "TRIMMED")]
    assert count(house, "issuer_intent") == 0


def test_a_row_is_told_by_the_number_that_a_spreadsheet_shows(house: House) -> None:
    """The header is row 1 and a blank line is a row too; by that number it is found, repeated, issued and printed."""
    head, _, _, good, other, *_ = (DEMO / "cohort-demo.csv").read_text("utf-8-sig").splitlines()
    batch = house.issue("\n".join([head, good, "", good, other.replace(",3,", ",9,"), "", other]).encode())
    with house.batches() as batches:
        found = batches.findings(batch, by=OSCAR, outcome="error", after=0, limit=10, is_english=False).items
        assert [(each.row, each.code) for each in found] == [(4, "DUPLICATE_ROW"), (5, "JUDGEMENT_UNKNOWN")]
        assert found[0].sentence == "Esta fila repite la fila 2."
        assert [row.row for row in batches.drawn(batch, by=MARTA).rows] == [2, 7]
        assert [each.row for each in batches.credentials(batch, by=OSCAR, after=0, limit=10).items] == [2, 7]


def test_the_same_file_twice_is_one_batch_and_issues_nothing_twice(house: House) -> None:
    raw = (DEMO / "cohort-demo.csv").read_bytes()
    batch = house.issue(raw)
    assert house.check(raw) == batch
    # Another file with the same rows in it, and one more.
    other = raw + b"000202541799,290801106,01,000000999999,Nueva,Persona,3,28/09/2025\n"
    second = house.issue(other)
    assert second != batch
    assert len(house.numbers(second)) == 1
    assert count(house, "issuer_sealed") == 163
    with house.batches() as batches:
        # The repeated row 37 is known too, and row 36 is why.
        assert batches.store.progress(second).known == 163


def test_a_file_that_went_through_a_spreadsheet_issues_nothing_twice(house: House) -> None:
    """It drops the zeros before a project's, a group's and a day's number, in a CSV that it wrote too."""
    raw = (DEMO / "cohort-demo.csv").read_bytes()
    house.issue(raw)
    head, *lines = raw.decode().splitlines()
    rows = [line.split(",") for line in lines]
    through = [",".join([r[0].lstrip("0"), r[1], r[2].lstrip("0"), *r[3:7], r[7].lstrip("0")]) for r in rows]
    assert "202541701,290801106,1,000000100442,Rincón Yépez,Julián,3,28/09/2025" in through
    again = house.issue("\r\n".join((head, *through)).encode("utf-8-sig"))
    assert house.numbers(again) == []
    assert count(house, "issuer_sealed") == 162


def test_a_row_that_an_earlier_release_promised_by_its_payload_is_known(house: House) -> None:
    with house.issuer() as issuer:
        secrets = issuer.secrets("norma")
    row, other = Wanted(2, b'["0001"]', same=b'["1"]'), Wanted(3, b'["2"]')
    former = {secrets.row("C06", row.payload)}
    assert list(fresh(secrets, "C06", [row, other, row], former.intersection).values()) == [other]
    new = fresh(secrets, "C06", [row, other, row], set[bytes]().intersection)
    assert new == {secrets.row("C06", row.same): row, secrets.row("C06", other.payload): other}


def test_nobody_releases_their_own_batch(house: House) -> None:
    batch = house.check((DEMO / "cohort-demo-excel.csv").read_bytes())
    with house.batches() as batches:
        batches.propose(batch, by=OSCAR)
    with house.batches() as batches:
        digest = batches.store.batch(batch, issuer=None, centre=None).digest.hex()
    oscar_again = Principal(person="oscar", roles=frozenset({"approver"}), issuer="norma")
    with pytest.raises(Forbidden) as refused, house.batches() as batches:
        batches.release(batch, by=oscar_again, digest=digest, accept_errors=True)
    assert refused.value.code == "same_hand"
    with pytest.raises(Conflict) as stale, house.batches() as batches:
        batches.release(batch, by=MARTA, digest="0" * 64, accept_errors=True)
    assert stale.value.code == "stale_version"
    with house.batches() as batches:
        batches.release(batch, by=MARTA, digest=digest, accept_errors=False)
    with pytest.raises(Conflict) as twice, house.batches() as batches:
        batches.release(batch, by=MARTA, digest=digest, accept_errors=False)
    assert twice.value.code == "already_released"


def test_neither_who_prepared_nor_who_proposed_releases(house: House) -> None:
    """Two people before the approver: each of them is a hand that had it."""
    batch = house.check((DEMO / "cohort-demo-excel.csv").read_bytes())
    pilar = Principal(person="pilar", roles=frozenset({"officer", "approver"}), issuer="norma")
    with house.batches() as batches:
        batches.propose(batch, by=pilar)
        digest = batches.store.batch(batch, issuer=None, centre=None).digest.hex()
    for hand in (Principal(person=OSCAR.person, roles=pilar.roles, issuer="norma"), pilar):
        with pytest.raises(Forbidden) as refused, house.batches() as batches:
            batches.release(batch, by=hand, digest=digest, accept_errors=True)
        assert refused.value.code == "same_hand"
    with house.batches() as batches:
        batches.release(batch, by=MARTA, digest=digest, accept_errors=True)


def test_a_file_that_another_centre_brought_is_no_second_batch(house: House) -> None:
    raw = (DEMO / "cohort-demo-excel.csv").read_bytes()
    here, there = (
        Principal(person=person, roles=OSCAR.roles, issuer="norma", centre=centre)
        for person, centre in (("ines", "D1"), ("eva", "D9"))
    )
    with house.batches() as batches:
        batch = batches.check_cohort(io.BytesIO(raw), CHOICES, by=here)
    with pytest.raises(Conflict) as elsewhere, house.batches() as batches:
        batches.check_cohort(io.BytesIO(raw), CHOICES, by=there)
    assert elsewhere.value.code == "batch_elsewhere"
    for again in (here, OSCAR):  # hers once more, and somebody's of the whole issuer
        with house.batches() as batches:
            assert batches.check_cohort(io.BytesIO(raw), CHOICES, by=again) == batch
    assert count(house, "issuer_batch") == 1


def test_errors_must_be_accepted_by_the_approver(house: House) -> None:
    batch = house.check((DEMO / "cohort-demo.csv").read_bytes())
    with house.batches() as batches:
        batches.propose(batch, by=OSCAR)
        digest = batches.store.batch(batch, issuer=None, centre=None).digest.hex()
    with pytest.raises(Conflict) as refused, house.batches() as batches:
        batches.release(batch, by=MARTA, digest=digest, accept_errors=False)
    assert refused.value.code == "errors_not_accepted"
    with pytest.raises(Conflict), house.batches() as batches:
        batches.copy_source(batch, io.BytesIO())


def test_another_issuers_or_centres_batch_is_not_found(house: House) -> None:
    batch = house.check((DEMO / "cohort-demo-excel.csv").read_bytes())
    for stranger in (
        Principal(person="eva", roles=frozenset({"officer"}), issuer="otra"),
        Principal(person="eva", roles=frozenset({"officer"}), issuer="norma", centre="D9"),
    ):
        with pytest.raises(NotFound), house.batches() as batches:
            batches.propose(batch, by=stranger)


def test_a_bad_file_leaves_nothing_behind(house: House) -> None:
    for raw in (b"", b"PK\x03\x04", b"a,b\n1,2\n", (DEMO / "cohort-demo.csv").read_bytes()):
        with pytest.raises(Invalid):
            house.check(raw, bound=FileBound(bytes=1000))
    assert count(house, "issuer_batch") == 0
    assert count(house, "issuer_source") == 0


def test_permits_come_as_rows_and_end_with_the_regime(house: House) -> None:
    early = YULEISY.model_copy(update={"name": "Rosa Peña", "card_valid_until": CHOICES.as_of})
    numbers = house.numbers(house.permits(YULEISY, early))
    yuleisy, rosa = (house.credential(n) for n in numbers)
    assert yuleisy["credentialSubject"] == {"name": "Yuleisy Carolina Rojas", "scheme": "PPT", "workAllowed": True}
    assert yuleisy["validUntil"] == "2031-05-31T04:59:59Z"
    assert rosa["validUntil"] == "2025-11-21T04:59:59Z"
    assert yuleisy["credentialStatus"][0]["statusListCredential"] == "https://norma.example/s/3"


def test_every_pass_fits_and_is_read_back_from_its_text(house: House) -> None:
    for n in house.numbers(house.issue((DEMO / "cohort-demo.csv").read_bytes())):
        with house.issuer() as issuer:
            packed = issuer.ledger.pass_bytes(n)
        assert len(packed) <= 276 or "Corazón" in house.credential(n)["credentialSubject"]["name"]
        text_ = cborld.to_text(house.credential(n), dictionary=dictionary(), entry=ENTRY)
        assert cborld.from_text(text_, dictionary=dictionary()).documents == (house.credential(n),)


def test_the_audit_chain_tells_each_act(house: House) -> None:
    house.issue((DEMO / "cohort-demo-excel.csv").read_bytes())
    with house.issuer() as issuer:
        length, _ = audit.recompute(issuer.ledger.session)
        acts = Counter(issuer.ledger.session.execute(text("SELECT act FROM issuer_audit")).scalars())
    assert length == sum(acts.values())
    assert acts == {
        "issuer_established": 1, "batch_checked": 1, "batch_proposed": 1, "batch_released": 1,
        "rows_promised": 1, "chunk_sealed": 1, "batch_done": 1,
    }  # fmt: skip


def test_the_rows_that_were_compared_stand_in_the_line_of_the_release(house: House) -> None:
    batch = house.check((DEMO / "cohort-demo-excel.csv").read_bytes())
    with house.batches() as batches:
        batches.propose(batch, by=OSCAR)
        kept = batches.store.batch(batch, issuer=None, centre=None)
        digest, issue, skip, error = kept.digest.hex(), kept.issue, kept.skip, kept.error
        batches.release(batch, by=MARTA, digest=digest, accept_errors=True, compared=[3, 1])
    with house.issuer() as issuer:
        ask = text("SELECT details FROM issuer_audit WHERE act = 'batch_released'")
        line = bytes(issuer.ledger.session.execute(ask).scalar_one())
    told = canonical({"digest": digest, "issue": issue, "skip": skip, "error": error, "compared": [3, 1]})
    assert line == sha256(told).digest()


def test_the_source_is_erased_thirty_days_after_the_batch_closed(house: House) -> None:
    batch = house.issue((DEMO / "cohort-demo.csv").read_bytes())
    house.clock.tick(29 * 86_400)
    with house.batches() as batches:
        assert batches.forget_old() == 0
    house.clock.tick(86_400)
    with house.batches() as batches:
        assert batches.forget_old() == 1
    assert (count(house, "issuer_source"), count(house, "issuer_finding")) == (0, 0)
    assert len(house.numbers(batch)) == count(house, "issuer_sealed") == 162


def test_a_nearly_full_disk_takes_no_new_batch_and_keeps_what_it_has(house: House) -> None:
    batch = house.issue((DEMO / "cohort-demo-excel.csv").read_bytes())
    house.full = True
    with pytest.raises(Unavailable) as caught:
        house.issue((DEMO / "cohort-demo.csv").read_bytes())
    assert caught.value.code == "disk_full"
    assert count(house, "issuer_batch") == 1
    assert len(house.numbers(batch)) == 54


def test_rows_that_go_with_a_warning_are_counted_and_told_apart_from_what_was_only_tidied(house: House) -> None:
    head, _, _, good, *_ = (DEMO / "cohort-demo.csv").read_text("utf-8-sig").splitlines()
    cells = good.split(",")
    names = ["<script>", "Ana  María", "Juliаn", "Zoë 😀", "Rosa"]
    rows = [",".join([*cells[:3], f"{n:012d}", cells[4], name, *cells[6:]]) for n, name in enumerate(names, 1)]
    skipped = ",".join([*cells[:3], "000000000777", cells[4], "Ana 😀", "2", cells[7]])
    batch = house.check("\n".join([head, *rows, skipped]).encode())
    with house.batches() as batches:
        assert batches.look(batch, by=MARTA).warned == 3
        asked = partial(batches.findings, batch, by=MARTA, outcome=None, after=0, limit=10, is_english=False)
        found = asked(is_warned=True).items
        assert [(each.row, each.warnings) for each in found] == [
            (2, ["NAME_SIGNS"]), (4, ["MIXED_SCRIPT"]), (5, ["NAME_SIGNS"]),
        ]  # fmt: skip
        assert all(each.mend for each in found)
        assert len(asked().items) == 5

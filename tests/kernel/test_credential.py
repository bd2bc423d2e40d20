"""kernel/credential.py: the writer's one form, member by member, and what it refuses to write."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kernel.credential import compose, whole_seconds
from kernel.errors import WrongShape
from schemas import credential_types
from schemas.identifiers import Did
from tests import makers


def test_a_pass_has_its_members_in_the_order_of_the_format() -> None:
    document = makers.unsigned(subject=makers.holder().did)
    assert list(document) == [
        "@context",
        "type",
        "issuer",
        "validFrom",
        "validUntil",
        "credentialStatus",
        "credentialSubject",
    ]
    assert list(document["credentialSubject"]) == ["id", "name", "idTail", "scheme", "norm", "normVersion", "level"]
    assert document["type"] == ["VerifiableCredential", "CompetencePass"]


def test_a_paper_pass_carries_no_key_of_a_holder() -> None:
    assert "id" not in makers.unsigned()["credentialSubject"]


def test_two_purposes_are_an_array_and_one_is_an_object() -> None:
    both = makers.unsigned()["credentialStatus"]
    assert [entry["statusPurpose"] for entry in both] == ["revocation", "suspension"]
    one = makers.unsigned(status=[makers.place(makers.NORMA, index=7)])["credentialStatus"]
    assert one == {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://norma.example/s/1",
    }


def test_a_pass_without_end_or_status_has_no_such_member() -> None:
    document = makers.unsigned(valid_until=None, status=[])
    assert "validUntil" not in document
    assert "credentialStatus" not in document


@pytest.mark.parametrize("claim", ["address", "scheme", "id", "workAllowd"])
def test_a_claim_that_the_pass_does_not_hold_is_refused(claim: str) -> None:
    with pytest.raises(WrongShape) as refused:
        makers.unsigned(type_id="C01", issuer=makers.PERMISO, claims={**makers.PERMIT, claim: "x"})
    assert refused.value.code == "schema"


def test_a_type_without_a_pass_is_never_composed() -> None:
    kind = credential_types.find("C13")
    assert kind is not None
    with pytest.raises(WrongShape):
        compose(
            kind=kind,
            issuer=Did("did:web:x.example"),
            claims={},
            valid_from=makers.NOW,
            valid_until=None,
            status=[],
            subject=None,
        )


def test_times_are_written_in_whole_seconds_of_utc() -> None:
    bogota = timezone(timedelta(hours=-5))
    assert whole_seconds(datetime(2031, 5, 30, 23, 59, 59, 999, tzinfo=bogota)) == "2031-05-31T04:59:59Z"
    assert whole_seconds(datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02T00:00:00Z"
    with pytest.raises(ValueError, match="zone"):
        whole_seconds(datetime(2031, 5, 30))


def test_the_table_has_every_type_once_and_says_which_are_issued_here() -> None:
    assert [row.id for row in credential_types.ROWS] == [f"C{number:02}" for number in range(1, 23)]
    issued = ["C01", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11", "C12", "C17", "C19", "C20"]
    assert [row.id for row in credential_types.issued_here()] == issued
    pairs = [row.shown_as for row in credential_types.ROWS if row.shown_as is not None]
    assert len(set(pairs)) == len(pairs) == 15
    found = credential_types.find_pass("SkillPass", "EMPLEADOR")
    assert found is not None
    assert found.id == "C10"
    assert credential_types.find_pass("SkillPass", "PPT") is None

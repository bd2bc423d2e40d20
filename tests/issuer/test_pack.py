"""Moulds against the codec: the same bytes for every pass, whatever its leaves hold."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer import kinds
from issuer.pack import Packer, Struck
from kernel import cborld, credential
from kernel.credential import StatusPlace
from kernel.encoding import multibase_encode
from kernel.errors import Invalid
from kernel.proofs import registry
from schemas.identifiers import Did, DidUrl, Url
from schemas.terms import PASS_CONTEXTS
from tests.fakes import NOON
from tests.issuer.rooms import ENTRY, dictionary

OPTIONS = {
    "type": "DataIntegrityProof",
    "verificationMethod": "did:web:norma.example#k1",
    "cryptosuite": "eddsa-jcs-2022",
    "proofPurpose": "assertionMethod",
    "@context": list(PASS_CONTEXTS),
}
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.sampled_from(["0", "revocation", "PPT"])
tails = st.text("0123456789AZ", min_size=0, max_size=4) | st.just("0")
places = st.integers(0, 131_071) | st.just(0)


def strike(packer: Packer, row: tuple[str, str, int, int], *, level: str = "basico", **more: Any) -> Struck:
    name, tail, first, second = row
    claims = {"name": name, "idTail": tail, "norm": 290801106, "normVersion": 1, "level": level}
    places = (first, second)

    def compose() -> dict[str, Any]:
        return competence(claims, places, **more)

    return packer.strike(None if "subject" in more else (more.get("until"),), claims, places, compose)


def competence(
    claims: dict[str, Any], places: tuple[int, int], *, until: datetime | None = None, subject: Did | None = None
) -> dict[str, Any]:
    return credential.compose(
        kind=kinds.find("C06").type,
        issuer=Did("did:web:norma.example"),
        claims=claims,
        valid_from=NOON,
        valid_until=until,
        status=(
            StatusPlace(purpose="revocation", index=places[0], url=Url("https://norma.example/s/1")),
            StatusPlace(purpose="suspension", index=places[1], url=Url("https://norma.example/s/2")),
        ),
        subject=subject,
    )


def is_as_the_long_way(struck: Struck, row: tuple[str, str, int, int], signature: bytes, **more: Any) -> None:
    """The words and the bytes are those of the document by canonical form and codec."""
    name, tail, first, second = row
    claims = {"name": name, "idTail": tail, "norm": 290801106, "normVersion": 1, "level": more.pop("level", "basico")}
    document = competence(claims, (first, second), **more)
    assert struck.words == registry.find("eddsa-jcs-2022").hash(document, OPTIONS)
    secured = {**document, "proof": {**OPTIONS, "proofValue": multibase_encode(signature)}}
    packed = cborld.encode(secured, dictionary=dictionary(), entry=ENTRY)
    assert cborld.decode(packed, dictionary=dictionary()).documents == (secured,)
    assert struck.finish(signature) == packed


def new_packer() -> Packer:
    return Packer(dictionary=dictionary(), entry=ENTRY, method=DidUrl("did:web:norma.example#k1"))


@given(
    st.lists(
        st.tuples(st.tuples(names, tails, places, places), st.binary(min_size=64, max_size=64)), min_size=2, max_size=5
    )
)
@settings(max_examples=150, deadline=None)
def test_a_mould_gives_what_canonical_form_and_codec_give(rows: list[tuple[Any, bytes]]) -> None:
    packer = new_packer()
    for row, signature in rows:
        is_as_the_long_way(strike(packer, row), row, signature)


def test_sisters_are_told_apart_by_all_but_their_leaves() -> None:
    packer, row = new_packer(), ("Ana", "0001", 1, 2)
    ended = {"until": datetime(2031, 5, 31, 4, 59, 59, tzinfo=UTC)}
    bound = {"subject": Did("did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6")}
    for more in ({}, ended, bound, {"level": "avanzado"}, {}, ended):
        is_as_the_long_way(strike(packer, row, **more), row, bytes(64), **more)


def test_a_pass_over_its_size_is_refused() -> None:
    packer = new_packer()
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            strike(packer, ("x" * 200, "0001", 1, 2)).finish(bytes(64))
        assert refused.value.code == "too_large_for_qr"


def test_the_last_day_is_its_last_second_in_bogota() -> None:
    assert credential.whole_seconds(kinds.end_of_day(date(2031, 5, 30))) == "2031-05-31T04:59:59Z"

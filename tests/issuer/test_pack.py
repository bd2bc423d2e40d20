"""Moulds against the codec: the same bytes for every pass, whatever its leaves hold."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer import kinds
from issuer.pack import Packer
from kernel import cborld, credential
from kernel.credential import StatusPlace
from kernel.encoding import multibase_encode
from kernel.errors import Invalid
from schemas.identifiers import Did, Url
from schemas.terms import PASS_CONTEXTS
from tests.fakes import NOON
from tests.issuer.world import ENTRY, dictionary

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


def competence(name: str, tail: str, first: int, second: int) -> dict[str, Any]:
    return credential.compose(
        kind=kinds.find("C06").type,
        issuer=Did("did:web:norma.example"),
        claims={"name": name, "idTail": tail, "norm": 290801106, "normVersion": 1, "level": "basico"},
        valid_from=NOON,
        valid_until=None,
        status=(
            StatusPlace(purpose="revocation", index=first, url=Url("https://norma.example/s/1")),
            StatusPlace(purpose="suspension", index=second, url=Url("https://norma.example/s/2")),
        ),
        subject=None,
    )


def by_codec(document: dict[str, Any], signature: bytes) -> bytes:
    secured = {**document, "proof": {**OPTIONS, "proofValue": multibase_encode(signature)}}
    packed = cborld.encode(secured, dictionary=dictionary(), entry=ENTRY)
    assert cborld.decode(packed, dictionary=dictionary()).documents == (secured,)
    return packed


@given(st.lists(st.tuples(names, tails, places, places, st.binary(min_size=64, max_size=64)), min_size=2, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_mould_gives_what_the_codec_gives(rows: list[tuple[str, str, int, int, bytes]]) -> None:
    packer = Packer(dictionary=dictionary(), entry=ENTRY, options=OPTIONS)
    for name, tail, first, second, signature in rows:
        document = competence(name, tail, first, second)
        assert packer.pack(document, signature) == by_codec(document, signature)


def test_sisters_are_told_apart_by_all_but_their_leaves() -> None:
    packer = Packer(dictionary=dictionary(), entry=ENTRY, options=OPTIONS)
    base = competence("Ana", "0001", 1, 2)
    ended = {**base, "validUntil": "2031-05-31T04:59:59Z"}
    bound = {**base, "credentialSubject": {"id": "did:key:z6Mk", **base["credentialSubject"]}}
    one = {**base, "credentialStatus": base["credentialStatus"][0]}
    for document in (base, ended, bound, one, base, ended):
        assert packer.pack(document, bytes(64)) == by_codec(document, bytes(64))


def test_a_pass_over_its_size_is_refused() -> None:
    packer = Packer(dictionary=dictionary(), entry=ENTRY, options=OPTIONS)
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            packer.pack(competence("x" * 200, "0001", 1, 2), bytes(64))
        assert refused.value.code == "too_large_for_qr"


def test_the_last_day_is_its_last_second_in_bogota() -> None:
    assert credential.whole_seconds(kinds.end_of_day(date(2031, 5, 30))) == "2031-05-31T04:59:59Z"

"""kernel/dids.py: DIDs as text <-> key and location, documents, and what is none."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import dids
from kernel.encoding import base64url_encode
from kernel.errors import Invalid
from kernel.keys import PublicKey, read_multikey
from schemas.identifiers import Did, DidUrl
from tests.published import ROOT, published

CONTEXTS = json.loads((ROOT / "tests" / "vectors" / "format" / "contexts.json").read_text())
KEY = read_multikey("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
DID = Did("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")


def code(call: object, *args: object) -> str:
    assert callable(call)
    with pytest.raises(Invalid) as caught:
        call(*args)
    return caught.value.code


def test_did_key_both_ways() -> None:
    document = json.loads(published("did-key/did-key.json").read_text())["did_document"]
    assert dids.did_key(KEY) == DID == document["id"]
    assert dids.key_of_did_key(DID) == KEY
    method = dids.did_key_method(DID)
    assert method == document["verificationMethod"][0]["id"]
    assert dids.controller(method) == DID
    assert dids.key_of_did_key_method(method) == KEY


def test_other_kinds_of_did_key_are_refused() -> None:
    for case in json.loads(published("did-key/did-key.json").read_text())["vectors"]:
        if case["puente"] != "accept":
            assert code(dids.key_of_did_key, case["did"]) in {"invalid_value", "limits_exceeded"}


@pytest.mark.parametrize(
    "did", ["did:web:a.example", "did:key:", "DID:key:" + DID[8:], DID + "\n", DID + "#x", " " + DID]
)
def test_what_is_no_did_key(did: str) -> None:
    assert code(dids.key_of_did_key, did) == "invalid_value"


def test_did_key_is_bounded() -> None:
    assert code(dids.key_of_did_key, "did:key:z" + "1" * 56) == "limits_exceeded"


def test_a_method_of_another_key_is_not_its_own() -> None:
    assert code(dids.key_of_did_key_method, DID + "#key-1") == "invalid_value"


@pytest.mark.parametrize(
    "method", ["did:web:a.example", "did:web:a.example#", "did:web:a#b#c", "https://a.example#k", "#k"]
)
def test_what_names_no_method(method: str) -> None:
    assert code(dids.controller, method) == "invalid_value"


def test_did_jwk_both_ways() -> None:
    did = dids.did_jwk(KEY)
    assert dids.key_of_did_jwk(did) == KEY
    twice = base64url_encode(b'{"kty":"OKP","crv":"Ed25519","x":"A","x":"B"}')
    assert code(dids.key_of_did_jwk, "did:jwk:" + twice) == "malformed_json"
    assert code(dids.key_of_did_jwk, DID) == "invalid_value"
    assert code(dids.key_of_did_jwk, "did:jwk:" + "A" * 257) == "limits_exceeded"


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000", "https://example.com:3000/.well-known/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        ("did:web:formacion.demo.puente.example", "https://formacion.demo.puente.example/.well-known/did.json"),
    ],
)
def test_did_web_location(did: str, url: str) -> None:
    assert dids.did_web_location(Did(did)) == url


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "localhost",
        "127.0.0.1",
        "10.1",
        "[::1]",
        "a.example/x",
        "a.example:",
        "a.example::b",
        "a.example:..:b",
        "a..example",
        "a@b.example",
        "a.example%2Fb",
        "a.example%3A0",
        "a.example%3A",
        "a.example%3a80",
        "A.example",
        "a.example:b c",
        "-a.example",
        "a.example\n",
        "a.example#k",
        "a.example?x",
    ],
)
def test_what_is_no_did_web(rest: str) -> None:
    assert code(dids.did_web_location, "did:web:" + rest) == "invalid_value"


def test_did_web_is_bounded() -> None:
    assert code(dids.did_web_location, "did:web:a.example:" + "b" * 256) == "limits_exceeded"
    assert code(dids.did_web_location, DID) == "invalid_value"


def test_documents_are_those_of_the_vectors() -> None:
    for did, document in CONTEXTS.items():
        if did.startswith("did:web:"):
            read = dids.read_did_document(document)
            keys = {name: read_multikey(method.multikey) for name, method in read.methods.items()}
            assert dids.did_document(Did(did), keys) == document
            assert read.id == did
            assert read.assertion == read.authentication == tuple(keys)
            assert {method.controller for method in read.methods.values()} == {did}


def test_a_document_of_another_form() -> None:
    assert code(dids.read_did_document, {"id": 5, "verificationMethod": []}) == "invalid_value"
    assert code(dids.read_did_document, {"id": DID}) == "invalid_value"
    other = {"type": "JsonWebKey", "id": DID + "#a", "controller": DID}
    assert dids.read_did_document({"id": DID, "verificationMethod": [other, 5]}).methods == {}


def test_a_document_for_several_keys() -> None:
    other = PublicKey(bytes(range(32)))
    did = Did("did:web:a.example")
    methods = {DidUrl(did + "#k1"): KEY, DidUrl(did + "#k2"): other}
    read = dids.read_did_document(dids.did_document(did, methods))
    assert {name: read_multikey(method.multikey) for name, method in read.methods.items()} == methods


TEXTS = st.builds(
    "".join,
    st.lists(
        st.sampled_from(["did:", "key:", "web:", "jwk:", "z6Mk", "#", ":", ".", "%3A", "a", "1", "eyJ", DID])
        | st.text(max_size=3),
        max_size=8,
    ),
)


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_any_text_ends_in_an_answer_or_a_refusal(text: str) -> None:
    for call in (dids.key_of_did_key, dids.key_of_did_jwk, dids.did_web_location, dids.did_key_method):
        with contextlib.suppress(Invalid):
            call(Did(text))
    for other in (dids.controller, dids.key_of_did_key_method):
        with contextlib.suppress(Invalid):
            other(DidUrl(text))


@given(st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_every_key_comes_back_from_its_names(raw: bytes) -> None:
    key = PublicKey(raw)
    assert dids.key_of_did_key(dids.did_key(key)) == key
    assert dids.key_of_did_jwk(dids.did_jwk(key)) == key

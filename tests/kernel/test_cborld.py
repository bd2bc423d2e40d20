"""CBOR-LD and QR texts against the vectors of FORMAT 11: byte for byte, and every refusal with its code and step."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from kernel.cborld import Decoded, decode, encode, from_text, read_dictionary, to_text
from kernel.errors import PuenteError

OWN = Path(__file__).resolve().parent.parent / "vectors" / "format"
FOLDER = Path(os.environ.get("PUENTE_FORMAT_VECTORS", str(OWN)))


def load(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


DICTIONARY = read_dictionary(load("contexts.json"), load("tables.json"))
POSITIVE = [load(path.name) for path in sorted(FOLDER.glob("p[0-9]*.json"))]
NEGATIVE = load("negative.json")["vectors"]

STEPS = {
    "malformed_base45": "V5",
    "unsupported_prefix": "V4",
    "unsupported_tag": "V6",
    "malformed_cbor": "V7",
    "noncanonical_cbor": "V7",
    "limits_exceeded": "V7",
    "unknown_property": "V9",
}
"""Where each code of a vector is raised; what is not named here is V8."""

OF_THIS_LAYER = set(STEPS) | {
    "unknown_registry_entry", "unknown_context", "unknown_term", "unknown_table_value", "prefix_mismatch",
    "invalid_shape", "invalid_value",
}  # fmt: skip


def whole(decoded: Decoded) -> Any:
    """What was given to the writer."""
    if decoded.presentation is not None:
        return decoded.presentation
    return list(decoded.documents) if decoded.kind == "credentials" else decoded.documents[0]


@pytest.mark.parametrize("vector", POSITIVE, ids=lambda vector: vector["id"])
def test_writes_and_reads_a_vector_byte_for_byte(vector: Any) -> None:
    document, entry = vector["document"], vector["registryEntryId"]
    payload = bytes.fromhex(vector["cborld_hex"])
    assert encode(document, dictionary=DICTIONARY, entry=entry).hex() == payload.hex()
    assert to_text(document, dictionary=DICTIONARY, entry=entry) == vector["qr_text"]
    assert whole(decode(payload, dictionary=DICTIONARY)) == document
    read = from_text(vector["qr_text"], dictionary=DICTIONARY)
    assert whole(read) == document
    assert read.entry == entry
    shapes = {"credential": "credential", "credentials": "credential-array", "presentation": "detached-presentation"}
    assert shapes[read.kind] == vector["wireShape"]


@pytest.mark.parametrize("vector", NEGATIVE, ids=lambda vector: vector["id"])
def test_refuses_a_vector_with_its_code_and_step(vector: Any) -> None:
    code = vector["expected"]["error"]
    if code not in OF_THIS_LAYER:  # well formed: what is wrong with it is found by later steps
        assert from_text(vector["qr_text"], dictionary=DICTIONARY).documents
        return
    with pytest.raises(PuenteError) as caught:
        from_text(vector["qr_text"], dictionary=DICTIONARY)
    assert (caught.value.code, caught.value.step) == (code, STEPS.get(code, "V8"))


def test_there_are_vectors() -> None:
    assert POSITIVE
    assert NEGATIVE

"""The path that most would write: rfc8785 + cryptography + base58 by division, key loaded for each call.

A peer of the bench; the product does not use it.
"""

import copy
import hashlib
import json
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def _base58(raw: bytes) -> str:
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def _from_base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + _ALPHABET.index(letter)
    return number.to_bytes(64, "big")


def _digest(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    return hashlib.sha256(rfc8785.dumps(options)).digest() + hashlib.sha256(rfc8785.dumps(document)).digest()


def issue(document: dict[str, Any], options: dict[str, Any], seed: bytes) -> dict[str, Any]:
    """A secured copy of an unsigned document."""
    secured = copy.deepcopy(document)
    key = Ed25519PrivateKey.from_private_bytes(seed)
    secured["proof"] = {**options, "proofValue": "z" + _base58(key.sign(_digest(document, options)))}
    return secured


def verify(text: str, public: bytes) -> None:
    """Raises where the signature of a secured document's JSON text does not verify."""
    document = json.loads(text)
    proof = document.pop("proof")
    value = proof.pop("proofValue")
    Ed25519PublicKey.from_public_bytes(public).verify(_from_base58(value[1:]), _digest(document, proof))

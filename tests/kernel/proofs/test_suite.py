"""kernel/proofs/suite.py: what every suite in the table must keep, whichever it is."""

import pytest

from kernel.ed25519 import SeedSigner
from kernel.errors import BadProof
from kernel.keys import PublicKey
from kernel.proofs.registry import SUITES
from kernel.proofs.suite import Suite
from schemas.identifiers import DidUrl
from schemas.json import JsonObject

METHOD = DidUrl("did:web:a.example#k1")
DOCUMENT: JsonObject = {"@context": ["https://a.example/v1"], "a": 1}


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)
def test_what_it_proves_it_checks_and_nothing_else(suite: Suite) -> None:
    options: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": suite.name, "verificationMethod": METHOD}
    signer, other = SeedSigner(bytes(32), METHOD), SeedSigner(bytes([1]) * 32, METHOD)
    hashed = suite.hash(DOCUMENT, options)
    value = suite.prove(hashed, signer)
    suite.check(hashed, value, PublicKey(signer.public))
    with pytest.raises(BadProof):
        suite.check(hashed, value, PublicKey(other.public))
    for document, changed in (({**DOCUMENT, "a": 2}, options), (DOCUMENT, {**options, "created": "x"})):
        with pytest.raises(BadProof):
            suite.check(suite.hash(document, changed), value, PublicKey(signer.public))

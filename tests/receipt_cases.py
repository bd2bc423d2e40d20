"""The shared cases of receipts: the very documents that both languages make of a report, and what they say of bytes.

`python -m tests.receipt_cases` writes tests/vectors/receipts.json, the same in every run. What is right is said by
`kernel/receipt.py`, and its own test says why.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kernel import codec, receipt
from kernel.dids import did_key, did_key_method
from kernel.ed25519 import SeedSigner
from kernel.errors import Invalid
from kernel.keys import PublicKey
from kernel.proofs import integrity
from schemas.identifiers import Did, DidUrl
from schemas.verification import Report, Session, moment
from tests import makers, worlds
from tests.case_documents import TEXTS
from tests.makers import NOW, spoiled
from tests.presenting_cases import written

FILE: Final = Path(__file__).parent / "vectors" / "receipts.json"
DEVICE: Final = makers.holder("holder1")
OTHER: Final = makers.holder("holder2")
NOTES: Final = (
    *(None, "", "  ", "Caja 2", "  panadería \n  norte ", "cafe\u0301", "a" * 200, "é" * 200, "🥖" * 200),
    *("a" * 201, "🥖" * 201, "a\u202eb", "a\u0000b", "a\ufeffb", "a" * 401, " " * 401),
)
_LOOKS: Final = ("competence", "two-codes", "live", "frames-missing", "unknown-issuer", "empty-text", "skill")


def reports() -> Iterator[Report]:
    """Reports of every kind, made by the verifier."""
    plain, revoked = worlds.world(), worlds.world(bits={"https://norma.example/s/1": [94567]})
    for name in _LOOKS:
        yield plain.judge(TEXTS[name])
        yield revoked.judge(TEXTS[name])
    shown = makers.presented([makers.competence(subject=OTHER.did)], OTHER, challenge="7K3M9QWX", domain="CAFE")
    yield plain.judge(worlds.text(shown), session=Session(challenge="7K3M9QWX", domain="CAFE", issued_at=NOW))
    (one,) = plain.judge(TEXTS["competence"]).passes
    yield Report(
        verdict="cannot_verify",
        level=None,
        bundle_version=None,
        judged_at=NOW,
        reasons=("no_bundle",),
        steps=("V1",),
        passes=(replace(one, claims=None, issuer=None),) * 33,
    )


def _made() -> Iterator[dict[str, Any]]:
    every = list(reports())
    for report, note in [*((one, None) for one in every), *((every[0], note) for note in NOTES)]:
        row: dict[str, Any] = {"report": report.to_json(), "now": moment(NOW), "note": note}
        try:
            yield row | {"receipt": receipt.make(report, signer=DEVICE.signer, now=NOW, note=note)}
        except Invalid as refused:
            yield row | {"refused": refused.code}


def good() -> dict[str, Any]:
    """A receipt as the device makes it."""
    return receipt.make(next(reports()), signer=DEVICE.signer, now=NOW, note="Caja 2")


def signed(changes: dict[str, Any], *, by: SeedSigner = DEVICE.signer, **proof: Any) -> dict[str, Any]:
    """The good receipt with members changed (`...` takes one away), signed again by whoever holds the pen."""
    bare = {name: member for name, member in good().items() if name != "proof"} | changes
    document = {name: member for name, member in bare.items() if member is not ...}
    return integrity.add(document, **{"signer": by, "purpose": "assertionMethod", "created": moment(NOW), **proof})


def _strange() -> Iterator[dict[str, Any]]:
    passed: dict[str, Any] = {"type": "CompetencePass", "scheme": "SENA-NSCL", "verdict": "valid"}
    for member in ("verifier", "judgedAt", "verdict", "level", "bundleVersion", "passes"):
        yield signed({member: ...})
        yield signed({member: {}})
    yield from (
        signed({"name": "Ana"}),
        signed({"note": ...}),
        signed({"bundleVersion": -1}),
        signed({"level": "seen"}),
    )
    yield from (signed({"bundleVersion": None}), signed({"level": None}), signed({"verdict": "falso"}))
    yield from (signed({"passes": []}), signed({"passes": [passed] * 32}), signed({"passes": [passed] * 33}))
    for code in ("José Pérez", "a" * 65, "", None, "A-1"):
        yield signed({"passes": [{**passed, "scheme": code}]})
    yield signed({"passes": [{**passed, "hash": "00"}]})
    for note in ("", " a", "a  b", "cafe\u0301", "a" * 201, "a\u202eb", 7):
        yield signed({"note": note})
    for time in ("2026-11-22T00:30:20+00:00", "2026-11-22T00:30:20.5Z", "2026-02-30T00:00:00Z", "2026-11-22", "x"):
        yield signed({"judgedAt": time})
        yield signed({}, created=time)
    yield from (signed({}, created=None), signed({}, purpose="authentication"), signed({}, challenge="0"))
    yield from (signed({}, domain="José"), signed({"verifier": OTHER.did}), signed({}, by=OTHER.signer))
    yield signed({"@context": ["https://www.w3.org/ns/credentials/v2"]})
    yield signed({"type": ["VerifiableCredential", "VerificationReceipt"]})
    low = did_key(PublicKey(bytes([1]) + bytes(31)))
    yield signed({"verifier": low}, by=SeedSigner(makers.seed("holder1"), did_key_method(low)))
    web = Did("did:web:norma.example")
    yield signed({"verifier": web}, by=SeedSigner(makers.seed("holder1"), DidUrl(f"{web}#k1")))


def _checked() -> Iterator[bytes]:
    document = good()
    yield codec.write(document)
    yield json.dumps(document, indent=2).encode() + b"\n"
    for pointer, value in (
        ("/verdict", "valid_as_of"),
        ("/note", "Caja 3"),
        ("/bundleVersion", 999),
        ("/proof/created", "2026-11-22T00:30:21Z"),
        ("/proof/proofValue", "z1"),
        ("/proof/proofValue", "u" + "A" * 86),
        ("/proof/cryptosuite", "eddsa-rdfc-2022"),
        ("/proof/@context", ["https://w3id.org/puente/v1"]),
        ("/proof/nonce", "x"),
        ("/proof", ...),
        ("/proof", [document["proof"]]),
    ):
        yield codec.write(spoiled(document, pointer, value))
    yield from map(codec.write, _strange())
    yield from (b"", b"{}", b"[]", b'{"type":["VerificationReceipt"]}', codec.write(makers.competence()))
    yield codec.write(document)[:-1] + b',"verdict":"valid"}'
    yield json.dumps({**document, "note": "x" * 20_000}).encode()


def _judged(raw: bytes) -> dict[str, Any]:
    row: dict[str, Any] = {"raw": raw.decode(), "isReceipt": receipt.is_receipt(raw)}
    try:
        found = receipt.check(raw)
    except Invalid as refused:
        return row | {"refused": refused.code}
    told: dict[str, Any] = {
        "verifier": found.verifier,
        "signedAt": moment(found.signed_at),
        "judgedAt": moment(found.judged_at),
    }
    passes = [{"type": one.type, "scheme": one.scheme, "verdict": one.verdict} for one in found.passes]
    told |= {"verdict": found.verdict, "level": found.level, "bundleVersion": found.bundle_version}
    return row | {"receipt": {**told, "passes": passes, "note": found.note}}


def cases() -> dict[str, Any]:
    """All cases, as they stand in the file."""
    return {"device": "holder1", "made": list(_made()), "checked": [_judged(raw) for raw in _checked()]}


if __name__ == "__main__":
    FILE.write_text(written(cases()), "utf-8")

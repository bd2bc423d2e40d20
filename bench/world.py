"""What the kernel bench works on: one issuer, one signed pass with both status entries, its QR text and its bundle.

The same document for every contestant. Seeds are fixed and worthless.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from kernel import cborld
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.codec import write as codec_write
from kernel.credential import StatusPlace, compose
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from kernel.proofs import integrity
from kernel.status import LIST_SIZE
from registry import contents
from registry.build import Contents, Published, PublishedList, StatusPart, Versions, build
from registry.roles import Ring, RoleKey, Thresholds
from schemas import contexts, credential_types
from schemas.identifiers import Did, DidUrl, Url
from schemas.json import JsonObject

NOW: Final = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
ENTRY: Final = 5790
NAME: Final = "Ana María Pérez Gómez"
_HOST: Final = "formacion.demo.puente.example"
_DID: Final = Did(f"did:web:{_HOST}")
_METHOD: Final = DidUrl(f"{_DID}#k1")
_HOLDER: Final = Did("did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6")


def _seed(name: str) -> bytes:
    return hashlib.sha256(f"puente-bench:{name}".encode()).digest()


def _role(name: str) -> RoleKey:
    signer = SeedSigner(_seed(name), DidUrl(f"did:example:{name}#k1"))
    return RoleKey(public=signer.public, signer=signer, demo=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchWorld:
    """`unsigned` and `secured` are the same pass; `text` its JSON, `qr` its QR text."""

    seed: bytes
    signer: SeedSigner
    unsigned: dict[str, Any]
    secured: dict[str, Any]
    text: str
    qr: str
    dictionary: cborld.Dictionary
    contexts: JsonObject
    tables: JsonObject
    container: bytes
    root: bytes
    bundle: InstalledBundle


def make_world(now: datetime = NOW) -> BenchWorld:
    """One pass of a holder with a name of 24 bytes, and the bundle that judges it `valid` at that time."""
    signer = SeedSigner(_seed("formacion"), _METHOD)
    tables = contents.tables(ENTRY, (contents.Block(number=0, did=_DID, host=_HOST),))
    documents: JsonObject = {str(url): document for url, document in contexts.documents().items()}
    dictionary = cborld.read_dictionary(documents, tables)
    unsigned = unsigned_pass(now)
    secured = integrity.add(unsigned, signer=signer, purpose="assertionMethod")
    published = _publish(signer, documents, tables, now)
    bundle = install(published.container(), trusted_root=published.root, now=now)
    return BenchWorld(
        seed=_seed("formacion"),
        signer=signer,
        unsigned=unsigned,
        secured=secured,
        text=_json(secured),
        qr=cborld.to_text(secured, dictionary=dictionary, entry=ENTRY),
        dictionary=dictionary,
        contexts={**documents, _DID: _did_document(signer)},
        tables=tables,
        container=published.container(),
        root=published.root,
        bundle=bundle,
    )


def _json(document: JsonObject) -> str:
    return codec_write(document).decode()


def unsigned_pass(now: datetime, *, name: str = NAME, subject: Did | None = _HOLDER) -> dict[str, Any]:
    """A competence pass with both status entries, of a holder or, without a subject, for paper."""
    kind = credential_types.find("C06")
    assert kind is not None  # the table holds it; a plain mistake of ours otherwise
    claims: JsonObject = {
        "name": name,
        "idTail": "4821",
        "norm": 290801106,
        "normVersion": 1,
        "level": "intermedio",
    }
    places = [
        StatusPlace(purpose="revocation", index=94_567, url=contents.list_url(_HOST, 1)),
        StatusPlace(purpose="suspension", index=12_345, url=contents.list_url(_HOST, 2)),
    ]
    return compose(
        kind=kind, issuer=_DID, claims=claims, valid_from=now, valid_until=None, status=places, subject=subject
    )


def _did_document(signer: SeedSigner) -> JsonObject:
    method = {
        "id": _METHOD,
        "type": "Multikey",
        "controller": _DID,
        "publicKeyMultibase": PublicKey(signer.public).multikey(),
    }
    return {
        "@context": "https://www.w3.org/ns/did/v1",
        "id": _DID,
        "verificationMethod": [method],
        "assertionMethod": [_METHOD],
    }


def _publish(signer: SeedSigner, documents: JsonObject, tables: JsonObject, now: datetime) -> Published:
    lists = tuple(_list(number, purpose) for number, purpose in ((1, "revocation"), (2, "suspension")))
    issuer: JsonObject = {
        "id": "formacion",
        "did": _DID,
        "name": {"es": "Servicio de Aprendizaje (DEMO)", "en": "Training Service (DEMO)"},
        "tier": "T1",
        "country": "CO",
        "scope": [{"type": "CompetencePass", "scheme": "SENA-NSCL"}],
        "keys": [{"id": _METHOD, "publicKeyMultibase": PublicKey(signer.public).multikey(), "state": "active"}],
        "statusLists": [
            {"url": one.url, "purpose": one.purpose, "path": one.path("formacion"), "epoch": 0} for one in lists
        ],
    }
    files: dict[str, JsonObject] = {
        "registry.json": {"version": 1, "issuers": [issuer]},
        "policy.json": contents.policy(),
        "schemas.json": contents.schemas(),
        "law.json": contents.law(),
        "labels.es.json": contents.labels("es"),
        "labels.en.json": contents.labels("en"),
        "tables.json": tables,
        "contexts.json": documents,
        "log.json": {"issuers": {}},
    }
    ring = Ring(
        root=(_role("root"),),
        targets=(_role("targets"),),
        snapshot=_role("snapshot"),
        timestamp=_role("timestamp"),
        status={"formacion": _role("status")},
    )
    parts = Contents(files=files, status={"formacion": StatusPart(lists=lists)})
    return build(parts, ring=ring, thresholds=Thresholds(root=1, targets=1), versions=Versions(), now=now)


def _list(number: int, purpose: str) -> PublishedList:
    set_, clear = (1, 2, 3, 4), (5, 6, 7, 8)
    bits = bytearray(LIST_SIZE // 8)
    for index in set_:
        bits[index >> 3] |= 0x80 >> (index & 7)
    url: Url = contents.list_url(_HOST, number)
    return PublishedList(
        number=number, url=url, purpose=purpose, bits=bytes(bits), canaries_set=set_, canaries_clear=clear
    )

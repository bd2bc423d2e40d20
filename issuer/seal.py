"""Seal a chunk of promised rows: compose, sign, check each signature, pack, take the leaf. Pure; the same bytes always.

One step over the whole chunk after another, because what is equal in all rows is then made once. A row that cannot
become a pass is void: its places are burnt and the others go on. Storing is the service's. (TRUST sections 7, 12)
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from issuer.kinds import Kind
from issuer.pack import Packer
from issuer.rows import Intent, Pair
from kernel import cborld, credential, issued_log
from kernel.credential import StatusPlace
from kernel.errors import Invalid, Malformed, WrongShape
from kernel.keys import PublicKey
from kernel.ports import Signer
from kernel.proofs import integrity, registry
from schemas.identifiers import Did, DidUrl
from schemas.terms import ASSERTION

_VOID: Final = b"\x00puente-void-1"

Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Press:
    """What is equal in all rows of a chunk."""

    kind: Kind
    issuer: Did
    method: DidUrl
    public: PublicKey
    at: datetime
    pairs: Mapping[int, Pair]
    entry: int
    dictionary: cborld.Dictionary
    salts: bytes
    """The key that the leaves' salts are made with; it is kept nowhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedChunk:
    """What T2 writes: passes and voids by row number, and the leaves of all rows in their order."""

    passes: list[tuple[int, bytes]]
    voids: list[tuple[int, str]]
    leaves: bytes


def seal(intents: Sequence[Intent], press: Press, signer: Signer) -> SealedChunk:
    """Raises Unavailable where the key does not answer, BadProof where a signature of ours does not hold."""
    voids: dict[int, str] = {}
    rows = [(intent.n, document) for intent in intents if (document := _compose(intent, press, voids)) is not None]
    passes: list[tuple[int, bytes]] = []
    signatures: dict[int, bytes] = {}
    if rows:
        options = _options(rows[0][1], signer)
        packer = Packer(dictionary=press.dictionary, entry=press.entry, options=options)
        for n, document, signature in _sign(rows, options, press, signer, voids):
            try:
                passes.append((n, packer.pack(document, signature)))
                signatures[n] = signature
            except Invalid as fault:
                voids[n] = fault.code
    return SealedChunk(
        passes=passes,
        voids=sorted(voids.items()),
        leaves=b"".join([_leaf(intent, signatures.get(intent.n), press) for intent in intents]),
    )


def _compose(intent: Intent, press: Press, voids: dict[int, str]) -> Document | None:
    pair = press.pairs[intent.pair]
    try:
        claims, valid_until = _said(intent, press.kind)
        return credential.compose(
            kind=press.kind.type,
            issuer=press.issuer,
            claims=claims,
            valid_from=press.at,
            valid_until=valid_until,
            status=(
                StatusPlace(purpose="revocation", index=intent.revocation, url=pair.revocation_url),
                StatusPlace(purpose="suspension", index=intent.suspension, url=pair.suspension_url),
            ),
            subject=None if intent.subject is None else Did(intent.subject),
        )
    except Invalid as fault:
        voids[intent.n] = fault.code
        return None


def _said(intent: Intent, kind: Kind) -> tuple[Document, datetime | None]:
    """The claims of a row and until when. Raises `schema` where the kept payload is not one of its kind."""
    try:
        payload = orjson.loads(intent.payload)
        return kind.claims[intent.profile](payload), kind.valid_until(payload)
    except (ValueError, LookupError, TypeError) as fault:
        raise WrongShape("schema", detail="the payload is not one of its kind") from fault


def _options(document: Document, signer: Signer) -> Document:
    """The proof of all rows of a chunk, without its value: it is made of their contexts, which are the same."""
    proof = integrity.add({"@context": document["@context"]}, signer=signer, purpose=ASSERTION)["proof"]
    if not isinstance(proof, dict):
        raise TypeError("a proof is an object")
    return {name: member for name, member in proof.items() if name != "proofValue"}


def _sign(
    rows: Sequence[tuple[int, Document]], options: Document, press: Press, signer: Signer, voids: dict[int, str]
) -> list[tuple[int, Document, bytes]]:
    """Each row with its raw signature, which was checked by the strict rule (TRUST section 7)."""
    suite = registry.find(str(options["cryptosuite"]))
    hashed: list[tuple[int, Document, bytes]] = []
    for n, document in rows:
        try:
            hashed.append((n, document, suite.hash(document, options)))
        except Malformed as fault:
            voids[n] = fault.code
    signed = [(n, document, signer.sign(words)) for n, document, words in hashed]
    for (_, _, words), (_, _, signature) in zip(hashed, signed, strict=True):
        press.public.check(words, signature)
    return signed


def _leaf(intent: Intent, signature: bytes | None, press: Press) -> bytes:
    salt = issued_log.salt(press.salts, intent.n)
    if signature is None:
        return hashlib.sha256(_VOID + salt).digest()
    return issued_log.leaf(
        method=press.method,
        signature_hash=hashlib.sha256(signature).digest(),
        list_url=press.pairs[intent.pair].revocation_url,
        index=intent.revocation,
        salt=salt,
    )

"""Seal a chunk of promised rows: compose, sign, check each signature, pack, take the leaf. Pure; the same bytes always.

One step over the whole chunk after another, because what is equal in all rows is then made once. A row that cannot
become a pass is void: its places are burnt and the others go on. Storing is the service's. (TRUST sections 7, 12)
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from issuer.kinds import Kind
from issuer.pack import Packer
from issuer.rows import Intent, Pair
from kernel import cborld, credential, issued_log
from kernel.credential import StatusPlace
from kernel.errors import BadProof, Invalid, Malformed, WrongShape
from kernel.keys import PublicKey
from kernel.ports import Signer
from kernel.proofs import integrity, registry
from schemas.identifiers import Did, DidUrl
from schemas.terms import ASSERTION

_VOID: Final = b"\x00puente-void-1"

Document = dict[str, Any]
Sign = Callable[[Sequence[bytes]], Sequence[bytes]]
"""The hashes of all rows of a chunk -> their signatures, in order. Whoever asks checks each."""


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


def signing_by(signer: Signer) -> Sign:
    """Sign in this process, one after the other."""
    return lambda words: [signer.sign(one) for one in words]


def sign(intents: Sequence[Intent], press: Press, signer: Signer) -> list[bytes]:
    """The signatures alone, for whoever seals elsewhere: of each row that can be composed, in order. Raises as `seal`.

    Both sides compose for themselves, so what is signed is what stands in the ledger, and never what somebody sent.
    """
    voids: dict[int, str] = {}
    rows = _composed(intents, press, voids)
    return [signature for _, _, signature in _sign(rows, _options(rows, press), press, signing_by(signer), voids)]


def seal(intents: Sequence[Intent], press: Press, sign: Sign) -> SealedChunk:
    """Raises Unavailable where the key does not answer, BadProof where a signature of ours does not hold."""
    voids: dict[int, str] = {}
    rows = _composed(intents, press, voids)
    passes: list[tuple[int, bytes]] = []
    signatures: dict[int, bytes] = {}
    if rows:
        options = _options(rows, press)
        packer = Packer(dictionary=press.dictionary, entry=press.entry, options=options)
        for n, document, signature in _sign(rows, options, press, sign, voids):
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


def _composed(intents: Sequence[Intent], press: Press, voids: dict[int, str]) -> list[tuple[int, Document]]:
    return [(intent.n, document) for intent in intents if (document := _compose(intent, press, voids)) is not None]


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


def _options(rows: Sequence[tuple[int, Document]], press: Press) -> Document:
    """The proof of all rows of a chunk, without its value: it is made of their contexts, which are the same."""
    return integrity.options(rows[0][1], method=press.method, purpose=ASSERTION) if rows else {}


def _sign(
    rows: Sequence[tuple[int, Document]], options: Document, press: Press, sign: Sign, voids: dict[int, str]
) -> list[tuple[int, Document, bytes]]:
    """Each row with its raw signature, which was checked by the strict rule (TRUST section 7)."""
    if not rows:
        return []
    suite = registry.find(str(options["cryptosuite"]))
    hashed: list[tuple[int, Document, bytes]] = []
    for n, document in rows:
        try:
            hashed.append((n, document, suite.hash(document, options)))
        except Malformed as fault:
            voids[n] = fault.code
    signatures = sign([words for _, _, words in hashed])
    if len(signatures) != len(hashed):
        raise BadProof("invalid_signature", detail="not one signature for each row")
    for (_, _, words), signature in zip(hashed, signatures, strict=True):
        press.public.check(words, signature)
    return [(n, document, signature) for (n, document, _), signature in zip(hashed, signatures, strict=True)]


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

"""Seal a chunk of promised rows: compose, sign, check each signature, pack, take the leaf. Pure; the same bytes always.

One step over the whole chunk after another, because what is equal in all rows is then made once. A row that cannot
become a pass is void, and so is its twin: their places are burnt and the others go on. Storing is the service's.
(TRUST sections 7, 12)
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

import orjson

from issuer import twins
from issuer.kinds import BADGE, Kind, document, last_four
from issuer.pack import Packer, Struck
from issuer.rows import Intent, Pair
from kernel import achievement, cborld, credential, issued_log
from kernel.achievement import Awarding
from kernel.credential import StatusPlace
from kernel.errors import BadProof, Invalid, WrongShape
from kernel.keys import PublicKey
from kernel.ports import Signer
from schemas.identifiers import Did, DidUrl

_VOID: Final = b"\x00puente-void-1"
_STRANGE: Final = "the payload is not one of its kind"

Document = dict[str, Any]
Sign = Callable[[Sequence[bytes]], Sequence[bytes]]
"""The hashes of all rows of a chunk -> their signatures, in order. Whoever asks checks each."""


@dataclass(frozen=True, kw_only=True)
class Press:
    """What is equal in all rows of a chunk."""

    kind: Kind
    issuer: Did
    name: str
    """Of the issuer, in full credentials."""
    method: DidUrl
    public: PublicKey
    at: datetime
    pairs: Mapping[int, Pair]
    entry: int
    dictionary: cborld.Dictionary
    salts: bytes
    """The key that the leaves' salts are made with; it is kept nowhere."""
    id_of: Callable[[int], str]
    """What names the full credential of a row outside."""
    twins: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedChunk:
    """What T2 writes: passes and voids by row number, and the leaves of all rows in their order."""

    passes: list[tuple[int, bytes]]
    voids: list[tuple[int, str]]
    leaves: bytes

    def without(self, gone: Set[int], *, first: int, salts: bytes) -> "SealedChunk":
        """The same, but for rows that were erased meanwhile: no pass, no void (they have theirs), a burnt leaf."""
        leaves = [self.leaves[at : at + 32] for at in range(0, len(self.leaves), 32)]
        return SealedChunk(
            passes=[each for each in self.passes if each[0] not in gone],
            voids=[each for each in self.voids if each[0] not in gone],
            leaves=b"".join([_burnt(n, salts) if n in gone else leaf for n, leaf in enumerate(leaves, first)]),
        )


def burnt(chunk: Iterable[int], *, code: str, salts: bytes) -> SealedChunk:
    """What T2 writes of rows that are given up before they were signed: no pass, each void for that reason."""
    numbers = list(chunk)
    return SealedChunk(
        passes=[], voids=[(n, code) for n in numbers], leaves=b"".join([_burnt(n, salts) for n in numbers])
    )


def signing_by(signer: Signer) -> Sign:
    """Sign in this process, one after the other."""
    return lambda words: [signer.sign(one) for one in words]


def sign(intents: Sequence[Intent], press: Press, signer: Signer) -> list[bytes]:
    """The signatures alone, for whoever seals elsewhere: of each row that can be composed, in order. Raises as `seal`.

    Both sides compose for themselves, so what is signed is what stands in the ledger, and never what somebody sent.
    """
    rows = _struck(intents, press, {})
    return _signatures([row.words for _, row in rows], press, signing_by(signer))


def seal(intents: Sequence[Intent], press: Press, sign: Sign) -> SealedChunk:
    """Raises Unavailable where the key does not answer, BadProof where a signature of ours does not hold."""
    voids: dict[int, str] = {}
    rows = _struck(intents, press, voids)
    passes: dict[int, bytes] = {}
    signatures: dict[int, bytes] = {}
    for (n, row), signature in zip(rows, _signatures([row.words for _, row in rows], press, sign), strict=True):
        try:
            passes[n] = row.finish(signature)
            signatures[n] = signature
        except Invalid as fault:
            voids[n] = fault.code
    _void_both(intents, press.twins, voids)
    for n in voids:
        passes.pop(n, None)
        signatures.pop(n, None)
    return SealedChunk(
        passes=list(passes.items()),
        voids=sorted(voids.items()),
        leaves=b"".join([_leaf(intent, signatures.get(intent.n), press) for intent in intents]),
    )


def _void_both(intents: Sequence[Intent], count: int, voids: dict[int, str]) -> None:
    """Nobody gets one of the two: a row without its twin, or a twin without its row, is void too."""
    if voids and count:
        for row, twin in zip(intents[:count], intents[-count:], strict=True):
            if code := voids.get(row.n) or voids.get(twin.n):
                voids[row.n] = voids[twin.n] = code


def _struck(intents: Sequence[Intent], press: Press, voids: dict[int, str]) -> list[tuple[int, Struck]]:
    """Each row that can be signed, in order; the others are void."""
    packer = Packer(dictionary=press.dictionary, entry=press.entry, method=press.method)
    rows: list[tuple[int, Struck]] = []
    for intent in intents:
        try:
            rows.append((intent.n, _strike(intent, press, packer)))
        except Invalid as fault:
            voids[intent.n] = fault.code
    return rows


def _strike(intent: Intent, press: Press, packer: Packer) -> Struck:
    if intent.profile == BADGE:
        return twins.strike(_twin(intent, press), press.method)
    kind = press.kind
    try:
        payload = orjson.loads(intent.payload)
        name, tail = kind.name(payload), last_four(document(kind, payload))
        rest = orjson.dumps(payload[: kind.own.start] + payload[kind.own.stop :])
        alike = intent.profile, intent.pair, rest, *map(type, payload[kind.own])
    except (ValueError, LookupError, TypeError) as fault:
        raise WrongShape("schema", detail=_STRANGE) from fault
    compose = partial(_pass, intent, payload, press)
    if intent.subject is not None:
        return packer.whole(compose())
    return packer.strike(alike, (name, tail, str(intent.revocation), str(intent.suspension)), compose)


def _pass(intent: Intent, payload: Any, press: Press) -> Document:
    """Raises `schema` where the kept payload is not one of its kind."""
    try:
        claims, valid_until = press.kind.claims[intent.profile](payload), press.kind.valid_until(payload)
    except (ValueError, LookupError, TypeError) as fault:
        raise WrongShape("schema", detail=_STRANGE) from fault
    return credential.compose(
        kind=press.kind.type,
        issuer=press.issuer,
        claims=claims,
        valid_from=press.at,
        valid_until=valid_until,
        status=_status(intent, press),
        subject=None if intent.subject is None else Did(intent.subject),
    )


def _twin(intent: Intent, press: Press) -> Document:
    """Raises `schema` where the kept payload is not one of its kind, or its kind has no full form."""
    try:
        payload = orjson.loads(intent.payload)
        award = press.kind.award(payload) if press.kind.award is not None else None
        valid_until = press.kind.valid_until(payload)
    except (ValueError, LookupError, TypeError) as fault:
        raise WrongShape("schema", detail=_STRANGE) from fault
    if award is None:
        raise WrongShape("schema", detail="this credential type has no full form")
    return achievement.compose(
        id_=press.id_of(intent.n),
        issuer=Awarding(did=press.issuer, name=press.name),
        award=award,
        valid_from=press.at,
        valid_until=valid_until,
        status=_status(intent, press),
    )


def _status(intent: Intent, press: Press) -> tuple[StatusPlace, StatusPlace]:
    pair = press.pairs[intent.pair]
    return (
        StatusPlace(purpose="revocation", index=intent.revocation, url=pair.revocation_url),
        StatusPlace(purpose="suspension", index=intent.suspension, url=pair.suspension_url),
    )


def _signatures(words: Sequence[bytes], press: Press, sign: Sign) -> list[bytes]:
    """Of each, and each was checked by the strict rule (TRUST section 7)."""
    if not words:
        return []
    signatures = list(sign(words))
    if len(signatures) != len(words):
        raise BadProof("invalid_signature", detail="not one signature for each row")
    for each, signature in zip(words, signatures, strict=True):
        press.public.check(each, signature)
    return signatures


def _leaf(intent: Intent, signature: bytes | None, press: Press) -> bytes:
    if signature is None:
        return _burnt(intent.n, press.salts)
    return issued_log.leaf(
        method=press.method,
        signature_hash=hashlib.sha256(signature).digest(),
        list_url=press.pairs[intent.pair].revocation_url,
        index=intent.revocation,
        salt=issued_log.salt(press.salts, intent.n),
    )


def _burnt(n: int, salts: bytes) -> bytes:
    """The leaf of a row that is no pass."""
    return hashlib.sha256(_VOID + issued_log.salt(salts, n)).digest()

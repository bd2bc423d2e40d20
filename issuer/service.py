"""The issuer's promises: a row is promised with its places, then sealed; each is one transaction of its door.

`promise` is T1 and `keep` is T2 of TRUST section 12; between them `lay_out` reads what sealing needs. All work on a
chunk, from one row to 4,096. What a crash leaves is `unsealed`, and sealing it gives the same bytes. Who may ask is the
rooms' (`batches`, `pickups`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer import forward, kinds, known, places, twins, words
from issuer.forward import Told, nothing
from issuer.known import name_of
from issuer.rows import LEAF_BITS, Intent, Wanted
from issuer.seal import Press, SealedChunk, Sign, burnt, seal, signing_by
from issuer.secrets import NO_CREDENTIAL, Secrets, derive, key_of
from issuer.store import Ledger
from issuer.tables import ChunkRow, CounterRow, IssuerRow
from kernel import cborld
from kernel.access import Principal
from kernel.errors import Forbidden, NotFound, Unavailable
from kernel.keys import PublicKey
from kernel.ports import Clock, Hand, KeyStore, SigningTask
from schemas.identifiers import CredentialId, Did, DidUrl, KeyId

RequireKey = Callable[[DidUrl, datetime], None]
"""Raises Unavailable `key_not_in_force` where the registry does not let this key sign what bears this time."""
HOUSE = "house"
"""The actor of what no person asked for at that moment: sealing, publishing."""


@dataclass(frozen=True, kw_only=True)
class IssuerSetUp:
    """An issuer as it begins. `lists` names the type family of each pair of lists, in the order of their numbers."""

    id: str
    number: int
    did: Did
    method: DidUrl
    host: str
    lists: tuple[str, ...]
    name: str = ""
    """What its full credentials call it."""


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A promised chunk on the bench: signing it takes half a second, and no transaction waits for that."""

    intents: list[Intent]
    press: Press
    sign: Sign

    def seal(self) -> SealedChunk:
        """The same bytes each time, and every signature checked. Raises Unavailable, BadProof."""
        return seal(self.intents, self.press, self.sign)


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Issuing on one session."""

    ledger: Ledger
    keys: KeyStore
    hand: Hand | None
    """The signing process; None where this process signs by itself (rung K0)."""
    require_key: RequireKey
    clock: Clock
    dictionary: cborld.Dictionary
    entry: int
    told: Told = nothing

    def establish(self, setup: IssuerSetUp) -> bytes:
        """Make an issuer with its keys and its lists; gives its public key. Raises Conflict where it exists."""
        key = KeyId(f"{setup.id}/{setup.method.partition('#')[2]}")
        public = self.keys.create(key, setup.method)
        self.keys.create(key_of(setup.id), DidUrl(f"{setup.did}#secrets"))
        session = self.ledger.session
        session.add(
            IssuerRow(
                id=setup.id,
                number=setup.number,
                did=setup.did,
                key=key,
                method=setup.method,
                public=public,
                next_leaf=0,
                name=setup.name,
            )
        )
        session.flush()
        for at, family in enumerate(setup.lists):
            session.add_all(places.list_pair(setup.id, setup.number, at, family, f"https://{setup.host}/s"))
        for family in dict.fromkeys(setup.lists):
            session.add(CounterRow(issuer=setup.id, family=family, next_place=0))
        self.ledger.tell(self.clock.now(), HOUSE, "issuer_established", setup.id, {"method": setup.method})
        return public

    def make_key(self, issuer: str, method: DidUrl) -> bytes:
        """A further key for an issuer, not in use yet; gives its public half. Raises NotFound, Conflict."""
        self.ledger.issuer(issuer)
        public = self.keys.create(KeyId(f"{issuer}/{method.partition('#')[2]}"), method)
        self.ledger.tell(self.clock.now(), HOUSE, "key_made", issuer, {"method": method})
        return public

    def take_key(self, issuer: str, method: DidUrl, public: bytes) -> None:
        """Sign what is promised from now on with that key; chunks of before keep theirs. Raises Unavailable."""
        now, row = self.clock.now(), self.ledger.issuer(issuer)
        self.require_key(method, now)
        row.key, row.method, row.public = f"{issuer}/{method.partition('#')[2]}", method, public
        self.ledger.session.add(row)
        self.ledger.tell(now, HOUSE, "key_taken", issuer, {"method": method})

    def secrets(self, issuer: str) -> Secrets:
        """Raises Unavailable, NotFound."""
        return derive(self.keys.signer(key_of(issuer)))

    def require_forward(self, issuer: str) -> None:
        """Raises Unavailable `database_went_back` where its rows do not go on from what was told outside."""
        forward.require_forward(self.ledger.session, issuer, self.told)

    def require_entry(self, entry: int | None = None) -> None:
        """Raises Unavailable `entry_unavailable` where a pass could not be written: what is promised must be sealable.

        `entry` is a chunk's; without one it is that of new rows.
        """
        wanted = self.entry if entry is None else entry
        if wanted == cborld.EMPTY_ENTRY or wanted not in self.dictionary.entries:
            raise Unavailable("entry_unavailable", detail="the dictionary lacks the registry entry to issue with")

    def promise(
        self,
        issuer: str,
        family: str,
        rows: Sequence[Wanted],
        *,
        batch: str | None,
        centre: str | None,
        at: datetime,
        with_twins: bool = False,
    ) -> tuple[int | None, int]:
        """T1: promise those rows that were not promised before; (first number of the chunk or None, rows known before).

        `at` becomes their validFrom; with twins each row, not each copy, gets its full credential. Raises NotFound,
        Unavailable `lists_full`, `entry_unavailable`, `database_went_back`, Conflict where another was faster.
        """
        self.require_entry()
        self.require_forward(issuer)
        by, secrets = self.ledger.issuer(issuer), self.secrets(issuer)
        fresh = known.fresh(secrets, family, rows, self.ledger.known)
        if not fresh:
            return None, len(rows)
        full = [row for row in fresh.values() if twins.is_row(row)] if with_twins else []
        taken = places.take(self.ledger, secrets.places, issuer, family, len(fresh) + len(full))
        first = (by.number << LEAF_BITS) + self.ledger.take_leaves(issuer, len(taken))
        fresh |= {name_of(secrets, family, row): row for row in twins.of_rows(full, first)}
        chunk = ChunkRow(
            first=first,
            issuer=issuer,
            batch=batch,
            centre=centre,
            family=family,
            size=len(fresh),
            twins=len(full),
            at=at,
            key=by.key,
            method=by.method,
            public=by.public,
            entry=self.entry,
        )
        placed = enumerate(zip(fresh.items(), taken, strict=True), first)
        self.ledger.keep_promised(chunk, [_promised(n, idem, place, row, first) for n, ((idem, row), place) in placed])
        self.ledger.keep_words(first, words.shelve(words.of_rows(family, fresh.values()), secrets.word))
        self.ledger.tell(self.clock.now(), HOUSE, "rows_promised", str(first), {"batch": batch, "count": len(fresh)})
        return first, len(rows) - len(fresh) + len(full)

    def lay_out(self, first: int) -> Laid | None:
        """What sealing a promised chunk needs, read in one go; None where it is sealed already.

        Raises NotFound, and Unavailable where its key or its entry is not here: then the chunk waits.
        """
        if self.ledger.is_sealed(first):
            return None
        chunk = self.ledger.chunk(first)
        self.require_forward(chunk.issuer)
        self.require_entry(chunk.entry)
        self.require_key(DidUrl(chunk.method), chunk.at)
        return Laid(
            intents=self.ledger.intents(first, chunk.size),
            press=self.press(chunk),
            sign=self._sign(chunk),
        )

    def _sign(self, chunk: ChunkRow) -> Sign:
        """By the key in this process, or by the signing process, which composes the rows for itself."""
        if self.hand is None:
            return signing_by(self.keys.signer(KeyId(chunk.key)))
        sign, task = self.hand.sign, SigningTask(kind="chunk", of=str(chunk.first))
        return lambda _words: sign(task)

    def keep(self, first: int, sealed: SealedChunk) -> int:
        """T2: passes, voids, leaves and the audit line; gives how many passes, 0 where another sealed it meanwhile.

        A twin is sealed with its row and is not counted again. Who was erased since it was laid out gets no pass.
        """
        self.ledger.hold_chunks([first])
        if self.ledger.is_sealed(first):
            return 0
        chunk = self.ledger.chunk(first)
        if erased := self.ledger.erased_in(chunk):
            sealed = sealed.without(erased, first=first, salts=self.secrets(chunk.issuer).leaves)
        self.ledger.keep_sealed(first, sealed.leaves, sealed.passes, sealed.voids)
        told = {"count": len(sealed.passes), "void": len(sealed.voids) + len(erased)}
        self.ledger.tell(self.clock.now(), HOUSE, "chunk_sealed", str(first), told)
        return len({n for n, _ in sealed.passes}.intersection(chunk.passes))

    def give_up(self, first: int, code: str) -> None:
        """T2 of promised rows that are not to be signed any more: all void, for that reason. Nothing where another
        sealed them meanwhile; who does so later finds them sealed.

        Raises Unavailable `database_went_back`, also where their leaves were told already: those can only be sealed.
        """
        self.ledger.hold_chunks([first])
        if self.ledger.is_sealed(first):
            return
        chunk = self.ledger.chunk(first)
        self.require_forward(chunk.issuer)
        forward.require_untold(chunk.issuer, first & (1 << LEAF_BITS) - 1, self.told)
        numbers, salts = range(first, first + chunk.size), self.secrets(chunk.issuer).leaves
        self.keep(first, burnt(numbers, code=code, salts=salts))

    def find(self, name: str, *, by: Principal, secrets: Secrets | None = None) -> int:
        """The row of a credential's name, for staff of its issuer and centre; others do not find it (TRUST 10).

        `secrets` are her issuer's where they are at hand: to derive them opens its key.
        """
        if by.issuer is None:
            raise NotFound("not_found", detail=NO_CREDENTIAL)
        n = (secrets or self.secrets(by.issuer)).number(name)
        chunk = self.ledger.chunk_of(n)
        if chunk.issuer != by.issuer or by.centre not in (None, chunk.centre):
            raise NotFound("not_found", detail=NO_CREDENTIAL)
        return n

    def name(self, n: int) -> CredentialId:
        """The outside name of a row."""
        return self.secrets(self.ledger.chunk_of(n).issuer).name(n)

    def text(self, n: int) -> str:
        """The QR text of a row's pass; raises NotFound, also for a full credential, which has none."""
        if twins.is_packed(self.ledger.pass_bytes(n)):
            raise NotFound("not_found", detail="a full credential is no QR")
        return cborld.to_text(
            self.credential(n), dictionary=self.dictionary, entry=self.ledger.chunk_of(n).entry, bound=cborld.PASS_CHARS
        )

    def credential(self, n: int) -> dict[str, Any]:
        """The signed credential of a row, as JSON; raises NotFound."""
        kept = self.ledger.pass_bytes(n)
        if twins.is_packed(kept):
            return twins.unpack(kept)
        return dict(cborld.decode(kept, dictionary=self.dictionary).documents[0])

    def press(self, chunk: ChunkRow) -> Press:
        """What is equal in all rows of a chunk."""
        by, secrets = self.ledger.issuer(chunk.issuer), self.secrets(chunk.issuer)
        return Press(
            kind=kinds.find(chunk.family),
            issuer=Did(by.did),
            name=by.name,
            method=DidUrl(chunk.method),
            public=PublicKey(chunk.public),
            at=chunk.at,
            pairs={pair.number: pair for pair in self.ledger.pairs(chunk.issuer, chunk.family)},
            entry=chunk.entry,
            dictionary=self.dictionary,
            salts=secrets.leaves,
            id_of=secrets.urn,
            twins=chunk.twins,
        )


def _promised(n: int, idem: bytes, place: places.Place, row: Wanted, first: int) -> tuple[Any, ...]:
    """A row as the ledger keeps it, in the order of INTENT_COLUMNS."""
    origin = first if row.of_first else row.origin
    return n, idem, *place, row.line, row.profile, origin, row.subject, row.payload


def issuer_of(by: Principal) -> str:
    """Whose staff somebody is; raises Forbidden where of none."""
    if by.issuer is None:
        raise Forbidden("not_allowed", detail="the caller belongs to no issuer")
    return by.issuer

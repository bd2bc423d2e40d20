"""People: a search by what a counter hears, and one person's file. Both are told in the audit chain, never the text.

A person is a document's number under the issuer's key: her name here is its keyed hash, so that none stands in a URL
and no table of persons is kept. Rows of another centre are not found (TRUST 10, 12).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

import orjson

from issuer import kinds, reading, words
from issuer.amending.service import Amending
from issuer.disputes.service import Disputes
from issuer.people.store import Found, PeopleStore, Whose
from issuer.reissues.service import Reissues
from issuer.rows import LEAF_BITS
from issuer.secrets import Secrets
from issuer.service import Issuer, issuer_of
from issuer.status.service import Status
from kernel.access import Principal
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid, NotFound
from kernel.ports import Clock
from schemas.counter import (
    CredentialLine,
    CredentialState,
    OfferLine,
    PeopleNamed,
    PeoplePage,
    PersonFile,
    PersonLine,
    SearchRequest,
)
from schemas.disputes import Correction
from schemas.terms import REVOCATION, SUSPENSION

PAGE: Final = 50
_NAME: Final = 22
_NOBODY: Final = "no person of that name"


@dataclass(frozen=True, kw_only=True)
class Persons:
    """People on one session."""

    store: PeopleStore
    issuer: Issuer
    status: Status
    disputes: Disputes
    reissues: Reissues
    amending: Amending
    clock: Clock

    def search(self, asked: SearchRequest, *, by: Principal) -> PeoplePage:
        """Who has credentials that all the words fit, newest first. Raises TooMany, NotFound for a strange `after`."""
        now, whose = self._begin(by), self._whose(by)
        secrets = self.issuer.secrets(issuer_of(by))
        until = (whose.number + 1 << LEAF_BITS) - 1 if asked.after is None else secrets.number(asked.after) - 1
        found = list(islice(self._matching(asked.text, whose, secrets, until), PAGE + 1))
        self.issuer.ledger.tell(now, by.person, "people_searched", issuer_of(by), {"found": len(found)})
        page = found[:PAGE]
        return PeoplePage(
            people=self._people(page, secrets), next=secrets.name(page[-1].n) if len(found) > PAGE else None
        )

    def look(self, person: str, *, by: Principal) -> PersonFile:
        """One person's file: at most a page of credentials. Raises TooMany, NotFound."""
        now, whose = self._begin(by), self._whose(by)
        secrets = self.issuer.secrets(issuer_of(by))
        key = base64url_decode(person, limit=_NAME)
        if len(key) != words.WORD_BYTES:
            raise NotFound("not_found", detail=_NOBODY)
        until = (whose.number + 1 << LEAF_BITS) - 1
        rows = self._sealed(self._by_keys([key], whose, until), whose)
        page = list(islice((row for row in rows if self._person(row, secrets) == person), PAGE))
        if not page:
            raise NotFound("not_found", detail=_NOBODY)
        self.issuer.ledger.tell(now, by.person, "person_read", person)
        return self._file(self._people(page, secrets)[0], [row.n for row in page], secrets)

    def named(self, credentials: Sequence[str], *, by: Principal) -> PeopleNamed:
        """Whose credentials these are: who decides about one sees about whom. Raises TooMany."""
        reading.require_pace(self.store.session, "names", by=by, clock=self.clock)
        secrets = self.issuer.secrets(issuer_of(by))
        numbers = [n for name in credentials if (n := self._named(name, secrets)) is not None]
        rows = self.store.found(self._whose(by), numbers)
        reading.tell_page(self.issuer.ledger, "people_named", rows, by=by, clock=self.clock)
        return PeopleNamed(people=self._people(rows, secrets))

    def _begin(self, by: Principal) -> datetime:
        reading.require_pace(self.store.session, "search", by=by, clock=self.clock)
        return self.clock.now()

    def _whose(self, by: Principal) -> Whose:
        return Whose(number=self.issuer.ledger.issuer(issuer_of(by)).number, centre=by.centre)

    def _matching(self, text: str, whose: Whose, secrets: Secrets, until: int) -> Iterator[Found]:
        """The rows that a text names: a credential, a batch, or all that have every word of it."""
        if (n := self._named(text, secrets)) is not None:
            yield from self._sealed(iter([n] if n <= until else []), whose)
        elif len(text) == _NAME and self.store.is_batch(text):
            yield from self._sealed(self.store.of_batch(whose, text, until=until), whose)
        elif asked := words.asked(text):
            rows = self._sealed(self._by_keys([secrets.word(word) for word in asked], whose, until), whose)
            yield from (row for row in rows if asked <= words.of_row(kinds.find(row.family), orjson.loads(row.payload)))

    def _named(self, text: str, secrets: Secrets) -> int | None:
        """The row of a credential's name; a holder's copy stands for its origin."""
        try:
            return self.issuer.ledger.origin_of(secrets.number(text))
        except (NotFound, Invalid):
            return None

    def _by_keys(self, keys: Sequence[bytes], whose: Whose, until: int) -> Iterator[int]:
        """Candidates that stand under every key, newest first."""
        for first, shelves in self.store.shelves(whose, sorted({key[0] for key in keys}), until=until):
            told = [set(words.places(shelves.get(key[0], b""), key)) for key in keys]
            yield from (
                first + place for place in sorted(set.intersection(*told), reverse=True) if first + place <= until
            )

    def _sealed(self, numbers: Iterator[int], whose: Whose) -> Iterator[Found]:
        while some := list(islice(numbers, PAGE + 1)):
            yield from self.store.found(whose, some)

    def _people(self, rows: Sequence[Found], secrets: Secrets) -> list[PersonLine]:
        """The rows by person, each in the place of her newest one."""
        numbers = [row.n for row in rows]
        states, twins = self._states(numbers), self.store.twins(numbers)
        people: dict[str, PersonLine] = {}
        for row in rows:
            kind, payload = kinds.find(row.family), orjson.loads(row.payload)
            id_ = self._person(row, secrets)
            line = _line(row, secrets, states[row.n], twins.get(row.n))
            tail = f"…{kinds.last_four(kinds.document(kind, payload))}"
            known = people.setdefault(id_, PersonLine(id=id_, name=line.name, document=tail, credentials=[]))
            known.credentials.append(line)
        return list(people.values())

    def _person(self, row: Found, secrets: Secrets) -> str:
        number = words.words_of(kinds.document(kinds.find(row.family), orjson.loads(row.payload)))
        return base64url_encode(secrets.word(number[0] if number else ""))

    def _states(self, numbers: Sequence[int]) -> dict[int, CredentialState]:
        flags, replaced = self.status.store.marked(numbers), self.store.replaced(numbers)

        def state(n: int) -> CredentialState:
            if (n, REVOCATION) in flags:
                return "replaced" if n in replaced else "revoked"
            return "suspended" if (n, SUSPENSION) in flags else "valid"

        return {n: state(n) for n in numbers}

    def _file(self, person: PersonLine, numbers: Sequence[int], secrets: Secrets) -> PersonFile:
        return PersonFile(
            **dict(person),
            acts=[self.status.view(act, secrets) for act in self.status.store.acts_on(*numbers)],
            disputes=list(self.disputes.of_rows(numbers, secrets)),
            offers=[
                OfferLine(
                    credential=secrets.name(offer.n),
                    made_by=offer.made_by,
                    expires_at=offer.expires,
                    used_at=offer.used,
                    tries=offer.tries,
                    stands=offer.stands is not None,
                )
                for offer in self.store.offers(numbers)
            ],
            reissues=list(self.reissues.of_rows(numbers, secrets)),
            amendments=list(self.amending.of_rows(numbers, secrets)),
        )


def _line(row: Found, secrets: Secrets, state: CredentialState, twin: int | None) -> CredentialLine:
    kind, payload = kinds.find(row.family), orjson.loads(row.payload)
    claims = kind.claims[kinds.INTERVIEW](payload)
    norm = claims.get("norm")
    return CredentialLine(
        id=secrets.name(row.n),
        type=row.family,
        title=kind.type.title_es,
        name=kind.name(payload),
        norm=None if norm is None else str(norm),
        norm_version=claims.get("normVersion"),
        level=claims.get("level"),
        issued=row.issued,
        state=state,
        batch=row.batch,
        correctable=[Correction.model_fields[name].alias or name for name in kind.correctable],
        badge=None if twin is None else secrets.name(twin),
    )

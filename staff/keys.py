"""API keys of an issuer's systems: made by an administrator, bounded by scopes, two at once so that one can follow.

A key prepares in its maker's name, so four eyes hold: what it prepared, she cannot approve. It never approves itself.
"""

from dataclasses import dataclass
from datetime import timedelta

from kernel.access import Principal
from kernel.errors import Conflict, Malformed, NotFound
from kernel.ports import Clock, Random
from kit.api_keys import KeyRequest, KeyStand, make_key
from schemas.access import KEY_SCOPES
from schemas.staff import KeyAsk, KeyLine, KeyMade, KeyPage
from staff.service import Tell

SLOTS = (0, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Keys:
    """API keys, on one session. `env` stands in a key's text."""

    stand: KeyStand
    env: str
    clock: Clock
    random: Random
    tell: Tell

    def make(self, asked: KeyAsk, *, by: Principal) -> KeyMade:
        """A key for a system of the caller's issuer. Raises Malformed, NotFound, Conflict `two_keys`."""
        now = self.clock.now()
        if not KEY_SCOPES.issuperset(asked.scopes):
            raise Malformed("bad_request", detail="no such scope", pointer="/scopes")
        taken = self.stand.slots(_issuer(by), asked.label, now)
        free = [slot for slot in SLOTS if slot not in taken]
        if not free:
            raise Conflict("two_keys", detail="two keys of that system live")
        text = make_key(
            self.stand.session,
            KeyRequest(
                person=by.person,
                roles=frozenset({"officer"}),
                issuer=by.issuer,
                centre=asked.centre,
                life=timedelta(days=asked.days),
                scopes=frozenset(asked.scopes),
                label=asked.label,
                slot=free[0],
            ),
            env=self.env,
            now=now,
            random=self.random,
        )
        name = text.split("_")[2]
        self.stand.session.flush()
        self.tell(now, by.person, "make_key", name)
        return KeyMade(id=name, key=text, expires=now + timedelta(days=asked.days))

    def list(self, *, by: Principal, after: str, limit: int) -> KeyPage:
        """Of the caller's issuer, ended ones too."""
        rows = self.stand.of(_issuer(by), after=after, limit=limit)
        lines = [
            KeyLine(
                id=row.id,
                label=row.label,
                person=row.person,
                roles=row.roles.split(","),
                scopes=None if row.scopes is None else row.scopes.split(","),
                centre=row.centre,
                created=row.created,
                expires=row.expires,
                last_day=row.last_day,
                ended=row.ended,
            )
            for row in rows
        ]
        return KeyPage(items=lines, next=rows[-1].id if len(rows) == limit else None)

    def end(self, id_: str, *, by: Principal) -> None:
        """From now on. Raises NotFound."""
        now = self.clock.now()
        if not self.stand.end(id_, _issuer(by), now):
            raise NotFound("not_found", detail="the caller's issuer has no such key")
        self.tell(now, by.person, "end_key", id_)


def _issuer(by: Principal) -> str:
    if by.issuer is None:
        raise NotFound("not_found", detail="the caller has no issuer")
    return by.issuer

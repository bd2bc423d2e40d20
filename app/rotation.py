"""An issuer's key takes the place of another, step by step (TRUST section 7): each call makes the step that is due.

Announced (and waits its fourteen days), in use, taken by the issuer, the old one retired: what keepers must agree on
is proposed to the registry, and this goes on when they have. Old passes stay valid; the two overlap for thirty days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from app.provide import World
from issuer.batches.service import Batches
from issuer.service import Issuer
from kernel.access import Principal
from kernel.errors import Conflict
from kernel.keys import PublicKey, read_multikey
from registry.service import Registry
from registry.tables import KeyRow
from schemas.identifiers import Did, DidUrl
from schemas.registration import AddKey, Change, SetKeyState

StepName = Literal["announce", "wait", "activate", "take", "retire", "keepers"]
MOST_KEYS = 99


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What was done for which key, or what it waits for; `change` is the registry's, for keepers to approve."""

    name: StepName
    method: DidUrl
    change: str | None = None
    until: datetime | None = None


def rotate(world: World, issuer: str, *, by: Principal) -> Step:
    """The next step for an issuer's key. Raises NotFound, Forbidden, Conflict, Unavailable."""
    now = world.clock.now()
    with world.doors()[Issuer]() as opened:
        row = opened.ledger.issuer(issuer)
        used, did = DidUrl(row.method), Did(row.did)
    with world.doors()[Registry]() as opened:
        waiting = opened.waiting(issuer)
        keys = opened.keys_of(issuer)
    if waiting:
        return Step(name="keepers", method=DidUrl(waiting[0].change.id), change=waiting[0].id)
    newest = keys[-1] if keys else None
    if newest is not None and newest.state == "announced":
        return _activate(world, newest, by=by, now=now)
    if newest is not None and newest.state == "active" and newest.id != used:
        return _take(world, issuer, newest)
    old = next((key for key in keys if key.state == "active" and key.id != used), None)
    if old is not None:
        return _retire(world, old, by=by)
    return _announce(world, issuer, did, len(keys), by=by, now=now)


def _announce(world: World, issuer: str, did: Did, had: int, *, by: Principal, now: datetime) -> Step:
    start = now + timedelta(days=world.settings.announced_days)
    for number in range(had + 1, MOST_KEYS):
        method = DidUrl(f"{did}#k{number}")
        try:
            with world.doors()[Issuer]() as opened:
                public = PublicKey(opened.make_key(issuer, method))
        except Conflict:
            continue  # a key that a stop left behind, of which nobody was told
        made = AddKey(issuer=issuer, id=method, public_key_multibase=public.multikey(), not_before=start)
        return Step(name="announce", method=method, change=_proposed(world, made, by), until=start)
    raise Conflict("not_possible_now", detail="the issuer has had too many keys")


def _activate(world: World, key: KeyRow, *, by: Principal, now: datetime) -> Step:
    method, ready = DidUrl(key.id), key.announced + timedelta(days=world.settings.announced_days)
    if now < max(ready, key.not_before or ready):
        return Step(name="wait", method=method, until=max(ready, key.not_before or ready))
    return Step(name="activate", method=method, change=_proposed(world, SetKeyState(id=method, state="active"), by))


def _take(world: World, issuer: str, key: KeyRow) -> Step:
    with world.doors()[Batches]() as opened:
        if key.not_before is not None and opened.store.unfinished_before(issuer, key.not_before):
            # Its rows begin on the day of their release, where this key may not sign: they would never be sealed.
            raise Conflict("not_possible_now", detail="a batch of before the key's first day is not finished")
    with world.doors()[Issuer]() as opened:
        opened.take_key(issuer, DidUrl(key.id), read_multikey(key.multikey).raw)
    return Step(name="take", method=DidUrl(key.id))


def _retire(world: World, key: KeyRow, *, by: Principal) -> Step:
    method = DidUrl(key.id)
    with world.doors()[Issuer]() as opened:
        if opened.ledger.waits_for_key(method):
            raise Conflict("not_possible_now", detail="promised rows still wait for the old key: let them be sealed")
    return Step(name="retire", method=method, change=_proposed(world, SetKeyState(id=method, state="retired"), by))


def _proposed(world: World, change: Change, by: Principal) -> str:
    with world.doors()[Registry]() as opened:
        return str(opened.propose(change, by=by).id)

"""Each kind of change: what must hold for it, and what it does to the rows. Who agreed to it is `service.py`'s."""

from datetime import datetime

from kernel.errors import Conflict
from registry import rules
from registry.rules import found
from registry.store import RegistryStore
from registry.tables import IssuerRow, KeyRow, ListRow
from schemas.registration import (
    AddKey,
    AddList,
    ApproveList,
    Change,
    RegisterIssuer,
    ResetList,
    ScopePair,
    SetKeyState,
    SetScope,
)


def issuer_of(change: Change, store: RegistryStore) -> str:
    """The issuer that a change is about; raises NotFound for a key that nobody has."""
    match change:
        case RegisterIssuer():
            return change.id
        case SetKeyState():
            return found(store.key(change.id)).issuer
        case SetScope() | AddKey() | AddList() | ResetList() | ApproveList():
            return change.issuer


def require_possible(change: Change, store: RegistryStore, *, now: datetime) -> None:
    """Raise NotFound, Conflict or WrongShape for what contradicts what stands. Asked when proposed and when done."""
    match change:
        case RegisterIssuer():
            _require_free(store.issuer(change.id))
        case SetScope():
            found(store.issuer(change.issuer))
        case AddKey():
            rules.require_sound_key(change, did=found(store.issuer(change.issuer)).did)
            _require_free(store.key(change.id))
            rules.end_of_window(change, now=now)
        case SetKeyState():
            key = found(store.key(change.id))
            rules.require_step(change, key, [one for one in store.keys(key.issuer) if one.state == "active"])
        case AddList():
            found(store.issuer(change.issuer))
            _require_free(store.list(change.issuer, change.number))
        case ResetList() | ApproveList():
            found(store.list(change.issuer, change.number))


def do(change: Change, store: RegistryStore, *, now: datetime) -> str:
    """Change the rows; gives the name of what was changed."""
    require_possible(change, store, now=now)
    match change:
        case RegisterIssuer():
            return _register(change, store)
        case SetScope():
            store.set_scope(change.issuer, _pairs(change.scope))
            return change.issuer
        case AddKey():
            return _add_key(change, store, now)
        case SetKeyState():
            return _set_key_state(change, store, now)
        case AddList():
            store.keep(ListRow(issuer=change.issuer, number=change.number, epoch=0))
        case ResetList():
            row = found(store.list(change.issuer, change.number))
            row.epoch += 1
            store.keep(row)
        case ApproveList():
            row = found(store.list(change.issuer, change.number))
            row.approved = bytes.fromhex(change.hash)
            store.keep(row)
    return f"{change.issuer}/{change.number}"


def _require_free(row: object | None) -> None:
    if row is not None:
        raise Conflict("name_taken", detail="the registry has something under that name")


def _pairs(scope: list[ScopePair]) -> list[tuple[str, str]]:
    return [(pair.type, pair.scheme) for pair in scope]


def _register(change: RegisterIssuer, store: RegistryStore) -> str:
    told = change.model_dump(include={"id", "did", "host", "name_es", "name_en", "tier", "country"})
    store.keep(IssuerRow(**told, number=store.next_number()))
    store.set_scope(change.id, _pairs(change.scope))
    return change.id


def _add_key(change: AddKey, store: RegistryStore, now: datetime) -> str:
    store.keep(
        KeyRow(
            id=change.id,
            issuer=change.issuer,
            multikey=change.public_key_multibase,
            state="announced",
            paused=False,
            announced=now,
            not_before=change.not_before,
            not_after=rules.end_of_window(change, now=now),
        )
    )
    return change.id


def _set_key_state(change: SetKeyState, store: RegistryStore, now: datetime) -> str:
    """Keepers' word about a key also ends its issuer's pause: they confirm it or lift it.

    A key that comes into use ends the window of the one before it: they overlap for thirty days at the most.
    """
    row = found(store.key(change.id))
    if (row.state, change.state) == ("announced", "active"):
        for other in store.keys(row.issuer):
            if other.state == "active":
                other.not_after = min(other.not_after or now + rules.OVERLAP, now + rules.OVERLAP)
                store.keep(other)
    row.state, row.paused = change.state, False
    row.frozen_size = change.frozen_size
    row.frozen_root = None if change.frozen_root is None else bytes.fromhex(change.frozen_root)
    store.keep(row)
    return change.id

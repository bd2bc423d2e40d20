"""The demo's world: a fresh folder, a migrated database, issuers with their keys, a registry, and a first bundle."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from app.demo.people import ATTESTOR, ISSUERS, KEEPERS, DemoIssuer
from app.folder import DEMO_MARK
from app.provide import World
from app.publish import publish
from issuer.service import Issuer, IssuerSetUp
from kernel.keys import PublicKey
from registry.service import Registry
from schemas.identifiers import KeyId
from schemas.registration import AddKey, AddList, Change, RegisterIssuer, SetKeyState

_HALF_A_YEAR: Final = timedelta(days=182)
"""A key lives for twelve months at most (TRUST section 7); the demo is in the middle of them."""


class NotOurs(Exception):
    """The folder holds something that the demo did not write."""


def clear(out: Path) -> None:
    """Empty the folder of a former demo; raises NotOurs where it is anything else that is not empty."""
    if out.exists() and not out.is_dir():
        raise NotOurs(str(out))
    if out.is_dir() and any(out.iterdir()):
        if not (out / DEMO_MARK).is_file():
            raise NotOurs(str(out))
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / DEMO_MARK).write_text("written by puente demo; safe to delete\n")


def found(world: World, issuers: Sequence[DemoIssuer] = ISSUERS) -> None:
    """Establish the issuers, register them by two keepers, publish the first bundle."""
    for issuer in issuers:
        public = _establish(world, issuer)
        for change in _changes(world, issuer, public):
            _agree(world, change)
    publish(world)


def _establish(world: World, issuer: DemoIssuer) -> bytes:
    """The issuer's keys and lists. The attestor issues nothing here: it has a key to sign beyond its scope with."""
    if issuer is ATTESTOR:
        return world.keys.create(KeyId(f"{issuer.id}/k1"), issuer.method)
    setup = IssuerSetUp(
        id=issuer.id,
        number=issuer.number,
        did=issuer.did,
        method=issuer.method,
        host=issuer.host,
        lists=issuer.lists,
        name=issuer.name_es,
    )
    with world.doors()[Issuer]() as opened:
        public: bytes = opened.establish(setup)
    return public


def _changes(world: World, issuer: DemoIssuer, public: bytes) -> list[Change]:
    now = world.clock.now()
    return [
        RegisterIssuer(
            id=issuer.id,
            did=issuer.did,
            host=issuer.host,
            name_es=issuer.name_es,
            name_en=issuer.name_en,
            tier=issuer.tier,  # type: ignore[arg-type]  # one of the three, checked when it is made
            country="CO",
            scope=list(issuer.scope),
        ),
        AddKey(
            issuer=issuer.id,
            id=issuer.method,
            public_key_multibase=PublicKey(public).multikey(),
            not_before=now - _HALF_A_YEAR,
            not_after=now + _HALF_A_YEAR,
        ),
        SetKeyState(id=issuer.method, state="active"),
        *(AddList(issuer=issuer.id, number=number) for number in range(1, 2 * len(issuer.lists) + 1)),
    ]


def _agree(world: World, change: Change) -> None:
    """One keeper proposes, the other approves."""
    first, second = KEEPERS
    with world.doors()[Registry]() as opened:
        proposed = opened.propose(change, by=first)
    with world.doors()[Registry]() as opened:
        opened.approve(proposed.id, by=second)

"""The holder's own copies of a row: what is promised for her key, and what they will show. Pure; the rules of a pick-up
are `service.py`'s."""

from typing import Any

import orjson

from issuer import kinds
from issuer.rows import Wanted
from issuer.tables import IntentRow
from schemas.identifiers import Did
from schemas.pickups import PickupSummary


def wanted_of(intent: IntentRow, family: str, holder: Did, *, pickup: str) -> list[Wanted]:
    """Each copy that a kind gives its holder, named by the pick-up, so that it is promised once."""
    return [
        Wanted(
            line=intent.line,
            payload=intent.payload,
            profile=profile,
            origin=intent.n,
            subject=holder if is_bound else None,
            copy=f"{intent.n} {profile} {is_bound} {pickup}".encode(),
        )
        for profile, is_bound in kinds.find(family).holder
    ]


def summary_of(intent: IntentRow, family: str, *, with_claims: bool) -> list[PickupSummary]:
    """What each copy will show, in the words of its type; without claims where somebody picked it up already, since
    who asks then has only the slip."""
    kind, payload = kinds.find(family), orjson.loads(intent.payload)
    shown = kind.type.shown_as
    profiles = dict.fromkeys(profile for profile, _ in kind.holder)
    return [
        PickupSummary(
            type="" if shown is None else shown.type,
            scheme="" if shown is None else shown.scheme,
            profile=kinds.PROFILES[profile],
            title=kind.type.title_es,
            claims=_plain(kind.claims[profile](payload)) if with_claims else {},
        )
        for profile in profiles
    ]


def _plain(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if value is not None}

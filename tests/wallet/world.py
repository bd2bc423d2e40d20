"""A holder's small world: that of `tests/worlds.py` with profiles and labels, and passes made for her key."""

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.bundle.installed import InstalledBundle
from schemas.identifiers import Did
from schemas.json import JsonObject
from tests import makers, worlds
from tests.fakes import SeededRandom
from wallet.holder import OpenWallet, create
from wallet.receiving import Trusted

PHRASE = "canela y panela en la mesa"
PROFILES: dict[str, Any] = json.loads(files("schemas").joinpath("data/disclosure_profiles.json").read_text("utf-8"))
HIRING: JsonObject = {**makers.PERMIT, "idTail": "4821", "country": "VEN", "permitStatus": "vigente"}
LABELS: dict[str, Any] = {
    "types": {
        "CompetencePass/SENA-NSCL": "Certificado de competencia laboral",
        "PermitPass/PPT": "Estado del Permiso por Protección Temporal (PPT)",
    },
    "norms": {"220201501/2": {"title": "Servir alimentos y bebidas a la mesa"}},
    "levels": {"intermedio": "intermedio"},
}


def bundle(**changes: Any) -> InstalledBundle:
    """The bundle of a world by a plan with these changes, with the disclosure profiles and Spanish words."""
    made = worlds.world(**changes).bundle
    return replace(made, policy=replace(made.policy, profiles=PROFILES), labels={"es": LABELS, "en": {}})


def by(now: Any = makers.NOW, **changes: Any) -> Trusted:
    """What the wallet judges by."""
    return Trusted(bundle=bundle(**changes), now=now, floor=None)


def wallet(seed: str = "ana") -> tuple[OpenWallet, SeededRandom]:
    """An empty wallet of hers; another seed is another person."""
    return _made(seed), SeededRandom(f"{seed}, later")


@cache
def _made(seed: str) -> OpenWallet:
    """Stretching a passphrase is slow on purpose; once a person is enough for tests."""
    return create(PHRASE, random=SeededRandom(seed))[0]


def competence(subject: Did | None = None, *, index: int = 11, **changes: Any) -> dict[str, Any]:
    """A competence pass, for a key or for paper, at a place of its own."""
    return makers.competence(status=makers.places(makers.NORMA, index=index), subject=subject, **changes)


def permit(subject: Did | None = None, *, index: int = 21, **changes: Any) -> dict[str, Any]:
    """A permit's pass for the interview, or with other claims."""
    return makers.permit(status=makers.places(makers.PERMISO, index=index), subject=subject, **changes)

"""Compose an unsigned Open Badges 3.0 credential (1EdTech Open Badges 3.0, B.1 AchievementCredential). Pure.

The full form of what a pass says in codes: titles, criteria, alignments, for wallets and verifiers of others. It never
travels in a QR. The person is named by her name and the end of her document's number, and no hash is made of either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kernel.credential import StatusPlace, status_entry, whole_seconds
from schemas.achievements import Achievement, Aligned
from schemas.identifiers import Did
from schemas.terms import BADGE_CONTEXTS, OPEN_BADGE_CREDENTIAL, VERIFIABLE_CREDENTIAL

_LANGUAGE: Final = "es"


@dataclass(frozen=True, kw_only=True, slots=True)
class Award:
    """Who achieved what, when, and how well."""

    achievement: Achievement
    name: str
    id_tail: str
    level: str
    on: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Awarding:
    """The issuer as its profile says it; without a name it is its DID alone."""

    did: Did
    name: str


def compose(
    *,
    id_: str,
    issuer: Awarding,
    award: Award,
    valid_from: datetime,
    valid_until: datetime | None,
    status: Sequence[StatusPlace],
) -> dict[str, Any]:
    """The credential without its proof; `id_` is a URI that says nothing of the person."""
    document: dict[str, Any] = {
        "@context": list(BADGE_CONTEXTS),
        "id": id_,
        "type": [VERIFIABLE_CREDENTIAL, OPEN_BADGE_CREDENTIAL],
        "name": award.achievement.name,
        "issuer": {"id": issuer.did, "type": ["Profile"]} | ({"name": issuer.name} if issuer.name else {}),
        "validFrom": whole_seconds(valid_from),
        "awardedDate": whole_seconds(award.on),
        "credentialSubject": _subject(award),
        "credentialStatus": [status_entry(place) for place in status],
    }
    if valid_until is not None:
        document["validUntil"] = whole_seconds(valid_until)
    return document


def _subject(award: Award) -> dict[str, Any]:
    achieved = award.achievement
    return {
        "type": ["AchievementSubject"],
        "identifier": [_identity("name", award.name), _identity("ext:idTail", award.id_tail)],
        "achievement": _achievement(achieved),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": achieved.level_id("level"),
                "achievedLevel": achieved.level_id(award.level),
            }
        ],
    }


def _identity(kind: str, value: str) -> dict[str, Any]:
    """In clear: a hash of so few digits would hide nothing (DOMAIN S4.10)."""
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _achievement(achieved: Achievement) -> dict[str, Any]:
    return {
        "id": achieved.id,
        "type": ["Achievement"],
        "achievementType": achieved.type,
        "name": achieved.name,
        "description": achieved.description,
        "criteria": {"narrative": achieved.criteria},
        "inLanguage": _LANGUAGE,
        "alignment": [_alignment(each) for each in achieved.aligned],
        "resultDescription": [_scale(achieved)],
    }


def _alignment(aligned: Aligned) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetUrl": aligned.url,
        "targetCode": aligned.code,
        "targetName": aligned.name,
        "targetFramework": aligned.framework,
    }


def _scale(achieved: Achievement) -> dict[str, Any]:
    """The levels in their order: their codes say nothing of it (DOMAIN S2.5)."""
    return {
        "id": achieved.level_id("level"),
        "type": ["ResultDescription"],
        "name": achieved.level_name,
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [
            {
                "id": achieved.level_id(code),
                "type": ["RubricCriterionLevel"],
                "name": name,
                "level": str(place),
            }
            for place, (code, name) in enumerate(achieved.levels, 1)
        ],
    }

"""The shared cases of choosing: what a profile lets through, which passes are offered, what a reader sees of each.

`python -m tests.choosing_cases` writes tests/vectors/wallet/choosing.json, the same in every run. What is right is said
by `wallet/profiles.py`, `wallet/choosing.py` and `wallet/seeing.py`, and their own tests say why.
"""

import itertools
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from kernel.errors import Invalid, NotFound
from tests import makers
from tests.presenting_cases import write
from tests.wallet.world import HIRING, PROFILES, competence, permit, wallet
from wallet.choosing import Choice, chosen
from wallet.profiles import require_within
from wallet.seeing import seen_claims

_VALUES: Final[dict[str, Any]] = {
    "name": "Ana María Pérez Gómez",
    "idType": "PPT",
    "idTail": "4821",
    "scheme": "SENA-NSCL",
    "norm": 220201501,
    "normVersion": 2,
    "level": "intermedio",
    "certificate": "000-1",
    "workAllowed": True,
    "country": "VEN",
    "permitStatus": "vigente",
    "birthYear": 1994,
    "skills": [7, 12],
    "hours": 40,
    "occupation": 51201,
    "municipality": 5001,
}
_PAIRS: Final = (
    *(("CompetencePass", "SENA-NSCL"), ("CompetencePass", "OTHER"), ("PermitPass", "PPT"), ("PermitPass", "PEP")),
    *(("PermitPass", "CTPPT"), ("SkillPass", "CURSO"), ("SkillPass", "LICENCIA"), ("SkillPass", "MCER")),
    *(("HealthPass", "VACUNA"), ("SkillPass", None)),
)
_STRANGE: Final[dict[str, Any]] = {
    "none": {},
    "no-list": {"interview": {"shows": "all"}, "hiring": {"shows": [1, {"type": "PermitPass", "scheme": "PPT"}]}},
    "any-type": {"interview": {"shows": [{"scheme": "*", "claims": ["name"]}]}},
    "no-array": {"interview": {"shows": [{"type": "PermitPass", "scheme": "PPT", "claims": "name"}]}},
}


def _document(pass_type: str, scheme: str | None, claims: dict[str, Any]) -> dict[str, Any]:
    subject = claims if scheme is None else {**claims, "scheme": scheme}
    return {
        "type": ["VerifiableCredential", pass_type],
        "issuer": "did:web:norma.example",
        "credentialSubject": subject,
    }


def _documents() -> Iterator[dict[str, Any]]:
    """Each pair with each claim alone; some whole ones; some that are hardly passes."""
    for (pass_type, scheme), claim in itertools.product(_PAIRS, (*_VALUES, "health", "address", "sex", "photo")):
        yield _document(pass_type, scheme, {"name": "Ana", claim: _VALUES.get(claim, "x")})
    yield from (competence("did:key:z6Mk"), permit(), permit(claims=HIRING), makers.skill())  # type: ignore[arg-type]  # any DID
    yield _document("PermitPass", "PPT", {"id": "did:key:z6Mk"})
    yield _document("HealthPass", None, {"id": "did:key:z6Mk"})
    yield {**_document("PermitPass", "PPT", {"name": "Ana"}), "type": "PermitPass"}
    yield {**_document("PermitPass", "PPT", {"name": "Ana"}), "type": []}
    yield {"type": ["VerifiableCredential", "PermitPass"], "credentialSubject": "Ana"}
    yield {}


def _within() -> Iterator[dict[str, Any]]:
    """A document, the profiles it is held to, and the outcome by profile: "" or the code and where."""
    for document in _documents():
        outcomes = {profile: _judged(document, profile, PROFILES) for profile in ("interview", "hiring", "health")}
        yield {"document": document, "profiles": "policy", "outcomes": outcomes}
    for (name, profiles), document in itertools.product(_STRANGE.items(), (permit(), competence())):
        outcomes = {profile: _judged(document, profile, profiles) for profile in ("interview", "hiring")}
        yield {"document": document, "profiles": name, "outcomes": outcomes}


def _judged(document: dict[str, Any], profile: str, profiles: Any) -> str:
    try:
        require_within([document], profile=profile, profiles=profiles)
    except Invalid as refused:
        return f"{refused.code} {refused.pointer}"
    return ""


def _held() -> dict[str, dict[str, Any]]:
    mine = wallet()[0].did
    return {
        "competence bound": competence(mine, index=11),
        "competence": competence(index=13),
        "permit bound": permit(mine, index=21),
        "permit": permit(index=23),
        "permit for hiring, bound": permit(mine, index=25, claims=HIRING),
        "permit for hiring": permit(index=27, claims=HIRING),
        "skill": makers.skill(),
        "permit of a former kind": makers.spoiled(permit(index=29), "/credentialSubject/scheme", "PEP"),
    }


def _chosen() -> Iterator[dict[str, Any]]:
    documents = _held()
    names = list(documents)
    orders = [names, names[::-1], names[1:] + names[:1], names[:1], names[6:], names[1:2] * 2, []]
    for order, manner, profile in itertools.product(
        orders, ("static", "live", "answer"), ("interview", "hiring", "health")
    ):
        opened, _random = wallet()
        for place, name in enumerate(order):
            opened = opened.keep(documents[name], now=makers.later(place))
        choice = Choice(manner=manner, profile=profile, names=None, request=None)  # type: ignore[arg-type]  # one of three
        try:
            passes = chosen(opened, choice, profiles=PROFILES)
        except NotFound:
            passes = ()
        found = [next(name for name in names if documents[name] == kept.document) for kept in passes]
        yield {"held": list(dict.fromkeys(order)), "manner": manner, "profile": profile, "passes": found}


def _seen() -> Iterator[dict[str, Any]]:
    mine = wallet()[0].did
    yield from _documents_to_see(competence(mine), permit(claims=HIRING), makers.skill())
    yield from _documents_to_see(
        _document("SkillPass", "RAP", dict(_VALUES)),
        _document("SkillPass", "RAP", {"norm": 220201501, "health": ["x"], "municipality": True, "level": None}),
        _document("SkillPass", None, {"skills": [], "country": "XXX"}),
        {"type": "PermitPass", "credentialSubject": None},
        {},
    )


def _documents_to_see(*documents: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for document in documents:
        yield {"document": document, "rows": [asdict(row) for row in seen_claims(document)]}


def choosing() -> dict[str, Any]:
    """All cases, as they stand in the file."""
    return {
        "profiles": {"policy": PROFILES, **_STRANGE},
        "within": list(_within()),
        "did": wallet()[0].did,
        "held": _held(),
        "chosen": list(_chosen()),
        "seen": list(_seen()),
    }


if __name__ == "__main__":
    write("choosing", choosing())

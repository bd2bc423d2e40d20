"""The shared cases of what takes a pass's place, as the answer to a correction or fetched by a new code, and what none.

`python -m tests.succeeding_cases` writes tests/vectors/wallet/succeeding.json, the same in every run. What is right is
said by `wallet/succeeding.py`, and of what a code brings by hand here; that the passes hold is judged elsewhere, so
some are of nobody's hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from schemas.json import JsonObject
from tests import makers
from tests.ending_cases import endings
from tests.makers import spoiled
from tests.presenting_cases import write
from tests.wallet.world import competence, permit, wallet
from wallet.succeeding import settle

HER: Final = wallet()[0].did
_NAME: Final = str(makers.COMPETENCE["name"])
_WANTED: Final = "Ana María Pérez Gomes"
_HELD: Final[dict[str, Any]] = {
    "bound": competence(HER, index=11),
    "paper": competence(index=13),
    "other norm": competence(HER, index=15, claims={**makers.COMPETENCE, "norm": 220201502}),
    "later end": competence(HER, index=17, valid_until=makers.later(900_000)),
    "permit": permit(HER, index=21),
}
_UNSEEN: Final = "\u202eOLLAF  <b>x</b>\n" + "A" * 5000


def _right(subject: Any = HER, *, index: int = 31, name: str = _WANTED, **claims: Any) -> dict[str, Any]:
    return competence(subject, index=index, claims={**makers.COMPETENCE, "name": name, **claims})


def _place(name: str) -> dict[str, Any]:
    first = _HELD[name]["credentialStatus"][0]
    return {member: first[member] for member in ("statusListCredential", "statusListIndex")}


def _row(document: dict[str, Any], supersedes: Any) -> dict[str, Any]:
    return {"credential": document, "supersedes": _place(supersedes) if isinstance(supersedes, str) else supersedes}


def _rows() -> Iterator[list[dict[str, Any]]]:
    """What a desk may send as corrected: first what is right, then names, then what is of another."""
    yield [_row(_right(), "bound")]
    yield [_row(_right(), "bound"), _row(_right(None, index=33), "paper")]
    yield [_row(_right(None, index=33), "paper")]
    yield [_row(_right(level="avanzado", norm=220201503), "bound")]
    for name in (
        _NAME,
        "ANA MARIA PEREZ GOMES",
        "Gomes Gómez, Ana",
        "Ana Gomes",
        "Mallory Falsa",
        "Ana Falsa",
        "",
        "\u200b",
    ):
        yield [_row(_right(name=name), "bound")]
    yield [_row(spoiled(_right(), "/credentialSubject/name", ...), "bound")]
    yield from _of_another()


def _of_another() -> Iterator[list[dict[str, Any]]]:
    """Of another key, kind or signer, in another place, or nothing new."""
    yield []
    yield [_row(_right(), "bound"), _row(_right(index=35), "bound")]
    yield [
        _row(_right(None), "bound"),
        _row(_right(), "paper"),
    ]  # neither for the key where hers was, nor the other way
    yield [_row(_right("did:key:z6Mk"), "bound")]
    yield from ([_row(_right(), name)] for name in ("other norm", "later end", "permit"))
    yield [_row(permit(HER, index=37, claims={**makers.PERMIT, "name": _WANTED}), "bound")]
    yield [_row(permit(HER, index=37), "permit")]
    for pointer, value in (
        ("/issuer", "did:web:otra.example"),
        ("/type", ["VerifiableCredential", "SkillPass"]),
        ("/credentialSubject/scheme", "OTHER"),
        ("/credentialSubject/scheme", ...),
        ("/credentialSubject", "Ana"),
    ):
        yield [_row(spoiled(_right(), pointer, value), "bound")]
    yield from ([_row(_HELD[name], "bound")] for name in ("bound", "other norm"))
    whole = _place("bound")
    elsewhere: tuple[Any, ...] = (
        None,
        {},
        [],
        "11",
        {**whole, "statusListIndex": 11},
        {**whole, "statusListIndex": "12"},
    )
    yield from ([{"credential": _right(), "supersedes": place}] for place in elsewhere)
    yield [{"credential": _right()}]


def _answers() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What lies in the note, and what the desk answers."""
    asked = {"pass": "bound", "wanted": _WANTED}
    for rows in _rows():
        yield asked, {"state": "corrected", "text": "Ya.", "credentials": rows}
    good = [_row(_right(), "bound")]
    for note in (
        {"pass": "bound", "wanted": ""},
        {"pass": "bound"},
        {"pass": "gone"},
        {"pass": "paper", "wanted": _WANTED},
    ):
        yield note, {"state": "corrected", "text": "Ya.", "credentials": good}
    for state in ("open", "lifted", "upheld", "rejected", "withdrawn", "later", "", "Corrected", None, ["corrected"]):
        yield asked, {"state": state, "text": "No.", "credentials": good}
    for text in ("", _UNSEEN, "Zoe\u0308" + "\u0301" * 90, "\U0001f99c" * 201, None):
        yield asked, {"state": "corrected", "text": text, "credentials": []}


def _renewal(
    came: Sequence[Mapping[str, Any]], cancelled: Mapping[str, Any], places: Sequence[str | None]
) -> dict[str, Any]:
    return {"came": list(came), "cancelled": dict(cancelled), "places": list(places)}


def _by_code() -> Iterator[dict[str, Any]]:
    """What a new code brings, the cancelled passes of hers, and whose place each takes, as decisions 66 and 72 say."""
    old, right, paper = _HELD["bound"], _right(), _HELD["paper"]
    yield _renewal([right], {"old": old}, ["old"])
    yield _renewal([right, _right(index=35, name=_NAME)], {"old": old}, ["old", None])
    short = _without(old, "idTail")
    yield _renewal([right, _without(right, "idTail")], {"short": short, "old": old}, ["old", "short"])
    yield _renewal([old], {"old": old}, [None])  # the very same one
    yield _renewal([_right(None, index=33)], {"paper": paper, "old": old}, [None])  # paper alone may be anybody's
    yield _renewal([_right(None, index=33), right], {"paper": paper, "old": old}, ["paper", "old"])
    yield _renewal([_right(None, index=33, name="Otra"), right], {"paper": paper, "old": old}, [None, "old"])
    two = {"first": old, "second": _right(index=41)}
    yield _renewal([_right(index=43), _right(index=45)], two, ["second", "first"])  # the latest first
    others = (
        _right("did:key:z6Mk"),
        _right(norm=220201502),
        _right(level="avanzado", idType="PPT"),
        spoiled(right, "/issuer", "did:web:otra.example"),
        spoiled(right, "/type", ["VerifiableCredential", "SkillPass"]),
        spoiled(right, "/credentialSubject/scheme", "OTHER"),
        spoiled(right, "/credentialSubject", "Ana"),
        spoiled(right, "/validFrom", "2026-03-09T23:59:59Z"),
        spoiled(right, "/validFrom", "2026-03-10"),
        spoiled(right, "/validFrom", ...),
    )
    yield from (_renewal([other], {"old": old}, [None]) for other in others)
    yield from _of_courses()
    yield from _of_levels()


def _without(document: JsonObject, claim: str) -> dict[str, Any]:
    return spoiled(document, f"/credentialSubject/{claim}", ...)


def _course(index: int, **claims: Any) -> dict[str, Any]:
    told = {**makers.SKILL, "skills": [1], "certificate": "DEMO-1", "level": "basico", **claims}
    return makers.skill(subject=HER, claims=told, status=makers.places(makers.TALLER, index=index))


def _of_courses() -> Iterator[dict[str, Any]]:
    """Of another occupation, skill, length or certificate it is another certificate."""
    old = _course(51)
    yield _renewal([_course(53, name=_WANTED)], {"old": old}, ["old"])
    for change in ({"occupation": 94121}, {"skills": [2]}, {"hours": 880}, {"certificate": "DEMO-2"}):
        yield _renewal([_course(53, **change)], {"old": old}, [None])


def _of_levels() -> Iterator[dict[str, Any]]:
    """A lower level, or one of a scale that nobody orders, is another judgement; unless of the same certificate."""
    for new, former, takes in (
        ("avanzado", "basico", True),
        ("avanzado", "intermedio", True),
        ("intermedio", "basico", True),
        ("basico", "basico", True),
        ("basico", "intermedio", False),
        ("intermedio", "avanzado", False),
        ("basico", "avanzado", False),
        ("B2", "A1", False),
        ("A1", "B2", False),
        ("B2", "B2", True),
        ("avanzado", "B2", False),
        ("B2", "basico", False),
    ):
        place = "old" if takes else None
        yield _renewal([_right(level=new)], {"old": _held_at(former)}, [place])
        bare = _without(_course(57, level=former), "certificate")
        yield _renewal([_without(_course(59, level=new), "certificate")], {"old": bare}, [place])
        yield _renewal([_course(59, level=new)], {"old": _course(57, level=former)}, ["old"])
    yield _renewal([_without(_right(), "level")], {"old": _held_at("basico")}, [None])


def _held_at(level: str) -> dict[str, Any]:
    return spoiled(_HELD["bound"], "/credentialSubject/level", level)


def renewals() -> list[dict[str, Any]]:
    """What new codes bring, with the places as they should be."""
    return list(_by_code())


def succeeding() -> dict[str, Any]:
    """All cases, as they stand in the file; a pass of hers is named by the row of `held`."""
    opened = wallet()[0]
    for place, document in enumerate(_HELD.values()):
        opened = opened.keep(document, now=makers.later(place))
    names = {opened.name_of(document): name for name, document in _HELD.items()}
    own = {name: item for item, name in names.items()}
    cases = []
    for note, answer in _answers():
        settled = settle(opened, {**note, "pass": own.get(note["pass"], "gone")}, answer, answer["credentials"])
        places = [None if place is None else names[place] for place in settled.places]
        told = {"state": settled.state, "text": settled.text, "places": places, "taken": settled.taken}
        cases.append({"note": note, "answer": answer, "settled": told})
    return {"held": _HELD, "cases": cases, "renewals": renewals(), "endings": endings()}


if __name__ == "__main__":
    write("succeeding", succeeding())

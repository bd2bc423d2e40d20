"""The shared cases of showing and asking: the very texts that both languages make and read.

`python -m tests.presenting_cases` writes tests/vectors/wallet/{presenting,questions}.json, the same in every run:
Ed25519 and JCS are deterministic, so one wallet's code is the other's, byte for byte. `wallet/showing.py` and
`wallet/profiles.py` say what is right, and their own tests say why.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from kernel.errors import Invalid
from schemas.question import PROFILES, REQUEST
from schemas.verification import moment
from tests import makers, worlds
from verifier.service import letters_of
from wallet import showing
from wallet.letters import read_claim, read_pin
from wallet.profiles import read_request

FOLDER: Final = Path(__file__).parent / "vectors" / "wallet"
MINE: Final = makers.holder("holder1")
OTHER: Final = makers.holder("holder2")
_NOW: Final = makers.NOW
_LONG: Final = "María de los Ángeles Íñiguez-Peñaranda Nuñez D'Alessandro y"  # 64 bytes
_LONGEST: Final = "Ñandú" * 13 + "ab"  # 80 bytes

DOCUMENTS: Final[dict[str, Any]] = {
    "competence": makers.competence(subject=MINE.did),
    "competence-paper": makers.competence(),
    "competence-other": makers.competence(subject=OTHER.did),
    "competence-long": makers.competence(claims={**makers.COMPETENCE, "name": _LONG}),
    "permit-long": makers.permit(claims={**makers.PERMIT, "name": _LONG}),
    "competence-longest": makers.competence(claims={**makers.COMPETENCE, "name": _LONGEST}, subject=MINE.did),
    "permit": makers.permit(subject=MINE.did),
    "permit-paper": makers.permit(),
    "skill": makers.skill(subject=MINE.did),
    "unheard-of": makers.spoiled(makers.competence(subject=MINE.did), "/unheardOf", 1),
    "inexact": makers.spoiled(makers.competence(), "/credentialSubject/norm", 1.5),
}

_STILL: Final = (
    ("competence-paper",),
    ("competence",),
    ("competence-longest",),
    ("competence-paper", "permit-paper"),
    ("competence-long", "permit-long"),
    ("competence", "permit", "skill", "competence-longest"),
    (),
    ("competence",) * 5,
    ("unheard-of",),
    ("inexact",),
)
_LIVE: Final = (
    ("competence",),
    ("competence-longest",),
    ("competence", "permit"),
    ("competence", "permit", "skill", "competence-longest"),
    (),
    ("competence",) * 5,
    ("competence-paper",),
    ("competence", "competence-other"),
    ("unheard-of",),
)
_MOMENTS: Final = (_NOW.replace(second=0), _NOW.replace(second=29), _NOW.replace(second=59), _NOW + timedelta(days=700))
_DRAWN_AT_DESK: Final = "AGkgB0hX0m1sN3dY0c8JqVYz7kq6mJY2yq0w3d4m5Z_"
_DESK: Final = (
    *(("competence", _DRAWN_AT_DESK), ("permit", _DRAWN_AT_DESK), ("competence", "-" * 43), ("competence", "7" * 43)),
    *(("competence-paper", _DRAWN_AT_DESK), ("competence-other", _DRAWN_AT_DESK), ("competence-paper", "0")),
    *(("competence", challenge) for challenge in ("", "0", "7K3M9QWX", "7" * 42, "7" * 44, "7" * 42 + "+")),
    *(("competence", challenge) for challenge in ("7" * 43 + "\n", "\u0667" * 43, "VQ1-I7K3M9QWX." + "A" * 29)),
)
_ASKED: Final = (("7K3M9QWX", None), ("7K3M9QWX", "CAFE LA PALMA"), ("00000000", "A"))


def presenting() -> dict[str, Any]:
    """What is drawn of which passes, at what time, for whom."""
    rows = [_shown("static", names, _NOW) for names in _STILL]
    rows += [_shown("live", names, _NOW) for names in _LIVE]
    rows += [_shown("live", ("permit",), now) for now in _MOMENTS]
    rows += [_shown("answer", ("permit",), _NOW, challenge, domain) for challenge, domain in _ASKED]
    rows += [_shown("answer", ("competence-paper",), _NOW, *_ASKED[0])]
    return {"holder": "holder1", "documents": DOCUMENTS, "cases": rows, "desk": [_at_desk(*row) for row in _DESK]}


def _at_desk(name: str, challenge: str) -> dict[str, Any]:
    row = {"pass": name, "challenge": challenge, "now": moment(_NOW)}
    signing: dict[str, Any] = {"signer": MINE.signer, "holder": MINE.did, "now": _NOW}
    try:
        return {**row, "presentation": showing.at_desk(DOCUMENTS[name], challenge=challenge, **signing)}
    except Invalid as refused:
        return {**row, "refused": refused.code}


def _shown(
    manner: str, names: tuple[str, ...], now: datetime, challenge: str = "", domain: str | None = None
) -> dict[str, Any]:
    passes, dictionary = [DOCUMENTS[name] for name in names], worlds.dictionary()
    row: dict[str, Any] = {"manner": manner, "passes": list(names), "now": moment(now)}
    signing: dict[str, Any] = {"signer": MINE.signer, "holder": MINE.did, "dictionary": dictionary, "now": now}
    if manner == "answer":
        row |= {"challenge": challenge, "domain": domain}
    try:
        match manner:
            case "static":
                shown = showing.static(passes, dictionary=dictionary)
            case "live":
                shown = showing.live(passes, **signing)
            case _:
                shown = showing.answer(passes, challenge=challenge, domain=domain, **signing)
    except Invalid as refused:
        return {**row, "refused": refused.code}
    until = None if shown.until is None else moment(shown.until)
    return {**row, "texts": list(shown.texts), "level": shown.level, "until": until}


_REQUESTS: Final = (
    "VQ1-I7K3M9QWX.CAFE LA PALMA",
    "VQ1-H7K3M9QWX.A",
    "VQ1-I00000000.A-1 " + "Z" * 20,
    "VQ1-S7K3M9QWX.CAFE",
    "VQ1-I7K3M9QWX." + "A" * 25,
    "VQ1-I7K3M9QWX.",
    "VQ1-I7K3M9QWX.  ",
    "VQ1-I7K3M9QWX.- -",
    "VQ1-I7K3M9QWX",
    "VQ1-I7K3M9QWU.CAFE",
    "VQ1-I7K3M9QW.CAFE",
    "VQ1-i7K3M9QWX.CAFE",
    "VQ1-I7K3M9QWX.café",
    "VQ1-I7K3M9QWX.CAFE\n",
    "VQ1-",
    "vq1-I7K3M9QWX.CAFE",
    "7K3M9QWX",
    "7k3m-9qwx",
    " 7K3M 9QWX\r\n",
    "oil1LI00",
    "7K3M9QW",
    "7K3M9QWXX",
    "7K3M9QWU",
    "7K3M9QW\u00d1",
    "",
    "7K3M9QWX" + " " * 57,
    "https://evil.example/VQ1-I7K3M9QWX.CAFE",
    "VO1-7KQ4M2XW9T",
)
_CLAIMS: Final = (
    *("VO1-7KQ4M2XW9T", "7KQ4M2XW9T", "7kq4m-2xw9t", "VO1-7kq4m2xw9t", "OILoil0123", " 7KQ4M 2XW9T\n", "7KQ4M-2XW9"),
    *("VO1-7KQ4M2XW9TT", "VO1-", "", "7KQ4M2XW9U", "VQ1-7KQ4M2XW9T", "VO1-VO1-7KQ4M2XW9T", "7KQ4M2XW9T" + "-" * 55),
)
_PINS: Final = (
    "402917",
    "402 917",
    "402-917\n",
    "40291",
    "4029177",
    "4O2917",
    "\u0664\u0660\u0662\u0669\u0661\u0667",
    "",
)
_DRAWN: Final = ("0000000000", "ffffffffff", "0123456789", "8000000001", "fedcba9876", "07c21f0083")


def questions() -> dict[str, Any]:
    """What is read of requests, claim codes and PINs, and the letters that chance makes."""
    return {
        "requests": [_request(text, profile) for text in _REQUESTS for profile in PROFILES],
        "claims": [_read(read_claim, text) for text in _CLAIMS],
        "pins": [_read(read_pin, text) for text in _PINS],
        "made": [
            {"drawn": drawn, "profile": profile, "text": f"{REQUEST}{letter}{letters_of(bytes.fromhex(drawn))}.CAFE 1"}
            for drawn in _DRAWN
            for profile, letter in PROFILES.items()
        ],
    }


def _request(text: str, profile: str) -> dict[str, Any]:
    row: dict[str, Any] = {"text": text, "profile": profile}
    try:
        asked = read_request(text, profile=profile)
    except Invalid as refused:
        return {**row, "refused": refused.code}
    return {**row, "challenge": asked.challenge, "domain": asked.domain}


def _read(reader: Callable[[str], str], text: str) -> dict[str, str]:
    try:
        return {"text": text, "read": reader(text)}
    except Invalid as refused:
        return {"text": text, "refused": refused.code}


def write(name: str, made: dict[str, Any]) -> None:
    """One file of cases."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(written(made), "utf-8")


def written(made: dict[str, Any]) -> str:
    """A line a case, so that a difference can be read."""
    members = [f"{json.dumps(key)}: {_lines(value)}" for key, value in made.items()]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _lines(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    write("presenting", presenting())
    write("questions", questions())

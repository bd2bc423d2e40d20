"""What a full credential says of a norm beside the pass: its title, what was judged, what it is aligned to. Data.

The addresses below `https://w3id.org/puente/` name things and are never fetched; like the context's they are to be
registered. A norm that no table knows is named by its code, and a norm that is joined to no occupation says none.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from schemas.tables import data

_ROOT: Final = "https://w3id.org/puente"
_PACKING_WORDS: Final = "65c470606478e3e9ea5cbea545ce7624d26e1432c4d3cd4d8ba1b5fe6aaf3288"


@dataclass(frozen=True, kw_only=True, slots=True)
class Aligned:
    """One code of one framework that an achievement stands for."""

    url: str
    code: str
    name: str
    framework: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Achievement:
    """One thing that people achieve, the same for all of them; `levels` in their order, lowest first."""

    id: str
    type: str
    name: str
    description: str
    criteria: str
    level_name: str
    levels: tuple[tuple[str, str], ...]
    aligned: tuple[Aligned, ...]

    def level_id(self, level: str) -> str:
        """The name of a level of this achievement."""
        return f"{self.id}#{level}"


@cache
def packing_words() -> bytes:
    """What full credentials have in common, for zlib to count on (RFC 1950, FDICT). The file never changes: what was
    kept could not be read again. A plain error where it was: the installation is damaged."""
    raw = files("schemas").joinpath("data/badge_dictionary.json").read_bytes()
    if hashlib.sha256(raw).hexdigest() != _PACKING_WORDS:
        raise RuntimeError("not the pinned words to pack full credentials with")
    return raw


@cache
def _titles(table: str, language: str = "es") -> Mapping[str, str]:
    """Code, of a norm with its version -> title, in Spanish unless another language is asked for."""
    rows = data("codes")[table]
    return {f"{row['code']}/{row['version']}" if "version" in row else row["code"]: row[language] for row in rows}


def norm_title(norm: str, version: int, language: str = "es") -> str | None:
    """What a norm is called; None for one that no table knows."""
    return _titles("nscl", language).get(f"{norm}/{version}")


@lru_cache(maxsize=1024)
def of_norm(norm: str, version: int) -> Achievement:
    """The achievement of a certified norm (C06)."""
    said = data("achievements")["C06"]
    title = norm_title(norm, version) or f"Norma {norm}, versión {version}"
    told = {"norm": norm, "version": version, "title": title}
    own = Aligned(
        url=f"{_ROOT}/nscl/{norm}/{version}",
        code=f"{norm} v{version}",
        name=title,
        framework=said["frameworks"]["norm"],
    )
    return Achievement(
        id=own.url,
        type=said["achievementType"],
        name=title,
        description=said["description"].format_map(told),
        criteria=said["criteria"].format_map(told),
        level_name=said["level"],
        levels=tuple((code, word["es"]) for code, word in data("words")["levels"].items()),
        aligned=(own, *(_occupation(code, said) for code in said["occupations"].get(norm, ()))),
    )


def _occupation(code: str, said: Mapping[str, Any]) -> Aligned:
    return Aligned(
        url=f"{_ROOT}/cuoc/{code}",
        code=code,
        name=_titles("occupations").get(code, code),
        framework=said["frameworks"]["occupation"],
    )

"""What a verifier asks of each pass type's JSON (V10): one file a type, by the name of the type. Rules, no code.

They are the reader's: the types of FORMAT section 4 and the bounds of section 7, no pattern, nothing required that a
step does not need, so that an older verifier still reads a newer code. What an issuer may write is narrower, and is
the issuer's to check.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from schemas.json import JsonObject

PASS_TYPES: Final = ("CompetencePass", "PermitPass", "SkillPass")


def _read(name: str) -> JsonObject:
    schema: JsonObject = json.loads(files("schemas.claims").joinpath(f"{name}.json").read_text("utf-8"))
    return schema


READER: Final[Mapping[str, JsonObject]] = {name: _read(name) for name in PASS_TYPES}
"""Pass type -> schema of the whole credential: what a bundle carries as `schemas.json`."""

"""What every bundle says besides its issuers: words per language, law, policy, schemas, CBOR-LD tables. Data -> data.

Built from `schemas/data`; nothing of it is decided in code but the order of code tables, which FORMAT section 4 fixes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from schemas.claims import READER
from schemas.identifiers import Did, Url
from schemas.json import JsonObject, JsonValue
from schemas.row_types import level_words, skill_words
from schemas.tables import data
from schemas.terms import EDDSA_JCS_2022, PUENTE_CONTEXT, VC_CONTEXT

LANGUAGES: Final = ("es", "en")
DOC_TYPES: Final = "urn:puente:cs:doc-type"
KEYS_A_BLOCK: Final = 3
LISTS_A_BLOCK: Final = 12
_VOCABULARY: Final = "https://w3id.org/puente/vocab#"
_SUITE_TYPE: Final = "https://w3id.org/security#cryptosuiteString"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """An issuer's place in the `url` table: 16 ids from 1 + 16 x number. A number is given once and for ever."""

    number: int
    did: Did
    host: str

    def urls(self) -> tuple[str, ...]:
        """The DID, three key ids, twelve status lists (FORMAT section 4)."""
        keys = [f"{self.did}#k{n}" for n in range(1, KEYS_A_BLOCK + 1)]
        return (self.did, *keys, *(list_url(self.host, n) for n in range(1, LISTS_A_BLOCK + 1)))


def list_url(host: str, number: int) -> Url:
    """Where an issuer's list `number` stands; odd numbers revoke, even ones suspend."""
    return Url(f"https://{host}/s/{number}")


def policy() -> JsonObject:
    """`policy.json`: rules by pair, and the disclosure profiles."""
    return {**data("policy"), "profiles": data("disclosure_profiles")}


def schemas() -> JsonObject:
    """`schemas.json`: pass type -> schema of the whole credential."""
    return READER


def law() -> JsonObject:
    """`law.json`: the employer's calendar by country (DOMAIN section 10). `from`: the earliest of these that is known.

    `days` null: how many is not known, so no date is told.
    """
    return cast(JsonObject, data("law"))


def labels(language: str) -> JsonObject:
    """`labels.<language>.json`: a word for every code that a page may show."""
    codes, words = data("codes"), data("words")

    def table(rows: Sequence[Mapping[str, Any]], key: str = "code") -> dict[str, JsonValue]:
        return {row[key]: _word(row, language) for row in rows}

    types = {f"{row['pass']['type']}/{row['pass']['scheme']}": row for row in codes["credentialTypes"] if row["pass"]}
    doc_types = [row for row in codes["documentTypes"] if row["system"] == DOC_TYPES]
    return {
        "types": {pair: _word(row, language) for pair, row in types.items()},
        "norms": {f"{row['code']}/{row['version']}": _norm(row, language) for row in codes["nscl"]},
        "levels": {code: _word(row, language) for code, row in level_words().items()},
        "idTypes": table(doc_types),
        "permitStatus": {code: _word(row, language) for code, row in words["permitStatus"].items()},
        "countries": table(codes["nationalities"], "alpha3"),
        "occupations": table(codes["occupations"]),
        "municipalities": table(codes["municipalities"]),
        "departments": table(codes["departments"]),
        "skills": {code: _word(row, language) for code, row in skill_words().items()},
        "tiers": table(codes["trustTiers"], "id"),
    }


def _word(row: Mapping[str, Any], language: str) -> str:
    """The row's word; a place's name has one form for all languages."""
    word: str = row.get(language, row["es"])
    return word


def _norm(row: Mapping[str, Any], language: str) -> JsonObject:
    said: dict[str, JsonValue] = {"title": _word(row, language)}
    if row.get("replacedBy"):
        newer = row["replacedBy"][0]
        said["replacedBy"] = f"{newer['code']} v{newer['version']}"
    return said


def tables(entry: int, blocks: Sequence[Block]) -> JsonObject:
    """`tables.json` for one CBOR-LD registry entry. A released id never changes: blocks keep their numbers."""
    codes, words = data("codes"), data("words")
    schemes = [row["pass"]["scheme"] for row in codes["credentialTypes"] if row["pass"]]
    doc_types = [row["code"] for row in codes["documentTypes"] if row["system"] == DOC_TYPES]
    urls = {url: 1 + 16 * block.number + place for block in blocks for place, url in enumerate(block.urls())}
    rows: list[JsonValue] = [
        {"type": "context", "table": {VC_CONTEXT: 1, PUENTE_CONTEXT: 2}},
        {"type": _SUITE_TYPE, "table": {EDDSA_JCS_2022: 1}},
        {"type": "url", "table": urls},
        {"type": "none", "table": {"revocation": 1, "suspension": 2, "0": 3}},
        _code_table("scheme", schemes),
        _code_table("level", list(words["levels"])),
        _code_table("idType", doc_types),
        _code_table("permitStatus", list(words["permitStatus"])),
        _code_table("country", [row["alpha3"] for row in codes["nationalities"]]),
    ]
    return {"entries": {str(entry): rows}}


def _code_table(term: str, values: Sequence[str]) -> JsonObject:
    return {"type": f"{_VOCABULARY}{term}Code", "table": {value: n for n, value in enumerate(values, 1)}}

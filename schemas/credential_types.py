"""The table of credential types: name, pass type and scheme, validity rule, who may ask. Rows are data, not code.

A pass is one of the 22 types by the pair (pass type, scheme); scope, policy and words go by that pair (FORMAT 4.1).
A type without a pass never travels in a QR. Adding a type is a row of `data/credential_types.json`.
"""

from dataclasses import dataclass
from typing import Final, Literal

from schemas.json import JsonObject
from schemas.tables import data

Disclosure = Literal[
    "no",
    "optional",
    "predicate",
    "summary",
    "categories",
    "full",
    "full-no-id",
    "shown-apart",
    "holder-choice",
    "not-used",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """What stands in a QR for a type: `type` beside VerifiableCredential, and the subject's `scheme`."""

    type: str
    scheme: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CredentialType:
    """One row. `interview` and `hiring` say what those profiles may show (DOMAIN section 7); `issued_here`: by us."""

    id: str
    name: str
    tier: Literal["T1", "T2", "T3"]
    title_es: str
    title_en: str
    shown_as: Pass | None
    validity: JsonObject
    issuer_kind: str
    status_required: bool
    health: bool
    interview: Disclosure
    hiring: Disclosure
    issued_here: bool


def _read() -> tuple[CredentialType, ...]:
    rows = data("credential_types")
    return tuple(
        CredentialType(
            id=row["id"],
            name=row["name"],
            tier=row["tier"],
            title_es=row["es"],
            title_en=row["en"],
            shown_as=None if row["pass"] is None else Pass(**row["pass"]),
            validity=row["validity"],
            issuer_kind=row["issuerKind"],
            status_required=row["statusRequired"],
            health=row["health"],
            interview=row["disclosure"]["interview"],
            hiring=row["disclosure"]["hiring"],
            issued_here=row["issuedHere"],
        )
        for row in rows
    )


ROWS: Final = _read()
_BY_ID: Final = {row.id: row for row in ROWS}
_BY_PASS: Final = {row.shown_as: row for row in ROWS if row.shown_as is not None}


def find(id_: str) -> CredentialType | None:
    """The row of DOMAIN's number (`C06`), or None."""
    return _BY_ID.get(id_)


def find_pass(pass_type: str, scheme: str) -> CredentialType | None:
    """The row that a pass of this pair stands for, or None."""
    return _BY_PASS.get(Pass(type=pass_type, scheme=scheme))


def issued_here() -> tuple[CredentialType, ...]:
    """The types that Puente's issuer makes."""
    return tuple(row for row in ROWS if row.issued_here)

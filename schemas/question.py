"""What a holder is asked or given as letters: a verifier's question `VQ1-`, a claim slip's code `VO1-`.

TRUST sections 9 and 10, FORMAT section 9. Making and answering them is the stories'.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

CHALLENGE_LENGTH: Final = 8
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that letters can be read aloud."""
MISREAD: Final = str.maketrans("OIL", "011")
"""What people type for a figure that looks like it, and the figure that is meant."""
DEFAULT_NAME: Final = "VERIFICADOR"
Profile = Literal["interview", "hiring", "enterprise"]
"""The disclosure profiles that a request can name (DOMAIN section 7); what each may show is the bundle's policy."""
PROFILES: Final[Mapping[str, str]] = {"interview": "I", "hiring": "H", "enterprise": "E"}
REQUEST: Final = "VQ1-"
CLAIM: Final = "VO1-"
"""Before the ten letters in a claim slip's QR, so that a scanner knows what it read."""
CLAIM_LENGTH: Final = 10
PIN_LENGTH: Final = 6


class Ask(BaseModel):
    """What a verifier wants to ask: by which disclosure profile (DOMAIN section 7), under which short name."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"example": {"name": "CAFE LA PALMA"}})

    profile: Profile = Field(default="interview", description="what may be asked")
    name: str = Field(
        default=DEFAULT_NAME,
        min_length=1,
        max_length=24,
        pattern="^[A-Z0-9 -]+$",
        description="the verifier's short name: the holder sees it, and answers it as domain after a scan",
    )


class Question(BaseModel):
    """An open question: the letters are good for one answer within two minutes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        json_schema_extra={
            "example": {
                "challenge": "7K3M9QWX",
                "domain": "CAFE LA PALMA",
                "expiresAt": "2026-11-22T12:02:00Z",
                "request": "VQ1-I7K3M9QWX.CAFE LA PALMA",
            }
        },
    )

    challenge: str = Field(description="eight Crockford letters, to be typed or scanned")
    domain: str = Field(description="the short name asked under")
    expires_at: datetime = Field(description="an answer after this is stale")
    request: str = Field(description="text of the QR that the holder scans")

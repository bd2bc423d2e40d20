"""What a wallet is asked and answers over HTTP: requests and answers of `/v1/wallet`. Making them is the wallet's.

Secrets (passphrase, PIN, letters) hide themselves in reprs and travel in bodies only, never in a URL.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic.alias_generators import to_camel

from schemas.question import Profile

_STRICT = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)
_PHRASE = "canela y panela en la mesa"
_SHEET = "008J-4CT4-ANK7-F24S-NAXW-SQFE-ZXSH"

Phrase = Annotated[SecretStr, Field(min_length=1, max_length=256, description="12 characters or more")]
ProfileField = Annotated[Profile, Field(description="the disclosure profile to stay within")]


class NewVault(BaseModel):
    """A wallet to make."""

    model_config = _STRICT | {"json_schema_extra": {"example": {"passphrase": _PHRASE}}}

    passphrase: Phrase


class Unlock(BaseModel):
    """A way in: the passphrase, or the letters of the recovery sheet."""

    model_config = _STRICT | {"json_schema_extra": {"examples": [{"passphrase": _PHRASE}, {"sheet": _SHEET}]}}

    passphrase: Phrase | None = None
    sheet: Annotated[SecretStr | None, Field(max_length=64, description="28 letters of the recovery sheet")] = None


class PickUp(BaseModel):
    """A pick-up at an issuer, with what the holder was given on two papers."""

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {"issuer": "https://formacion.example", "code": "7KQ4M-2XW9T", "pin": "402 917"}
        }
    }

    issuer: Annotated[str, Field(max_length=256, pattern="^https?://", description="where the issuer's API stands")]
    code: Annotated[SecretStr, Field(max_length=32, description="the ten letters of the claim slip")]
    pin: Annotated[SecretStr, Field(max_length=16, description="the six figures that came apart")]


class Show(BaseModel):
    """What to show, and how. Without `passes` the wallet takes all that the profile may show, at most four."""

    model_config = _STRICT | {
        "json_schema_extra": {"example": {"manner": "answer", "profile": "interview", "request": "7K3M-9QWX"}}
    }

    manner: Annotated[Literal["static", "live", "answer"], Field(description="still code, live code, answer to a reto")]
    profile: ProfileField
    passes: Annotated[tuple[str, ...] | None, Field(max_length=4, description="names of passes")] = None
    request: Annotated[str | None, Field(max_length=64, description="`VQ1-` text or the eight letters")] = None


class SignedIn(BaseModel):
    """A session. The token opens the wallet; send it as `Puente-Wallet`, and keep it nowhere."""

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {
                "vault": "AAECAwQFBgcICQoLDA0ODw",
                "did": "did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6",
                "token": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k",
                "expiresAt": "2026-11-22T12:15:00Z",
            }
        }
    }

    vault: str
    did: str
    token: str
    expires_at: datetime


class Begun(SignedIn):
    """A new wallet. `sheet` is shown this once: whoever has it opens the wallet."""

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {
                "vault": "AAECAwQFBgcICQoLDA0ODw",
                "did": "did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6",
                "token": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k",
                "expiresAt": "2026-11-22T12:15:00Z",
                "sheet": _SHEET,
            }
        }
    }

    sheet: str


class PassLine(BaseModel):
    """A pass kept, in words, as the verifier sees it now."""

    model_config = _STRICT

    name: str
    kind: str
    holder: str = Field(description="the name that the pass says")
    what: str
    level: str
    starts: str
    ends: str
    issuer: str = Field(description="the signer's name from the registry; empty where its signature does not hold")
    norm: str
    tail: str
    verdict: str
    reasons: list[str]
    tier: str | None
    bound: bool = Field(description="made for this wallet's key, so it can be shown live")
    profiles: list[str] = Field(description="the disclosure profiles that may show it")
    received_at: str
    credential: dict[str, Any] = Field(description="the credential as it came")


class Passes(BaseModel):
    """All passes, oldest first."""

    model_config = _STRICT

    passes: list[PassLine]


class ArrivalLine(BaseModel):
    """One pass that came. `name` is null where it was not kept, and `reasons` say why; `replaces` is the name of the
    cancelled pass whose place it took."""

    model_config = _STRICT

    verdict: str
    reasons: list[str]
    name: str | None
    replaces: str | None


class Arrivals(BaseModel):
    """Everything that came."""

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {
                "arrivals": [
                    {
                        "verdict": "valid",
                        "reasons": [],
                        "name": "AAECAwQFBgcICQoLDA0ODw",
                        "replaces": "EBESExQVFhcYGRobHB0eHw",
                    }
                ]
            }
        }
    }

    arrivals: list[ArrivalLine]


class ShownTexts(BaseModel):
    """Texts to draw as QR, each alone or as frames in turn. `until`: draw anew after it."""

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {"manner": "live", "texts": ["VP1-R…"], "level": "L", "until": "2026-11-22T12:00:30Z",
                        "passes": ["AAECAwQFBgcICQoLDA0ODw"]}
        }
    }  # fmt: skip

    manner: str
    texts: list[str]
    level: str = Field(description="error correction level to draw at")
    until: datetime | None
    passes: list[str] = Field(description="what was shown, by name")


class VaultNames(BaseModel):
    """The caller's wallets."""

    model_config = _STRICT

    vaults: list[str]

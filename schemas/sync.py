"""What a vault's devices ask and are answered over `/v1/wallet/sync`. Opaque ids, sizes and days; nothing of a person.

Ids, keys and hashes are base64url without padding: 16 bytes are 22 characters, 32 are 43, 64 are 86.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic.alias_generators import to_camel

from schemas import bounds

_STRICT = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)
_VAULT = "AAECAwQFBgcICQoLDA0ODw"
_DEVICE = "EBESExQVFhcYGRobHB0eHw"
_32 = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k"
_WRAP_TEXT = -(-bounds.VAULT_WRAP.size * 4 // 3)

ID_PATTERN = "^[A-Za-z0-9_-]{22}$"
HASH_PATTERN = "^[A-Za-z0-9_-]{43}$"
SIGNATURE_PATTERN = "^[A-Za-z0-9_-]{86}$"

VaultId = Annotated[str, Field(pattern=ID_PATTERN, description="the vault's id, 16 bytes")]
DeviceState = Literal["active", "waiting"]


class SyncAsk(BaseModel):
    """For which vault something to sign is wanted; whether it is known here is not said."""

    model_config = _STRICT | {"json_schema_extra": {"example": {"vault": _VAULT}}}

    vault: VaultId


class SyncChallenge(BaseModel):
    """Something to sign once, within two minutes."""

    model_config = _STRICT | {"json_schema_extra": {"example": {"challenge": _32, "expiresAt": "2026-11-22T12:02:00Z"}}}

    challenge: str = Field(pattern=HASH_PATTERN, description="32 bytes")
    expires_at: datetime


class SyncEntry(BaseModel):
    """A device that asks in.

    `signature` is Ed25519 by `key` over 75 bytes: `PuenteSync1` in ASCII, then the 16 bytes of the vault's id, the 32
    of the challenge, the 16 of the device's secret.
    """

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {
                "vault": _VAULT, "key": _32, "challenge": _32, "device": _DEVICE, "signature": f"{_32}{_32}",
            }
        }
    }  # fmt: skip

    vault: VaultId
    key: str = Field(pattern=HASH_PATTERN, description="public key of the vault's subkey 4, 32 bytes")
    challenge: Annotated[SecretStr, Field(description="as it was given, 43 characters", max_length=43)]
    device: Annotated[
        SecretStr, Field(description="16 random bytes that this device alone keeps, 22 characters", max_length=22)
    ]
    signature: str = Field(pattern=SIGNATURE_PATTERN, description="64 bytes")


class SyncSession(BaseModel):
    """A session of a quarter of an hour. Send `token` as `Puente-Sync`, and keep it nowhere.

    A device that waits gets nothing of the vault until `opensAt`, or until an active device approves it.
    """

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {
                "token": _32, "expiresAt": "2026-11-22T12:15:00Z", "device": _DEVICE, "state": "waiting",
                "opensAt": "2026-11-24T12:00:00Z",
            }
        }
    }  # fmt: skip

    token: str = Field(pattern=HASH_PATTERN)
    expires_at: datetime
    device: str = Field(description="this device as the list of devices names it")
    state: DeviceState
    opens_at: datetime | None = Field(description="when it becomes active; null when it is")


class SheetPlace(BaseModel):
    """By what the recovery sheet finds this vault, and the vault's key wrapped by the sheet."""

    model_config = _STRICT | {"json_schema_extra": {"example": {"locator": _32, "wrap": "UFZMMQED"}}}

    locator: Annotated[SecretStr, Field(description="made of the sheet alone, 32 bytes", max_length=43)]
    wrap: Annotated[str, Field(description="a PVL1 blob of kind 3", max_length=_WRAP_TEXT)]


class SheetAsk(BaseModel):
    """What the recovery sheet finds its vault by."""

    model_config = _STRICT | {"json_schema_extra": {"example": {"locator": _32}}}

    locator: Annotated[SecretStr, Field(description="made of the sheet alone, 32 bytes", max_length=43)]


class SheetFound(BaseModel):
    """The vault of a sheet; its wrap opens with the sheet and with nothing else."""

    model_config = _STRICT | {"json_schema_extra": {"example": {"vault": _VAULT, "wrap": "UFZMMQED"}}}

    vault: str
    wrap: str = Field(description="a PVL1 blob of kind 3")


class DeviceLine(BaseModel):
    """One device. Its name is a hash: nobody can sign in as a device by its name."""

    model_config = _STRICT

    device: str
    mine: bool = Field(description="the one that asks")
    since: datetime
    last_seen: date = Field(description="the day of its last session, in Bogotá (UTC-5)")
    state: DeviceState
    opens_at: datetime | None


class Devices(BaseModel):
    """All devices of the vault, oldest first."""

    model_config = _STRICT | {
        "json_schema_extra": {
            "example": {
                "devices": [
                    {"device": _DEVICE, "mine": False, "since": "2026-11-22T12:00:00Z", "lastSeen": "2026-11-22",
                     "state": "waiting", "opensAt": "2026-11-24T12:00:00Z"}
                ]
            }
        }
    }  # fmt: skip

    devices: list[DeviceLine]

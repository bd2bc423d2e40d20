"""Every setting, read once from the environment (`PUENTE_…`), frozen; secrets hide themselves.

The only place that reads the environment.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from issuer import working_days
from issuer.working_days import WorkingDays

_SECRETS: Final = Path("/run/secrets")
"""Where a container finds its secrets, a file each, named like the variable: `puente_key_half_one`."""


class Settings(BaseSettings):
    """How this process is set up. Each field is `PUENTE_` + its name in capitals; an empty one is as if not set."""

    model_config = SettingsConfigDict(
        env_prefix="PUENTE_",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        secrets_dir=_SECRETS if _SECRETS.is_dir() else None,
    )

    env: Literal["development", "demo", "production"] = "development"
    data: Path = Field(default=Path("puente-data"), description="folder of database, keys and bundle")
    database: str | None = Field(default=None, description="SQLAlchemy URL; SQLite in the data folder by default")
    rung: Literal["K0", "K1", "K2"] = Field(default="K0", description="where private keys are; K0 is for development")
    signer: Path | None = Field(
        default=None, description="socket of the signing process; in the data folder by default"
    )
    key_half_one: SecretStr | None = Field(default=None, description="the first operator's half of the key store (K1)")
    key_half_two: SecretStr | None = Field(default=None, description="the second operator's half (K1)")
    token_library: Path = Field(default=Path("/usr/lib/softhsm/libsofthsm2.so"), description="PKCS#11 module (K2)")
    token_label: str = Field(default="puente", description="label of the token (K2)")
    token_pin: SecretStr | None = Field(default=None, description="the token's PIN (K2)")
    key_passphrase: SecretStr | None = Field(default=None, description="unlocks the key store (K0)")
    wallet_passphrase: SecretStr | None = Field(default=None, description="opens the wallet file where nobody can type")
    key: SecretStr | None = Field(default=None, description="API key of who works at the command line")
    second_key: SecretStr | None = Field(default=None, description="API key of the second person, where two must agree")
    entry: int = Field(default=5700, description="CBOR-LD registry entry that new passes are written with")
    root_threshold: int = Field(default=3, ge=1, description="how many root keepers must sign (of five)")
    targets_threshold: int = Field(default=2, ge=1, description="how many registry keepers must sign (of three)")
    approvals: int = Field(default=2, ge=1, description="keepers that approve a change of the registry")
    waiving: int = Field(default=3, ge=1, description="keepers that may use a key before its time")
    announced_days: int = Field(default=14, ge=0, description="days a key is announced before its first use")
    device_wait_hours: float = Field(default=48, ge=0, description="hours a vault's new device waits before it syncs")
    reissue_wait_hours: float = Field(default=24, ge=0, description="hours from a reissue's confirmation to its offer")
    country: str = Field(default="CO", pattern=r"^[A-Z]{2}$", description="whose working days count (TRUST 14)")
    calendar: Path | None = Field(
        default=None, description="working days in a file of one's own, of the form of schemas/data/working_days.json"
    )
    origin: str | None = Field(
        default=None,
        pattern=r"^https://[a-z0-9.-]+(:[0-9]{1,5})?$",
        description="where the staff's pages stand, as a browser writes it; localhost outside of production",
    )
    address: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9.-]+(:[0-9]{1,5})?$",
        description="where people reach the pages, as they type it; printed on slips and cards",
    )
    lang: Literal["es", "en"] = Field(default="es", description="language of the command line")
    host: str = "127.0.0.1"
    port: int = 8710

    @property
    def database_url(self) -> str:
        """The database in force."""
        return self.database or f"sqlite:///{self.data / 'puente.db'}"

    @property
    def working_days(self) -> WorkingDays:
        """By which people's days are counted, and the house's."""
        return _working_days(self.calendar, self.country)

    @model_validator(mode="after")
    def _calendar_can_be_read(self) -> "Settings":
        """A house that could not count days does not start."""
        try:
            _ = self.working_days
        except OSError as error:
            raise ValueError("the file of working days cannot be read") from error
        return self

    @property
    def reached(self) -> str:
        """The pages' address as a person types it: the one that is set, else the origin's, else this machine's."""
        return self.address or (self.origin or f"{self.host}:{self.port}").removeprefix("https://")

    @property
    def said(self) -> str | None:
        """The same for papers: None where nobody said one, since this machine's own leads nobody to it but the demo."""
        return self.reached if self.env == "demo" or self.address or self.origin else None

    @property
    def stays_here(self) -> bool:
        """Whether what papers would bear is this machine's own: nobody set one, or it is a loopback one (RFC 1122
        3.2.1.3, RFC 6761 6.3)."""
        host = self.reached.partition(":")[0]
        own = host.startswith("127.") or host == "0.0.0.0" or host.split(".")[-1] == "localhost"  # noqa: S104 - told apart
        return own or not (self.address or self.origin)

    @property
    def console(self) -> str:
        """Where the issuer's console is opened: at the origin that is set, else on this machine alone, by its name: a
        passkey belongs to a name, never to an address (WebAuthn 5.1.2)."""
        return f"{self.origin or f'http://localhost:{self.port}'}/issuer/"

    @property
    def socket(self) -> Path:
        """Where the signing process answers."""
        return self.signer or self.data / "sign.socket"


@cache
def _working_days(calendar: Path | None, country: str) -> WorkingDays:
    """Read once. Raises OSError, ValueError."""
    if calendar is None:
        return working_days.known(country)
    return working_days.read(json.loads(calendar.read_text("utf-8")), country)

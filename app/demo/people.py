"""Who takes part in the demo: two demo issuers and an attestor, an officer and an approver for each, two keepers.

Issuers' names end in "(DEMO)", documents start with 000, hosts lie under .example. Nobody is real.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kernel.access import Principal
from schemas.identifiers import Did, DidUrl
from schemas.registration import ScopePair
from schemas.rows import PermitRow

AS_OF: Final = date(2025, 11, 20)
"""The import's date of reference; everything else runs on the machine's clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoIssuer:
    """An issuer of the demo. `lists` names the type family of each pair of status lists."""

    id: str
    number: int
    name_es: str
    name_en: str
    tier: str
    scope: tuple[ScopePair, ...]
    lists: tuple[str, ...]

    @property
    def host(self) -> str:
        """Where its lists stand."""
        return f"{self.id}.demo.puente.example"

    @property
    def did(self) -> Did:
        """Its DID."""
        return Did(f"did:web:{self.host}")

    @property
    def method(self) -> DidUrl:
        """Its first key."""
        return DidUrl(f"{self.did}#k1")

    def person(self, name: str, role: str) -> Principal:
        """Somebody who works there."""
        roles = frozenset({role})
        return Principal(person=f"{name}@{self.id}", roles=roles, issuer=self.id)  # type: ignore[arg-type]  # of the table


TRAINING: Final = DemoIssuer(
    id="formacion",
    number=0,
    name_es="Servicio de Aprendizaje (DEMO)",
    name_en="Training Service (DEMO)",
    tier="T1",
    scope=(ScopePair(type="CompetencePass", scheme="SENA-NSCL"),),
    lists=("C06",),
)
PERMITS: Final = DemoIssuer(
    id="permisos",
    number=1,
    name_es="Autoridad de Permisos (DEMO)",
    name_en="Permit Authority (DEMO)",
    tier="T1",
    scope=(ScopePair(type="PermitPass", scheme="PPT"),),
    lists=("C01",),
)
ATTESTOR: Final = DemoIssuer(
    id="acoge",
    number=2,
    name_es="Fundación Acoge (DEMO)",
    name_en="Acoge Foundation (DEMO)",
    tier="T2",
    scope=(ScopePair(type="SkillPass", scheme="EMPLEADOR"),),
    lists=(),
)
ISSUERS: Final = (TRAINING, PERMITS, ATTESTOR)
KEEPERS: Final = tuple(
    Principal(person=name, roles=frozenset({"keeper"})) for name in ("camilo@registro", "nelly@registro")
)


def _permit(name: str, number: str, until: date) -> PermitRow:
    return PermitRow(
        name=name,
        document_number=number,
        country="VEN",
        permit_status="vigente",
        work_allowed=True,
        card_valid_until=until,
    )


HOLDER_ROW: Final = 4
"""The cohort's row whose person has a wallet, as a spreadsheet counts; and the first permit below is hers."""
REVOKED_ROW: Final = 7
"""The row whose person picked her certificate up before the issuer annulled it."""
SUSPENDED_ROW: Final = 10
"""The row whose certificate is under review."""
PLANTED_ROWS: Final = (HOLDER_ROW, REVOKED_ROW, SUSPENDED_ROW)
"""Rows of the first cohort; where another file does not issue them, somebody is issued one beside it."""
PERMITS_NAME: Final = "Estados de permiso (DEMO)"
PERMIT_ROWS: Final = (
    _permit("Julián Rincón Yépez", "000000100442", date(2031, 5, 30)),
    _permit("Zoë D'Angelo Müller", "000000100572", date(2030, 2, 14)),
    _permit("José Gregorio del Corazón de Jesús Pérez-Peña Urdaneta", "000000103053", date(2031, 5, 30)),
)
EXPIRED_PERMIT: Final = _permit("Estefanía Díaz Villalobos", "000000103237", date(2026, 1, 31))

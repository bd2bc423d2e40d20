"""Whether this process reaches the keys of the issuers in its database, and what to do where it does not.

Keys stand in no database: a process that was started over another's rows has none unless somebody brought them. Where
keys are kept is `app/opening.py`'s; who refuses to work without them is `app/worker.py` and `puente work`.
"""

from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from app.db import reading
from issuer.secrets import key_of
from issuer.store import Ledger
from issuer.tables import IssuerRow
from kernel.errors import NotFound, Unavailable
from kernel.ports import KeyStore
from schemas.identifiers import KeyId

BRING: Final = (
    "Con PUENTE_RUNG=K0, copie aquí la carpeta keys/ de la casa, entera. Con K1 o K2, haga correr en esta máquina"
    " puente sign con las mismas llaves y diga en PUENTE_SIGNER dónde está su socket.",
    "With PUENTE_RUNG=K0 copy the house's folder keys/ here, whole. With K1 or K2 run puente sign on this machine"
    " over the same keys, and say in PUENTE_SIGNER where its socket is.",
)
"""What to do, in Spanish and in English."""


def without_keys(engine: Engine, keys: KeyStore) -> tuple[str, ...]:
    """The issuers whose keys do not open here. Raises Unavailable `database_unavailable`."""
    with reading(engine) as session:
        return missing(session, keys)


def missing(session: Session, keys: KeyStore) -> tuple[str, ...]:
    """The same, on a session."""
    ledger = Ledger(session=session)
    return tuple(issuer for issuer in ledger.issuers() if not _opens(keys, ledger.issuer(issuer)))


def _opens(keys: KeyStore, row: IssuerRow) -> bool:
    """The key that it signs with now, and the one that its secrets come from."""
    try:
        keys.signer(key_of(row.id))
        return keys.signer(KeyId(row.key)).public == row.public
    except (NotFound, Unavailable):
        return False

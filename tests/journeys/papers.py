"""What people send in the journeys: cohorts, permit rows, proofs of a key, presentations. Nobody in them is real."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kernel import presentation
from kernel.dids import did_key, did_key_method
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from kernel.proofs import integrity
from schemas.identifiers import DidUrl
from schemas.terms import AUTHENTICATION

NORMS = ("290801106:1", "210601027:2", "220601038:1", "299001007:1")
ASK = {"asOf": "2025-11-20", "normVersion": NORMS}
HEADER = "Radicado Proyecto,Código Norma,Grupo,Documento,Apellidos,Nombre,Juicio Emitido,Fecha de Juicio"
CSV = {"Content-Type": "text/csv"}
VP = {"Content-Type": "application/vp"}
VC = {"Content-Type": "application/vc"}
JSON = {"Content-Type": "application/json"}


def cohort(*rows: str) -> bytes:
    """A CSV of these rows under the right header."""
    return "\n".join((HEADER, *rows, "")).encode()


def row(name: str = "Yuleisy", surname: str = "Rojas Peña", number: str = "000000200001", **other: str) -> str:
    """A good row with something other."""
    cells = {"norm": "290801106", "group": "01", "judgement": "3", "date": "28/09/2025", **other}
    return (
        f"000202541701,{cells['norm']},{cells['group']},{number},{surname},{name},{cells['judgement']},{cells['date']}"
    )


def permit(name: str = "Yuleisy Rojas Peña", number: str = "000000200001", **other: Any) -> dict[str, Any]:
    """A good permit row with something other."""
    facts = {"country": "VEN", "permitStatus": "vigente", "workAllowed": True, "cardValidUntil": "2031-05-30"}
    return {"name": name, "documentNumber": number, **facts, **other}


def holder(seed: int = 1) -> SeedSigner:
    """Somebody's did:key."""
    raw = bytes([seed]) * 32
    return SeedSigner(raw, did_key_method(did_key(PublicKey(SeedSigner(raw, DidUrl("")).public))))


def proved(opened: Mapping[str, Any], signer: SeedSigner, **changes: Any) -> bytes:
    """The proof of a key that a pick-up asks for."""
    how = {"challenge": opened["challenge"], "domain": opened["domain"], "purpose": AUTHENTICATION, **changes}
    return json.dumps(integrity.add(presentation.compose(()), signer=signer, **how)).encode()


def disputing(opened: Mapping[str, Any], credential: Any, signer: SeedSigner, **words: Any) -> bytes:
    """A holder's dispute of a pass: the proof that an opening asks for, and her words around it."""
    proof = shown([credential], signer, challenge=opened["challenge"], domain=credential["issuer"])
    return json.dumps({"presentation": json.loads(proof), "kind": "other", **words}, ensure_ascii=False).encode()


def shown(passes: Sequence[Any], signer: SeedSigner, **how: Any) -> bytes:
    """A presentation of passes by a key, as JSON."""
    whole = {"challenge": "0", "purpose": AUTHENTICATION, **how}
    return json.dumps(integrity.add(presentation.compose(passes), signer=signer, **whole)).encode()

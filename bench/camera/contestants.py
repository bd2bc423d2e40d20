"""What is held before the camera: the four codes that we show, and the same claims as others would put them into a QR.

The peers are real: an SD-JWT VC by openvc-core (EdDSA, every claim of the pass a disclosure, all disclosed, a token
status list entry, the holder's key; live: with a key binding JWT), and the signed credential or presentation as the
JSON it is. Both go in byte mode at level L, the smallest symbol they can have; all codes of one medium are drawn in the
same square. Pictures are `frames.py`'s.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openvc.keys import Ed25519SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite

from bench.camera.conditions import Medium
from bench.camera.frames import Code
from bench.world import ENTRY, NOW, BenchWorld, unsigned_pass
from kernel import cborld, qr
from kernel.codec import write
from kernel.dids import did_key, did_key_method
from kernel.ed25519 import SeedSigner
from kernel.keys import PublicKey
from kernel.proofs import integrity
from schemas.identifiers import DidUrl
from wallet import showing

OURS: Final = "ours"
SD_JWT: Final = "SD-JWT VC"
JSON: Final = "signed JSON"
LONG: Final = "José Gregorio del Corazón de Jesús Pérez-Peña Urdaneta"
"""The longest name of the demo's cohort: 59 bytes, on paper 15-Q."""

_HOLDER: Final = hashlib.sha256(b"puente-bench:holder").digest()
_STATUS: Final = "https://formacion.demo.puente.example/s/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contestant:
    """One code of one party; `cell` is what it is a code of, the same for all parties."""

    party: str
    cell: str
    symbol: str
    code: Code


def contestants(world: BenchWorld) -> list[Contestant]:
    """Ours in four cells: a pass on a screen, live, a frame of two live passes, a pass on paper; peers in three."""
    holder = _holder()
    key = PublicKey(holder.public)
    mine = _signed(world, unsigned_pass(NOW, subject=did_key(key)))
    paper = _signed(world, unsigned_pass(NOW, name=LONG, subject=None))
    live = _live(world, holder, mine)
    long = _signed(world, unsigned_pass(NOW, name=LONG, subject=did_key(key)))
    frames = _live(world, holder, long, long)
    return [
        _ours("pass", "screen", showing.static([mine], dictionary=world.dictionary).texts[0], "M"),
        _ours("live", "screen", live[0], "L"),
        _ours("frame", "screen", frames[0], "M", version=11),  # the largest that a frame can be
        _ours("paper", "paper", _text(world, paper), "Q"),
        _peer(SD_JWT, "pass", "screen", _sd_jwt(world, mine, key)),
        _peer(SD_JWT, "live", "screen", _sd_jwt(world, mine, key, holder=_HOLDER)),
        _peer(SD_JWT, "paper", "paper", _sd_jwt(world, paper, None)),
        _peer(JSON, "pass", "screen", _json(mine)),
        _peer(JSON, "live", "screen", _json(_presented(world, live[0]))),
        _peer(JSON, "paper", "paper", _json(paper)),
    ]


def _ours(cell: str, medium: Medium, text: str, level: qr.Level, version: int | None = None) -> Contestant:
    drawn = qr.symbol(text, level=level, version=version)
    size = len(drawn.rows) + 2 * qr.QUIET_ZONE
    blank, edge = bytes(size), bytes(qr.QUIET_ZONE)
    rows = (*[blank] * qr.QUIET_ZONE, *(edge + row + edge for row in drawn.rows), *[blank] * qr.QUIET_ZONE)
    name = f"{drawn.version}-{drawn.level}"
    return Contestant(party=OURS, cell=cell, symbol=name, code=Code(text=text, rows=rows, medium=medium))


def _peer(party: str, cell: str, medium: Medium, text: str) -> Contestant:
    drawn = segno.make_qr(text, error="l", mode="byte", encoding="utf-8", boost_error=False)
    rows = tuple(bytes(row) for row in drawn.matrix_iter(border=qr.QUIET_ZONE))
    return Contestant(party=party, cell=cell, symbol=drawn.designator, code=Code(text=text, rows=rows, medium=medium))


def _holder() -> SeedSigner:
    key = PublicKey(SeedSigner(_HOLDER, DidUrl("did:key:z#z")).public)
    return SeedSigner(_HOLDER, did_key_method(did_key(key)))


def _signed(world: BenchWorld, unsigned: dict[str, Any]) -> dict[str, Any]:
    return integrity.add(unsigned, signer=world.signer, purpose="assertionMethod")


def _text(world: BenchWorld, secured: dict[str, Any]) -> str:
    return cborld.to_text(secured, dictionary=world.dictionary, entry=ENTRY)


def _live(world: BenchWorld, holder: SeedSigner, *passes: dict[str, Any]) -> tuple[str, ...]:
    did = did_key(PublicKey(holder.public))
    return showing.live(passes, signer=holder, holder=did, dictionary=world.dictionary, now=NOW).texts


def _presented(world: BenchWorld, text: str) -> dict[str, Any]:
    """The presentation that the live code holds, as the JSON that another would have put there."""
    presentation = cborld.from_text(text, dictionary=world.dictionary).presentation
    assert presentation is not None  # it was composed as one
    return dict(presentation)


def _json(document: dict[str, Any]) -> str:
    return write(document).decode()


def _sd_jwt(world: BenchWorld, secured: dict[str, Any], key: PublicKey | None, *, holder: bytes | None = None) -> str:
    """The pass's claims as an SD-JWT VC; with the holder's secret, presented with a key binding."""
    subject = {name: value for name, value in secured["credentialSubject"].items() if name != "id"}
    claims = {
        "iss": f"https://{secured['issuer'].removeprefix('did:web:')}",
        "iat": int(NOW.timestamp()),
        "status": {"status_list": {"idx": 94_567, "uri": _STATUS}},
        **subject,
    }
    suite = SdJwtVcProofSuite()
    issuer = Ed25519SigningKey(Ed25519PrivateKey.from_private_bytes(world.seed), f"{secured['issuer']}#k1")
    jwk = None if key is None else dict(key.jwk())
    vct = "https://formacion.demo.puente.example/t/CompetencePass"
    made = suite.issue(claims, signing_key=issuer, disclosable=subject, holder_jwk=jwk, vct=vct)
    if holder is None:
        return made
    proof = Ed25519SigningKey(Ed25519PrivateKey.from_private_bytes(holder), "holder")
    return suite.create_presentation(made, holder_key=proof, audience="https://puente.example", nonce="0")

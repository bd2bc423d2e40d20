"""Checkpoints of the audit chain: signed notes in the data folder, to be taken outside, by mail or stick (TRUST 13).

A cut end of the chain is caught by the last note that somebody else holds; so they say nothing but a length and a hash.
"""

import json
from pathlib import Path
from typing import Final

from app.db import reading
from app.files import write_whole
from app.provide import World
from issuer import audit
from issuer.signing import AUDIT, AUDIT_KEY, audit_point
from kernel import issued_log
from kernel.errors import Conflict
from kernel.issued_log import Checkpoint
from kernel.keys import PublicKey, read_multikey
from kernel.ports import SigningTask
from schemas.identifiers import DidUrl

FOLDER: Final = "audit"
_KEY: Final = "key.json"


def write_point(world: World) -> Path:
    """The chain as it stands, signed; gives the file. Raises Unavailable, BadProof."""
    folder = world.settings.data / FOLDER
    key = _key(world, folder)
    with reading(world.engine) as session:
        point = audit_point(*audit.head(session))
    words = point.text().encode()
    if world.hand is None:
        signature = world.keys.signer(AUDIT_KEY).sign(words)
    else:
        (signature,) = world.hand.sign(SigningTask(kind="audit", of=AUDIT, size=point.size))
    key.check(words, signature)
    file = folder / f"checkpoint-{point.size}.txt"
    write_whole(file, issued_log.note(point, name=AUDIT, public=key.raw, signature=signature).encode(), mode=0o644)
    return file


def read_point(note: str, key: PublicKey) -> Checkpoint:
    """A checkpoint that was kept outside. Raises Malformed, BadProof."""
    return issued_log.read_checkpoint(note, origin=AUDIT, keys={AUDIT: key.raw})


def known_key(data: Path) -> PublicKey | None:
    """The audit key as this house tells it; who compares with a note from outside should hold the key from outside."""
    file = data / FOLDER / _KEY
    return read_multikey(str(json.loads(file.read_text())["publicKeyMultibase"])) if file.is_file() else None


def _key(world: World, folder: Path) -> PublicKey:
    known = known_key(world.settings.data)
    if known is not None:
        return known
    made = PublicKey(_made(world))
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / _KEY, json.dumps({"publicKeyMultibase": made.multikey()}).encode(), mode=0o644)
    return made


def _made(world: World) -> bytes:
    """A new key's public part; or that of one whose file is not here: a stop was between, or it is another folder."""
    try:
        return world.keys.create(AUDIT_KEY, DidUrl(f"urn:puente:{AUDIT}#1"))
    except Conflict:
        return world.keys.signer(AUDIT_KEY).public

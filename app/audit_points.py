"""Checkpoints of the audit chain: signed notes in the data folder, to be taken outside, by mail or stick (TRUST 13).

A cut end of the chain is caught by the last note that somebody else holds; so they say nothing but a length and a hash.
"""

import json
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

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
ASIDE: Final = "before-restore"
"""Where notes lie that told more than a restored copy holds."""
_KEY: Final = "key.json"


def write_point(world: World) -> Path:
    """The chain as it stands, signed; gives the file. Raises Unavailable, BadProof, and Conflict `record_broken` where
    the chain does not go on from the folder's last note: then nothing is signed, and no note takes another's place.
    """
    folder = world.settings.data / FOLDER
    key = _key(world, folder)
    require_told(world.engine, world.settings.data)
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


def require_told(engine: Engine, data: Path) -> None:
    """Raise Conflict `record_broken` unless the chain goes on from the last note in the folder; where none is, none.

    Also Malformed and BadProof, for a note that is not this house's. The note is read first: another process may write
    a longer one while this one looks at the chain.
    """
    key, note = known_key(data), newest(data)
    if key is None or note is None:
        return
    _require_goes_on(engine, read_point(note.read_text("utf-8"), key))


def newest(data: Path) -> Path | None:
    """The last note in the folder: of the longest chain that was told from there."""
    notes = _notes(data)
    return notes[max(notes)] if notes else None


def lay_aside(world: World) -> None:
    """After a restore: notes of what the chain has lost go into a folder of their own, where they are kept."""
    key = known_key(world.settings.data)
    if key is None:
        return
    aside = world.settings.data / FOLDER / ASIDE
    for file in _notes(world.settings.data).values():
        raw = file.read_bytes()
        point = read_point(raw.decode(), key)
        try:
            _require_goes_on(world.engine, point)
        except Conflict:
            aside.mkdir(exist_ok=True)
            write_whole(aside / f"{file.stem}-{point.root.hex()[:16]}.txt", raw, mode=0o644)
            file.unlink()


def _require_goes_on(engine: Engine, point: Checkpoint) -> None:
    """Raise Conflict `record_broken` unless the chain goes on from a checkpoint."""
    with reading(engine) as session:
        audit.require_goes_on_from(session, point.size, point.root)


def _notes(data: Path) -> dict[int, Path]:
    """Length of the chain -> the note that tells it."""
    files = (data / FOLDER).glob("checkpoint-*.txt")
    return {int(n): file for file in files if (n := file.stem.removeprefix("checkpoint-")).isdecimal()}


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

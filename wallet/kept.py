"""What an open vault's items are to their holder: passes, history, and notes that can change. Pure.

A pass is never changed: one that was corrected is another pass, which remembers the one that it replaces, stands in its
place and hides it. The former stays in the vault, so nothing is lost before, while or after the new one is kept.

    {"type": "credential", "receivedAt": …, "credential": {…}, "replaces": name}
    {"type": "show", "at": …, …}
    {"type": "dispute" | "persona" | …, "changedAt": …, …}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kernel.errors import Malformed
from schemas.json import JsonObject
from wallet.contents import Contents, Item

CREDENTIAL: Final = "credential"
SHOW: Final = "show"
DISPUTE: Final = "dispute"
PERSONA: Final = "persona"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A pass that was verified and kept. `gone`: another phone deleted it, and the holder is to be asked."""

    name: str
    document: JsonObject
    received_at: str
    replaces: str | None = None
    gone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something the holder wrote or the wallet noted, that can change.

    `copied_at` = the moment of this text, where two phones changed the note at once and this is the lesser one: it is
    shown as "copia" with that date.
    """

    name: str
    body: JsonObject
    changed_at: str
    copied_at: str | None = None


def claims(document: JsonObject) -> JsonObject:
    """What a pass says of its holder; nothing where it has no subject."""
    subject = document.get("credentialSubject")
    return subject if isinstance(subject, Mapping) else {}


def passes(contents: Contents) -> tuple[Kept, ...]:
    """Those in force, oldest first; one that replaces another stands in its place."""
    every = _every(contents)
    former = {name: _former(kept, every) for name, kept in every.items()}
    hidden = {old for name, olds in former.items() for old in olds if name not in former[old]}
    places = {name: place for place, name in enumerate(every)}
    shown = [kept for name, kept in every.items() if name not in hidden]
    return tuple(sorted(shown, key=lambda kept: places[(kept.name, *former[kept.name])[-1]]))


def former(contents: Contents, name: str) -> tuple[str, ...]:
    """The names of the passes that this one replaces, the latest first."""
    every = _every(contents)
    return _former(every[name], every) if name in every else ()


def find_document(contents: Contents, document: JsonObject) -> Item | None:
    """The item that holds this very pass, in force or replaced."""
    of_passes = (item for item in contents.items if item.body.get("type") == CREDENTIAL)
    return next((item for item in of_passes if item.body.get("credential") == document), None)


def notes(contents: Contents, kind: str) -> tuple[Note, ...]:
    """The notes of a kind, in the order they came; a copy stands behind what it is a copy of."""
    found: list[Note] = []
    for item in contents.items:
        if item.body.get("type") == kind:
            changed = str(item.body.get("changedAt", ""))
            if any(note.name == item.name for note in found):
                found.append(Note(name=item.copy_name, body=item.body, changed_at=changed, copied_at=changed))
            else:
                found.append(Note(name=item.name, body=item.body, changed_at=changed))
    return tuple(found)


def shows(contents: Contents) -> tuple[JsonObject, ...]:
    """What was shown, oldest first."""
    return tuple(item.body for item in contents.items if item.body.get("type") == SHOW)


def _every(contents: Contents) -> dict[str, Kept]:
    """By name; where two phones kept the same pass at once it is one all the same."""
    every: dict[str, Kept] = {}
    for item in contents.items:
        if item.body.get("type") == CREDENTIAL:
            every.setdefault(item.name, _kept(item))
    return every


def _former(kept: Kept, every: Mapping[str, Kept]) -> tuple[str, ...]:
    names: list[str] = []
    older = kept.replaces
    while older is not None and older in every and older not in names:
        names.append(older)
        older = every[older].replaces
    return tuple(names)


def _kept(item: Item) -> Kept:
    document, received, replaces = (item.body.get(member) for member in ("credential", "receivedAt", "replaces"))
    if not isinstance(document, Mapping) or not isinstance(received, str):
        raise Malformed("vault_unreadable", detail="an item of the vault is not what it says it is")
    return Kept(
        name=item.name,
        document=document,
        received_at=received,
        replaces=replaces if isinstance(replaces, str) else None,
        gone=item.gone,
    )

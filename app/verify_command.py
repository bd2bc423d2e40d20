"""`puente verify`: inputs of any kind -> reports, with the bundle alone. What a verdict means is `kernel/verify`'s.

An input is a file (picture, JSON, QR text with frames one a line), `-` for standard input, or the QR text itself. A
JSON that is a receipt is checked as one, and is told apart: it says nothing about today.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from app.picture import PICTURE_STARTS
from app.shelf import CONTAINER, ROOT, recall, take
from kernel import receipt
from kernel.bundle.container import unpack
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.encoding import plain_utf8
from kernel.errors import Invalid, Malformed, PuenteError
from kernel.ports import Picture
from kernel.receipt import Receipt
from kernel.verify import MemorySeen, judge, unread
from schemas import bounds
from schemas.json import JsonObject
from schemas.verification import Report, Session, moment

RootSource = Literal["pinned", "first-use", "none"]
FILE_LIMIT: Final = bounds.PICTURE.size
"""Bytes of a file or of standard input; what is longer is nothing that a verifier reads."""
_JSON: Final = json.JSONDecoder()
_FILE_NAME: Final = re.compile(r"[^\s:]{1,255}\.(png|jpe?g|webp|gif|bmp|txt|json|pdf|cborld|puente)", re.IGNORECASE)
_GOOD: Final = frozenset({"valid", "valid_as_of"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """The bundle to judge by, and who vouched for its root."""

    bundle: InstalledBundle | None
    root: RootSource
    fingerprint: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One input with its report."""

    input: str
    report: Report

    @property
    def good(self) -> bool:
        """Whether it counts as success for the exit code."""
        return self.report.verdict in _GOOD


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipted:
    """One input that calls itself a receipt: what it says, or the code it was refused with."""

    input: str
    receipt: Receipt | None
    refused: str | None

    @property
    def good(self) -> bool:
        """Whether its signature held; what it says of then is no matter."""
        return self.receipt is not None

    def to_json(self) -> JsonObject:
        """No `verdict` at the top: whoever looks for one must not take then for now."""
        held = self.receipt
        if held is None:
            return {"input": self.input, "receipt": None, "reasons": [self.refused]}
        told: JsonObject = {
            "verifier": held.verifier,
            "signedAt": moment(held.signed_at),
            "judgedAt": moment(held.judged_at),
            "verdict": held.verdict,
            "level": held.level,
            "bundleVersion": held.bundle_version,
            "passes": [{"type": one.type, "scheme": one.scheme, "verdict": one.verdict} for one in held.passes],
            "note": held.note,
        }
        return {"input": self.input, "receipt": told, "reasons": []}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    label: str
    content: str | bytes | tuple[str, ...] | PuenteError


def open_trust(container: Path | None, *, root: Path | None, data: Path, now: datetime) -> Trust:
    """The trust to judge with: `container` (by default the data folder's) under the root that is pinned.

    Pinned is `root`, else the data folder's own; a root that lies beside a carried bundle or inside it is the carrier's
    word, so without a pinned one it is a first use, and said to be. What the data folder remembers under its root binds
    every bundle of that root: no older one, and no revocation is forgotten. Raises Invalid `bundle_refused`.
    """
    file = container or data / CONTAINER
    if not file.is_file():
        return Trust(bundle=None, root="none")
    raw = file.read_bytes()
    own = (data / ROOT).read_bytes() if (data / ROOT).is_file() else None
    pinned = own if root is None else root.read_bytes()
    if pinned is None:
        first = first_root(raw)
        bundle = install(raw, trusted_root=first, now=now)
        return Trust(bundle=bundle, root="first-use", fingerprint=hashlib.sha256(first).hexdigest())
    former = recall(data) if pinned == own else None
    return Trust(bundle=take(raw, root=pinned, former=former, now=now), root="pinned")


def is_missing_file(name: str) -> bool:
    """Whether an input reads like the name of a file and none is there; a QR text or a link never does."""
    return _FILE_NAME.fullmatch(name) is not None and not Path(name).is_file()


def first_root(container: bytes) -> bytes:
    """The root of lowest version inside a container: what a first use pins."""
    roots = {name: raw for name, raw in unpack(container).items() if name.endswith(".root.json")}
    return roots[min(roots, key=lambda name: int(name.rsplit("/", 1)[-1].split(".", 1)[0]))]


def judge_all(
    inputs: Sequence[str],
    *,
    stdin: bytes,
    trust: Trust,
    picture: Picture,
    now: datetime,
    challenge: str | None = None,
    domain: str | None = None,
) -> tuple[Judged | Receipted, ...]:
    """One report or receipt an input; frames that lie in several inputs are put together into one.

    `challenge` and `domain` are what this verifier asked, just now.
    """
    session = None if challenge is None else Session(challenge=challenge, domain=domain, issued_at=now)

    def report(content: str | bytes | tuple[str, ...] | PuenteError) -> Report:
        if isinstance(content, PuenteError):
            return unread(content.code, bundle=trust.bundle, now=now)
        return judge(content, bundle=trust.bundle, now=now, floor=None, session=session, seen=MemorySeen())

    return tuple(
        _receipted(item.label, item.content)
        if isinstance(item.content, bytes) and receipt.is_receipt(item.content)
        else Judged(input=item.label, report=report(item.content))
        for item in _gather(inputs, stdin, picture)
    )


def _receipted(label: str, raw: bytes) -> Receipted:
    try:
        return Receipted(input=label, receipt=receipt.check(raw), refused=None)
    except Invalid as fault:
        return Receipted(input=label, receipt=None, refused=fault.code)


def _gather(inputs: Sequence[str], stdin: bytes, picture: Picture) -> list[_Read]:
    items = [item for name in inputs for item in _read(name, stdin, picture)]
    frames = [item for item in items if _frames(item)]
    if len(frames) < 2:
        return items
    together = _Read(
        label=" ".join(item.label for item in frames), content=tuple(text for item in frames for text in _frames(item))
    )
    return [item for item in items if not _frames(item)] + [together]


def _frames(item: _Read) -> tuple[str, ...]:
    texts = (item.content,) if isinstance(item.content, str) else item.content
    return texts if isinstance(texts, tuple) and texts and all(text.startswith("VF1-") for text in texts) else ()


def _read(name: str, stdin: bytes, picture: Picture) -> list[_Read]:
    raw = stdin if name == "-" else _file(name)
    if raw is None:
        return [_Read(label=name[:24], content=name)]
    if not raw.startswith(PICTURE_STARTS):
        raw = plain_utf8(raw)
    several = _documents(raw)
    if several:
        return [_Read(label=f"{name}[{n}]", content=document) for n, document in enumerate(several)]
    return [_Read(label=name, content=_content(raw, picture))]


def _file(name: str) -> bytes | None:
    """What lies under that name, cut behind its bound; None where a name is no file's: then it is the text itself."""
    try:
        with Path(name).open("rb") as file:
            return file.read(FILE_LIMIT + 1)
    except (OSError, ValueError):  # too long for a name, or with a zero in it
        return None


def _documents(raw: bytes) -> list[bytes]:
    """The objects of a JSON array, each in its own bytes: passes that are shown together without a presentation."""
    found: list[bytes] = []
    try:
        text = raw.decode("utf-8") if raw.lstrip()[:1] == b"[" and len(raw) <= bounds.PRESENTATION.bytes else ""
        at = text.find("[") + 1
        while at and (start := text.find("{", at)) >= 0 and len(found) < bounds.PRESENTED_PASSES:
            if text[at:start].strip() != ("," if found else ""):
                return []
            _, at = _JSON.raw_decode(text, start)
            found.append(text[start:at].encode())
    except (ValueError, RecursionError):
        return []
    return found if text[at:].strip() == "]" else []


def _content(raw: bytes, picture: Picture) -> str | bytes | tuple[str, ...] | PuenteError:
    if raw.startswith(PICTURE_STARTS):
        try:
            texts = picture.texts(raw)
        except PuenteError as fault:
            return fault
        if not texts:
            return Malformed("picture_unreadable", detail="no code in the picture")
        return texts[0] if len(texts) == 1 else texts
    if raw.lstrip()[:1] == b"{":
        return raw
    # A file or a pipe ends lines; a QR text holds none, so that only the carrier's line ends go.
    lines = tuple(line.removesuffix("\r") for line in raw.decode("utf-8", "replace").split("\n"))
    texts = tuple(line for line in lines if line)
    return texts[0] if len(texts) == 1 else texts or ""

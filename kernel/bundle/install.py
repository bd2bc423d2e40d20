"""Install a bundle: the eight steps of TRUST section 5, all or nothing. Nothing is kept here; the caller swaps.

1 bounds (`container.py`)  2 root chain, 3 other roles (`chain.py`)  4 every target's length and hash  5 reading,
E5 on all keys, canaries (`reading.py`)  6 status lists (`lists.py`)  7 nothing is given back before all checks held
8 the floor. Every refusal is Invalid `bundle_refused`; whoever catches it still has the former bundle, untouched.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from kernel import cborld, status
from kernel.bundle import chain, lists
from kernel.bundle.container import unpack
from kernel.bundle.installed import InstalledBundle, Remembered, StatusList
from kernel.bundle.layout import place
from kernel.bundle.metadata import as_count, as_list, as_object, read_json
from kernel.bundle.reading import ListRow, read_keystate, read_policy, read_registry, read_schemas
from kernel.bundle.refusal import refused
from kernel.cborld import Dictionary
from kernel.errors import Invalid
from schemas import bounds
from schemas.json import JsonObject

FAR: Final = timedelta(days=400)
AHEAD: Final = timedelta(seconds=300)
"""How much later than the timestamp a status role may say it signed."""
LIST: Final = "x-puente-list"
LANGUAGES: Final = ("es", "en")

Former = InstalledBundle | Remembered | None


def install(
    container: bytes,
    *,
    trusted_root: bytes,
    now: datetime,
    former: Former = None,
    allow_expired_timestamp: bool = True,
) -> InstalledBundle:
    """The bundle in `container`, after every check; `trusted_root` is the one built into the program.

    `former` is what is installed now: versions, revocations and floors never fall below it. `allow_expired_timestamp`:
    the one addition to TUF, for files that came by hand (TRUST section 4). Raises Invalid `bundle_refused`.
    """
    files = unpack(container)
    return install_files(
        files, trusted_root=trusted_root, now=now, former=former, allow_expired_timestamp=allow_expired_timestamp
    )


def install_files(
    files: chain.Files, *, trusted_root: bytes, now: datetime, former: Former, allow_expired_timestamp: bool
) -> InstalledBundle:
    """The same for files that came one by one, or were rebuilt: steps 2 to 8."""
    last = former.remembered if isinstance(former, InstalledBundle) else former
    if former is not None and last is None:
        raise ValueError("a bundle put together by hand cannot be followed by another")
    start = _start(trusted_root, last)
    root = chain.follow_roots(files, start)
    known, floor_on = _known(last, root)
    at = _latest(now, None if last is None else last.floor_off, floor_on)
    chain.require_in_time(root.metadata, at=at, what="the root has expired")
    roles = chain.follow(files, root, known=known, at=at, lenient=allow_expired_timestamp)
    targets = {path: _target(files, path, target) for path, target in roles.files.items()}
    return _built(root, roles, targets, last=last, floor_on=floor_on, now=now)


def restore(container: bytes, *, trusted_root: bytes, remembered: Remembered) -> InstalledBundle:
    """The bundle that was installed before, from the file it came in, after a restart: every check but the clock's.

    Lists and floors are those remembered, so no revocation is lost; a bundle of other versions is refused. Where a kept
    list is not the signed one, `canary_fault` is set and nothing is judged by it (V1).
    """
    files = unpack(container)
    root = chain.follow_roots(files, _start(trusted_root, remembered))
    roles = chain.follow(files, root, known=remembered.versions, at=_NEVER, lenient=False)
    if root.metadata.raw != remembered.root or roles.versions != remembered.versions:
        raise refused("it is not the bundle that was installed")
    targets = {path: _target(files, path, target) for path, target in roles.files.items()}
    made = _built(root, roles, targets, last=None, floor_on=None, now=_NEVER)
    signed = {url: one.signed for url, one in made.lists.items()}
    return replace(
        made,
        floor_off=remembered.floor_off,
        floor_on=remembered.floor_on,
        lists=remembered.lists,
        canary_fault=signed != {url: one.signed for url, one in remembered.lists.items()},
        remembered=remembered,
    )


_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
"""Before everything, so that nothing has expired."""


def _start(trusted_root: bytes, last: Remembered | None) -> chain.Root:
    """The newer of the root that is built in and the one that was last trusted."""
    built_in = chain.read_root(trusted_root)
    if last is None:
        return built_in
    kept = chain.read_root(last.root)
    return kept if kept.metadata.version >= built_in.metadata.version else built_in


def _known(last: Remembered | None, root: chain.Root) -> tuple[Mapping[str, int], datetime | None]:
    """Versions and floor_on that still bind; new online keys drop those of the online roles (TUF 5.3.11).

    The version of the offline targets role stays, which is stricter than TUF and lets no old registry back.
    """
    if last is None:
        return {}, None
    if chain.rotated_online(chain.read_root(last.root), root):
        return {name: n for name, n in last.versions.items() if name == "targets"}, None
    return last.versions, last.floor_on


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max(first, *(other for other in others if other is not None)) if any(others) else first


def _target(files: chain.Files, path: str, target: chain.Target) -> bytes:
    """Step 4: the file under its consistent name, of exactly this length and hash."""
    raw = files.get(place(path, target.digest))
    if raw is None:
        raise refused("a target file is missing")
    if len(raw) != target.length or sha256(raw).digest() != target.digest:
        raise refused("a target file has another length or hash than its role says")
    return raw


def _built(
    root: chain.Root,
    roles: chain.Chain,
    targets: Mapping[str, bytes],
    *,
    last: Remembered | None,
    floor_on: datetime | None,
    now: datetime,
) -> InstalledBundle:
    """Steps 5 to 8."""
    read = {name: _json(targets, f"{name}.json") for name in _FILES}
    registry = read_registry(read["registry"], suspended=_suspended(targets))
    found = {row.url: _list(row, roles, targets, last=last, now=now) for row in registry.lists}
    offline = max(root.metadata.signed_at, roles.targets.signed_at)
    floor_off = _latest(offline, None if last is None else last.floor_off)
    capped = min(roles.timestamp.signed_at, floor_off + FAR)
    floor_on = _latest(capped, floor_on)
    return InstalledBundle(
        version=roles.snapshot.version,
        root_version=root.metadata.version,
        root_expires=root.metadata.expires,
        timestamp_expires=roles.timestamp.expires,
        floor_off=floor_off,
        floor_on=floor_on,
        issuers=registry.issuers,
        policy=read_policy(read["policy"]),
        dictionary=_dictionary(read["contexts"], read["tables"]),
        schemas=read_schemas(read["schemas"]),
        labels={language: read[f"labels.{language}"] for language in LANGUAGES},
        law=read["law"],
        log=read["log"],
        lists=found,
        remembered=Remembered(
            root=root.metadata.raw, versions=roles.versions, floor_off=floor_off, floor_on=floor_on, lists=found
        ),
    )


_FILES: Final = ("registry", "policy", "tables", "contexts", "schemas", "labels.es", "labels.en", "law", "log")


def _json(targets: Mapping[str, bytes], path: str) -> JsonObject:
    raw = targets.get(path)
    if raw is None:
        raise refused("a file that every bundle has is missing")
    return read_json(raw, bound=bounds.BUNDLE_JSON)


def _dictionary(contexts: JsonObject, tables: JsonObject) -> Dictionary:
    for document in contexts.values():
        as_object(document)
    try:
        return cborld.read_dictionary(contexts, tables)
    except Invalid as fault:
        raise refused("the contexts or tables cannot be used") from fault


def _suspended(targets: Mapping[str, bytes]) -> Mapping[str, frozenset[str]]:
    """Issuer id -> the keys that its own status role suspends."""
    found: dict[str, frozenset[str]] = {}
    for path in targets:
        parts = path.split("/")
        if len(parts) == 3 and parts[0] == "status" and parts[2] == "keystate.json":
            found[parts[1]] = read_keystate(_json(targets, path))
    return found


def _list(
    row: ListRow, roles: chain.Chain, targets: Mapping[str, bytes], *, last: Remembered | None, now: datetime
) -> StatusList:
    """One list: signed by its issuer's role, what the registry says it is, its canaries in place; then step 6."""
    target = roles.files.get(row.path)
    if target is None or target.role != row.role:
        raise refused("a status list of the registry is not signed by its issuer's role")
    if target.signed_at > roles.timestamp.signed_at + AHEAD:
        raise refused("a status role was signed after the timestamp that names it")
    signed = targets[row.path]
    if len(signed) != bounds.STATUS_LIST_BYTES:
        raise refused("a status list is not of 16,384 bytes")
    told = as_object(target.custom.get(LIST))
    if (told.get("url"), told.get("purpose"), told.get("epoch")) != (row.url, row.purpose, row.epoch):
        raise refused("a status list is not the one that the registry names")
    _require_canaries(signed, as_object(told.get("canaries")))
    new = lists.first(
        url=row.url,
        issuer=row.issuer,
        purpose=row.purpose,
        signed=signed,
        signed_at=target.signed_at,
        epoch=row.epoch,
    )
    former = None if last is None else last.lists.get(row.url)
    if former is None or former.purpose != new.purpose or former.issuer != new.issuer:
        return new
    return lists.follow(new, former=former, now=now, approved=target.digest in row.approved)


def _require_canaries(signed: bytes, canaries: JsonObject) -> None:
    try:
        status.require_canaries(
            signed,
            canaries_set=[as_count(index) for index in as_list(canaries.get("set"))],
            canaries_clear=[as_count(index) for index in as_list(canaries.get("clear"))],
        )
    except Invalid as fault:
        raise refused("a status list does not hold its canaries") from fault

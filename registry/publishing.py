"""What stands becomes a signed bundle: registry.json out of the rows, versions that only rise, one row a publication.

With the offline keys at hand a change of the registry is signed anew (a ceremony); without one the online keys renew
status lists, snapshot and timestamp. Files are written by `app/`, from `build.lay_out`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from kernel.bundle.container import unpack
from kernel.canonical import canonical
from kernel.errors import Conflict, NotFound, Unavailable
from kernel.ports import Clock, KeyStore, Random
from kernel.status import without
from registry import contents
from registry.before import parts
from registry.build import Contents, Published, PublishedList, StatusPart, Versions, build, refresh
from registry.contents import Block, list_url
from registry.roles import STATUS, Ring, RoleKey, Thresholds
from registry.store import RegistryStore
from registry.tables import IssuerRow, KeyRow, PublicationRow, RoleKeyRow
from schemas.identifiers import Did, DidUrl, KeyId, Url
from schemas.json import JsonObject, JsonValue

RENEW: Final = timedelta(days=270)
"""After this the registry keepers sign again, well before their year is over."""
ROOT_KEEPERS: Final = 5
REGISTRY_KEEPERS: Final = 3
"""How many keys each offline role has (TRUST section 5)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """Publishes one registry. `demo`: keys made here are marked as demo in the metadata."""

    store: RegistryStore
    clock: Clock
    keys: KeyStore
    random: Random
    thresholds: Thresholds
    entry: int
    contexts: Mapping[Url, JsonObject]
    demo: bool

    def publish(
        self, lists: Mapping[str, tuple[PublishedList, ...]], *, log: Mapping[str, str] | None = None
    ) -> Published:
        """The next bundle. `lists` is issuer id -> all its lists as they stand, `log` issuer id -> checkpoint note.

        Keys of roles are made in the key store when they are first needed. An issuer whose lists are not those that
        the registry knows, or lack a revocation that was published, keeps the lists of before, also those that the
        registry has changed since; one that was in no bundle yet comes into a later one. Raises Conflict where no
        issuer is left, Unavailable where a ceremony is due and its keys are not here.
        """
        now = self.clock.now()
        event = self.store.last_event()
        last = self.store.last_publication()
        former = None if last is None else published_of(last)
        status, left = self._parts(lists, former)
        newest = 0 if event is None else event.n
        # Who was left out, or kept lists that were changed, comes in by the keepers' word, with nothing decided.
        before = {issuer: part.epochs for issuer, part in parts(former).items()}
        is_known = all(before.get(issuer) == part.epochs for issuer, part in status.items())
        if last is None or former is None or not is_known or last.event != newest or now - last.targets_at >= RENEW:
            made = self._ceremony(former, status, log=log or {}, now=now)
            signed = now
        else:
            ring = self._ring(status, offline=False)
            made = refresh(former, status, ring=ring, versions=_raised(former.versions), now=now)
            signed = last.targets_at
        self._keep(made, event=newest, signed=signed, now=now)
        return replace(made, behind=left | {issuer for issuer, part in status.items() if part.signed is not None})

    def _ceremony(
        self,
        former: Published | None,
        status: Mapping[str, StatusPart],
        *,
        log: Mapping[str, str],
        now: datetime,
    ) -> Published:
        """Everything signed anew under the roots there are; the first one makes the first root."""
        ring = self._ring(status, offline=True)
        what = Contents(files=self._files(log, status), status=status)
        if former is None:
            versions = Versions(status=dict.fromkeys(status, 1))
            return build(what, ring=ring, thresholds=self.thresholds, versions=versions, now=now)
        raised = _raised(former.versions)
        versions = replace(
            raised,
            targets=raised.targets + 1,
            status={issuer: raised.status.get(issuer, 1) for issuer in status},
        )
        roots = [former.files[f"metadata/{n}.root.json"] for n in range(1, versions.root + 1)]
        return build(what, ring=ring, thresholds=self.thresholds, versions=versions, now=now, roots=roots)

    def _files(self, log: Mapping[str, str], status: Mapping[str, StatusPart]) -> Mapping[str, JsonObject]:
        """Every file that the registry keepers sign: phones require the lists of each issuer that it names."""
        rows = self.store.issuers()
        blocks = [Block(number=row.number, did=Did(row.did), host=row.host) for row in rows]
        shown: JsonValue = [self._issuer(row, status[row.id].epochs) for row in rows if row.id in status]
        event = self.store.last_event()
        return {
            "registry.json": {"version": 0 if event is None else event.n, "issuers": shown},
            "policy.json": contents.policy(),
            "schemas.json": contents.schemas(),
            "law.json": contents.law(),
            "tables.json": contents.tables(self.entry, blocks),
            "contexts.json": {str(url): document for url, document in self.contexts.items()},
            "log.json": {"checkpoints": dict(log)},
            **{f"labels.{language}.json": contents.labels(language) for language in contents.LANGUAGES},
        }

    def _issuer(self, row: IssuerRow, epochs: Mapping[int, int]) -> JsonObject:
        """With the lists that go out, number -> epoch; a word for a list that does not go out yet is none for it."""
        word = {one.number: one.approved for one in self.store.lists(row.id) if one.epoch == epochs.get(one.number)}
        scope: JsonValue = [{"type": one.type, "scheme": one.scheme} for one in self.store.scope(row.id)]
        lists: JsonValue = [
            {
                "url": list_url(row.host, number),
                "purpose": _purpose(number),
                "path": f"status/{row.id}/{number}.bits",
                "epoch": epoch,
                "approved": [] if (approved := word.get(number)) is None else [approved.hex()],
            }
            for number, epoch in sorted(epochs.items())
        ]
        return {
            "id": row.id,
            "did": row.did,
            "name": {"es": row.name_es, "en": row.name_en},
            "tier": row.tier,
            "country": row.country,
            "scope": scope,
            "keys": [_key(one) for one in self.store.keys(row.id)],
            "statusLists": lists,
        }

    def _parts(
        self, lists: Mapping[str, tuple[PublishedList, ...]], former: Published | None
    ) -> tuple[dict[str, StatusPart], frozenset[str]]:
        """What each status role will say, and who is left out. One issuer's fault is not the others': it keeps what
        fits of before, and nobody expects it where there was nothing."""
        before, found, left = parts(former), dict[str, StatusPart](), dict[str, Conflict]()
        for row in self.store.issuers():
            own = before.get(row.id)
            try:
                found[row.id] = self._part(row, lists.get(row.id, ()), former=() if own is None else own.lists)
            except Conflict as fault:
                if own is None:
                    left[row.id] = fault
                    continue
                found[row.id] = replace(own, suspended=self._paused(row))
        if left and not found:
            raise next(iter(left.values()))
        return found, frozenset(left)

    def _part(
        self, row: IssuerRow, lists: tuple[PublishedList, ...], *, former: tuple[PublishedList, ...]
    ) -> StatusPart:
        """An issuer's lists at the epochs that the registry gives them; each one it knows, and no other."""
        known = {one.number: one.epoch for one in self.store.lists(row.id)}
        if {one.number for one in lists} != known.keys() or len(lists) != len(known):
            raise Conflict("not_possible_now", detail="the lists are not those that the registry knows")
        if any((one.url, one.purpose) != (list_url(row.host, one.number), _purpose(one.number)) for one in lists):
            raise Conflict("not_possible_now", detail="a list says another place or purpose than the registry")
        made = tuple(replace(one, epoch=known[one.number]) for one in lists)
        bits = {(one.number, one.epoch): one.bits for one in former if one.purpose == "revocation"}
        # Whatever it comes from, an older copy of the rows or a publication that was overtaken: a list never goes back.
        if any(any(without(bits.get((one.number, one.epoch), one.bits), one.bits)) for one in made):
            raise Conflict("record_broken", detail="a list lacks a revocation that was published")
        return StatusPart(lists=made, suspended=self._paused(row))

    def _paused(self, row: IssuerRow) -> tuple[DidUrl, ...]:
        return tuple(DidUrl(one.id) for one in self.store.keys(row.id) if one.paused)

    def _ring(self, issuers: Iterable[str], *, offline: bool) -> Ring:
        """Every role's keys; those that do not exist yet are made. A refresh does not even open the offline ones."""
        had: dict[str, list[RoleKeyRow]] = {}
        for row in self.store.role_keys():
            had.setdefault(row.role, []).append(row)

        def take(role: str, many: int) -> tuple[RoleKey, ...]:
            return tuple(map(self._role_key, had.get(role) or self._made(role, many)))

        return Ring(
            root=take("root", ROOT_KEEPERS) if offline else (),
            targets=take("targets", REGISTRY_KEEPERS) if offline else (),
            snapshot=take("snapshot", 1)[0],
            timestamp=take("timestamp", 1)[0],
            status={issuer: take(f"{STATUS}{issuer}", 1)[0] for issuer in issuers},
        )

    def _made(self, role: str, many: int) -> list[RoleKeyRow]:
        rows = []
        for n in range(1, many + 1):
            # A name of its own each time: a key whose row was rolled back is left behind and stands in no way.
            key = KeyId(f"registry/{role}/{n}/{self.random(8).hex()}")
            public = self.keys.create(key, DidUrl(f"urn:puente:registry:{role}#{n}"))
            rows.append(RoleKeyRow(role=role, n=n, key=key, public=public, demo=self.demo))
        self.store.keep(*rows)
        return rows

    def _role_key(self, row: RoleKeyRow) -> RoleKey:
        try:
            signer = self.keys.signer(KeyId(row.key))
        except NotFound as fault:
            raise Unavailable("signer_unavailable", detail="a key that must sign the bundle is not here") from fault
        return RoleKey(public=row.public, signer=signer, demo=row.demo)

    def _keep(self, made: Published, *, event: int, signed: datetime, now: datetime) -> None:
        container = made.container()
        self.store.keep(
            PublicationRow(
                n=made.versions.timestamp,
                at=now,
                event=event,
                root=made.versions.root,
                targets=made.versions.targets,
                targets_at=signed,
                snapshot=made.versions.snapshot,
                status=canonical(dict(made.versions.status)),
                raw=container,
            )
        )


def _purpose(number: int) -> str:
    """Odd numbers revoke, even ones suspend."""
    return "revocation" if number % 2 else "suspension"


def _key(row: KeyRow) -> JsonObject:
    shown: dict[str, JsonValue] = {"id": row.id, "publicKeyMultibase": row.multikey, "state": row.state}
    for name, at in (("notBefore", row.not_before), ("notAfter", row.not_after)):
        if at is not None:
            shown[name] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if row.frozen_size is not None and row.frozen_root is not None:
        shown["frozenCheckpoint"] = {"size": row.frozen_size, "root": row.frozen_root.hex()}
    return shown


def published_of(row: PublicationRow) -> Published:
    """A publication as it was made."""
    versions = Versions(
        root=row.root, targets=row.targets, snapshot=row.snapshot, timestamp=row.n, status=json.loads(row.status)
    )
    return Published(files=unpack(row.raw), versions=versions)


def _raised(versions: Versions) -> Versions:
    """The next versions of what the online keys sign."""
    return replace(
        versions,
        snapshot=versions.snapshot + 1,
        timestamp=versions.timestamp + 1,
        status={issuer: version + 1 for issuer, version in versions.status.items()},
    )

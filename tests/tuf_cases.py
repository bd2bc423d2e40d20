"""Second states of a registry, good and bad, modelled on tuf-conformance; `STRICTER` are those that only ours refuses.

Times are the machine's, because python-tuf's client reads no other clock.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from registry.build import Published, Versions, build, refresh
from tests import small_registry as small
from tests.small_registry import Repository, ring, role_key

NOW = datetime.now(UTC).replace(microsecond=0)
Files = Mapping[str, bytes]


def _bumped(change: Callable[[Repository], None]) -> Callable[[], Files]:
    """The first state with all versions raised, then changed."""

    def made() -> Files:
        repository = Repository.of(small.good(NOW))
        repository.bump()
        change(repository)
        return repository.write()

    return made


def _plain(**settings: Any) -> Callable[[], Files]:
    return lambda: small.good(NOW, 2, **settings)


def _set(role: str, **words: Any) -> Callable[[], Files]:
    return _bumped(lambda r: r.words[role].update(words))


def _signers(role: str, *names: str) -> Callable[[], Files]:
    return _bumped(lambda r: r.signers.update({role: list(names)}))


def _row(role: str, **words: Any) -> Callable[[], Files]:
    return _bumped(lambda r: r.rows.update({role: lambda row: row.update(words)}))


def _expired(role: str) -> Callable[[], Files]:
    return _bumped(lambda r: r.expire(role, NOW - timedelta(seconds=1)))


def _delegation(**words: Any) -> Callable[[], Files]:
    return _bumped(lambda r: r.words["targets"]["delegations"]["roles"][0].update(words))


def _twice(role: str) -> Callable[[], Files]:
    """One key's signature set down twice."""

    def made() -> Files:
        files = dict(_bumped(lambda _: None)())
        path = "metadata/timestamp.json" if role == "timestamp" else f"metadata/2.{role}.json"
        envelope = json.loads(files[path])
        envelope["signatures"].append(envelope["signatures"][0])
        return files | {path: json.dumps(envelope).encode()}

    return made


def _mixed() -> Files:
    """The newest timestamp over an older snapshot's words: parts of two bundles."""
    old, new = Repository.of(small.good(NOW)), small.good(NOW, 3)
    old.bump()
    return {**new, "metadata/3.snapshot.json": old.write()["metadata/2.snapshot.json"]}


def _without_role() -> Files:
    repository = Repository.of(small.good(NOW))
    repository.bump()
    files = repository.write()
    del repository.words["status-formacion"]
    del repository.words["snapshot"]["meta"]["status-formacion.json"]
    return files | repository.write()


def _file(path_end: str, change: Callable[[bytes], bytes]) -> Callable[[], Files]:
    def made() -> Files:
        files = small.good(NOW, 2)
        return {path: change(raw) if path.endswith(path_end) else raw for path, raw in files.items()}

    return made


@dataclass(frozen=True)
class Rooted:
    """A second state with roots after the first: `steps` are the rings of versions 2, 3, …"""

    steps: tuple[dict[str, Any], ...] = ()
    change: Callable[[list[bytes]], list[bytes]] = list
    number: int = 2

    def __call__(self) -> Files:
        chain, keys = [small.good(NOW)["metadata/1.root.json"]], ring()
        for step in self.steps:
            new = ring(**step)
            files = small.good(
                NOW,
                roots=chain,
                ring=new,
                versions=Versions(root=len(chain) + 1),
                former_root_keys=keys.root,
            )
            chain.append(files[f"metadata/{len(chain) + 1}.root.json"])
            keys = new
        versions = Versions(
            root=len(chain),
            targets=self.number,
            snapshot=self.number,
            timestamp=self.number,
            status={"formacion": self.number},
        )
        made = dict(small.good(NOW, ring=keys, roots=chain, versions=versions))
        for n, raw in enumerate(self.change(chain), 1):
            made[f"metadata/{n}.root.json"] = raw
        return made


NEW_ROOTS = tuple(role_key(f"new-root{n}") for n in range(5))


def _resigned(*names: str, **words: Any) -> Callable[[list[bytes]], list[bytes]]:
    """The last root with other words, signed by these."""

    def change(chain: list[bytes]) -> list[bytes]:
        repository = Repository({}, {"root": json.loads(chain[-1])["signed"] | words}, {"root": list(names)})
        return [*chain[:-1], repository.sign("root")]

    return change


ROOT_NAMES = [f"root{n}" for n in range(5)]
LONG_AGO = (NOW - timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bare(row: dict[str, Any]) -> None:
    del row["length"], row["hashes"]


def _only_timestamp() -> Files:
    repository = Repository.of(small.good(NOW))
    files = small.good(NOW)
    repository.bump("timestamp")
    return {**files, "metadata/timestamp.json": repository.sign("timestamp")}


def _only_timestamp_rolled() -> Files:
    """All as it was, and a timestamp from before it: an old list of what is newest."""
    files = small.good(NOW, 2)
    repository = Repository.of(files)
    repository.words["timestamp"]["version"] = 1
    return {**files, "metadata/timestamp.json": repository.sign("timestamp")}


def _refreshed() -> Files:
    what = small.good_contents(revoked=[1, 2, 3])
    settings: dict[str, Any] = {"ring": ring(), "now": NOW}
    first = build(what, thresholds=small.THRESHOLDS, versions=Versions(status={"formacion": 1}), **settings)
    versions = Versions(snapshot=2, timestamp=2, status={"formacion": 2})
    second: Published = refresh(first, what.status, versions=versions, **settings)
    return second.files


def _rolled(role: str) -> Files:
    """Newer above, and this role as it was before."""
    repository = Repository.of(small.good(NOW, 2))
    repository.bump("timestamp")
    if role != "snapshot":
        repository.bump("snapshot")
    repository.words[role]["version"] = 1
    return repository.write()


def _listed(repository: Repository) -> None:
    listed = repository.words["targets"]["targets"]
    listed["status/formacion/1.bits"] = repository.words["status-formacion"]["targets"]["status/formacion/1.bits"]


def _two_ids() -> Files:
    """Threshold two, one key, two key ids."""
    repository = Repository.of(small.good(NOW))
    repository.bump()
    part = repository.words["targets"]["delegations"]
    (keyid,) = part["roles"][0]["keyids"]
    part["keys"]["0" * 64] = part["keys"][keyid]
    part["roles"][0].update(keyids=[keyid, "0" * 64], threshold=2)
    repository.rows["status-formacion"] = _bare
    files = repository.write()
    envelope = json.loads(files["metadata/2.status-formacion.json"])
    envelope["signatures"].append({"keyid": "0" * 64, "sig": envelope["signatures"][0]["sig"]})
    return files | {"metadata/2.status-formacion.json": json.dumps(envelope).encode()}


def _unhashed_twice() -> Files:
    repository = Repository.of(small.good(NOW))
    repository.bump()
    repository.rows["targets"] = _bare
    repository.signers["targets"] = ["targets0", "targets1", "targets1"]
    return repository.write()


def _more(repository: Repository) -> None:
    for signed in repository.words.values():
        signed["x-more"] = {"a": [1]}


def _undated(repository: Repository) -> None:
    del repository.words["targets"]["x-puente-signed-at"]


FIRST_IS_SECOND = {
    "rollback of the snapshot", "rollback of a status role", "rollback of targets", "rollback of the timestamp alone",
}  # fmt: skip

GOOD: dict[str, Callable[[], Files]] = {
    "the same again": lambda: small.good(NOW),
    "all versions higher": _plain(),
    "only the timestamp is newer": _only_timestamp,
    "one key more signs than must": _signers("targets", "targets0", "targets1", "targets2"),
    "an unknown member in every role": _bumped(_more),
    "a row without length and hash": _bumped(lambda r: r.rows.update({"targets": _bare, "snapshot": _bare})),
    "one root later": Rooted(({"root": NEW_ROOTS},)),
    "three roots later": Rooted(({"root": NEW_ROOTS}, {}, {"timestamp": role_key("t2")})),
    "an expired root on the way": Rooted(({}, {}), _resigned(*ROOT_NAMES)),
    "fast forward undone by new online keys": Rooted(
        ({"timestamp": role_key("t2"), "snapshot": role_key("s2")},), number=1
    ),
    "a refresh by the online keys": _refreshed,
}

BAD: dict[str, Callable[[], Files]] = {
    "rollback of the timestamp": _set("timestamp", version=0),
    "rollback of the timestamp alone": _only_timestamp_rolled,
    "rollback of the snapshot": lambda: _rolled("snapshot"),
    "rollback of targets": lambda: _rolled("targets"),
    "rollback of a status role": lambda: _rolled("status-formacion"),
    "freeze: an expired timestamp": _expired("timestamp"),
    "an expired snapshot": _expired("snapshot"),
    "an expired targets role": _expired("targets"),
    "an expired status role": _expired("status-formacion"),
    "mix and match": _mixed,
    "a role is gone from the snapshot": _without_role,
    "targets below its threshold": _signers("targets", "targets0"),
    "targets signed by strangers": _signers("targets", "targets0", "snapshot"),
    "timestamp unsigned": _signers("timestamp"),
    "timestamp signed by another": _signers("timestamp", "snapshot"),
    "snapshot signed by another": _signers("snapshot", "timestamp"),
    "a status role signed by another": _signers("status-formacion", "snapshot"),
    "one signature twice, timestamp": _twice("timestamp"),
    "another length of the snapshot": _row("snapshot", length=3),
    "another hash of the snapshot": _row("snapshot", hashes={"sha256": "0" * 64}),
    "another hash of targets": _row("targets", hashes={"sha256": "0" * 64}),
    "another version of targets": _row("targets", version=7),
    "another type": _set("targets", _type="snapshot"),
    "another edition of TUF": _set("targets", spec_version="2.0.0"),
    "no version": _set("snapshot", version="1"),
    "an expiry that is no time": _set("snapshot", expires="soon"),
    "a status role under another name": _delegation(name="status-other"),
    "a status role with other paths": _delegation(paths=["status/other/*"]),
    "a changed status list": _file(".1.bits", lambda raw: bytes(len(raw))),
    "a longer status list": _file(".1.bits", lambda raw: raw + b"\0"),
    "a changed registry": _file(".registry.json", lambda raw: raw[:-2] + b" }"),
    "a root without the old keys": Rooted(({"root": NEW_ROOTS},), _resigned(*(f"new-root{n}" for n in range(5)))),
    "a root without the new keys": Rooted(({"root": NEW_ROOTS},), _resigned(*ROOT_NAMES)),
    "a root below its threshold": Rooted(({},), _resigned("root0", "root1")),
    "a root that says another version": Rooted(({},), _resigned(*ROOT_NAMES, version=3)),
    "an expired last root": Rooted(({},), _resigned(*ROOT_NAMES, expires=LONG_AGO)),
    "a root that is no JSON": Rooted(({},), lambda chain: [*chain[:-1], b"{"]),
}

STRICTER: dict[str, Callable[[], Files]] = {
    "no word of when it was signed": _bumped(_undated),
    "a status role signed after its timestamp": _set(
        "status-formacion", **{"x-puente-signed-at": (NOW + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")}
    ),
    "a delegation that ends nothing": _delegation(terminating=False),
    "a delegation of more paths": _delegation(paths=["status/formacion/*", "status/other/*"]),
    "the registry speaks of a status list": _bumped(_listed),
    "one key under two ids": _two_ids,
    "one signature twice, targets, in a row without hash": _unhashed_twice,
}

"""The shared cases: worlds (bundle x clock x question x document) and the whole report that each must give.

`python -m tests.cases` writes tests/vectors/cases/{bundles,cases}.json, the same in every run; Python and TypeScript
both read them (TRUST section 16, P3). What a report must be is not decided here but by `kernel/verify`, whose own tests
say why; these cases hold the two languages together. `python -m tests.cases DIR SEED COUNT` makes others elsewhere.
"""

import base64
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kernel import frames, issued_log
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.encoding import multibase_decode
from kernel.issued_log import LogProof
from kernel.verify import MemorySeen, judge
from schemas.identifiers import DidUrl, Url
from schemas.verification import Session, moment
from tests import makers, worlds
from tests.case_documents import DOCUMENTS, HOLDER, NO_JSON, TEXTS
from tests.worlds import DAY, Plan

FOLDER = Path(__file__).parent / "vectors" / "cases"
SEED = "puente-1"
COUNT = 360
NOW = makers.NOW
LISTS = {name: f"https://{did.rpartition(':')[2]}/s/" for did, name in makers.ISSUERS.items()}
REVOKED = {LISTS["norma"] + "1": [94567, 5], LISTS["permiso"] + "1": [94567]}
SUSPENDED = {LISTS["norma"] + "2": [94568], LISTS["taller"] + "2": [94568]}
LONG = timedelta(days=2_000)
QUESTION = Session(challenge="7K3M9QWX", domain="CAFE", issued_at=NOW - timedelta(seconds=30))


def _norma(**key: Any) -> dict[str, Any]:
    """Plan changes: the first issuer's key as told, the others as they are."""
    rows = [worlds.issuer_row(did) for did in (makers.PERMISO, makers.TALLER)]
    return {"issuers": [worlds.issuer_row(makers.NORMA, keys=[worlds.key_row(makers.NORMA, **key)]), *rows]}


@cache
def log_proof() -> tuple[str, dict[str, Any]]:
    """The log proof of the good competence, and the frozen checkpoint that it leads to."""
    document = DOCUMENTS["competence"]
    entry = document["credentialStatus"][0]
    proof = LogProof(
        method=DidUrl(document["proof"]["verificationMethod"]),
        signature_hash=sha256(multibase_decode(document["proof"]["proofValue"], limit=128)).digest(),
        list_url=Url(entry["statusListCredential"]),
        index=int(entry["statusListIndex"]),
        salt=bytes(16),
        leaf_index=1,
        size=3,
        path=(),
    )
    leaves = [bytes(32), proof.leaf(), bytes(32)]
    found = replace(proof, path=issued_log.path(leaves, 1))
    return issued_log.write_proof(found), {"size": 3, "root": issued_log.root(leaves).hex()}


@cache
def plans() -> Mapping[str, Plan]:
    """The trust of every bundle, by name."""
    everything = [{"type": "*", "scheme": "*"}]
    loose = [worlds.issuer_row(did, scope=everything) for did in (makers.NORMA, makers.PERMISO, makers.OTRA)]
    changes: dict[str, dict[str, Any]] = {
        "plain": {},
        "revoked": {"bits": REVOKED},
        "suspended": {"bits": SUSPENDED, "timestamp_life": LONG},
        "both": {"bits": {**REVOKED, **SUSPENDED}, "timestamp_life": LONG},
        "long": {"timestamp_life": LONG},
        "short-timestamp": {"timestamp_life": timedelta(seconds=30)},
        "short-root": {"root_life": timedelta(seconds=30)},
        "loose": {"issuers": loose, "rules": [worlds.rule("*", "*", purposes=["revocation"], needsValidUntil=False)]},
        "no-purposes": {"rules": [worlds.rule("*", "*", purposes=[])], "timestamp_life": LONG},
        "no-lists": {"issuers": [worlds.issuer_row(makers.NORMA, statusLists=[])]},
        "announced": _norma(state="announced"),
        "retired": _norma(state="retired", notBefore="2026-03-10T00:00:00Z", notAfter="2026-03-10T00:00:00Z"),
        "review": _norma(state="suspended"),
        "keystate": {"suspended": {"norma": ["did:web:norma.example#k1"]}},
        "stolen": _norma(state="compromised", frozenCheckpoint=log_proof()[1]),
        "stolen-no-tree": _norma(state="compromised"),
    }
    return {name: replace(Plan(version=number), **one) for number, (name, one) in enumerate(changes.items(), 1)}


CLOCKS: Sequence[timedelta] = (
    timedelta(0),
    timedelta(0),
    timedelta(seconds=-20),
    timedelta(seconds=91),
    timedelta(hours=-1, seconds=-301),
    -300 * DAY,
    2 * DAY,
    3 * DAY,
    29 * DAY,
    31 * DAY,
    401 * DAY,
    900 * DAY,
)
GOOD = ("competence", "permit", "skill", "holders-competence", "no-end", "ends-in-a-year", "pair", "two-codes")
"""Drawn more often, since a spoiled document ends before a world can say anything of it."""
FLOORS: Sequence[timedelta | None] = (None, None, None, timedelta(seconds=300), timedelta(seconds=301), 40 * DAY)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One world and one letter."""

    bundle: str | None
    now: datetime
    floor: datetime | None = None
    session: Session | None = None
    log_proofs: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    json: str | None = None
    about: str = ""

    def wire(self, number: int, bundle: InstalledBundle | None) -> dict[str, Any]:
        """As it stands in the file, with the report."""
        raw: bytes | tuple[str, ...] = self.texts if self.json is None else self.json.encode()
        report = judge(
            raw,
            bundle=bundle,
            now=self.now,
            floor=self.floor,
            session=self.session,
            seen=MemorySeen(),
            log_proofs=self.log_proofs,
        )
        row: dict[str, Any] = {"id": f"{number:04} {self.about}", "bundle": self.bundle, "now": moment(self.now)}
        if self.floor is not None:
            row["floor"] = moment(self.floor)
        if self.session is not None:
            asked = self.session
            row["session"] = {
                "challenge": asked.challenge,
                "domain": asked.domain,
                "issuedAt": moment(asked.issued_at),
            }
        if self.log_proofs:
            row["logProofs"] = list(self.log_proofs)
        row |= {"texts": list(self.texts)} if self.json is None else {"json": self.json}
        return {**row, "report": report.to_json()}


def chosen() -> Iterator[Case]:
    """Every document in the plain world, every bundle with the good ones: what must never be missing."""
    for name, document in DOCUMENTS.items():
        yield Case(bundle="plain", now=NOW, json=json.dumps(document, ensure_ascii=False), about=f"{name} as JSON")
    for name, texts in TEXTS.items():
        yield Case(bundle="plain", now=NOW, texts=texts, about=name)
        if name.startswith("live"):
            yield Case(bundle="plain", now=NOW, texts=texts, session=QUESTION, about=f"{name} to a question")
    for bundle in plans():
        for name in ("competence", "permit", "skill", "live", "unknown-issuer"):
            yield Case(bundle=bundle, now=NOW, texts=TEXTS[name], about=f"{name} in {bundle}")
    for vector in worlds.read("negative.json")["vectors"]:
        now = datetime.fromisoformat(vector["now"])
        yield Case(bundle="no-purposes", now=now, texts=(vector["qr_text"],), about=vector["id"])
    for number, raw in enumerate(NO_JSON):
        yield Case(bundle="plain", now=NOW, json=raw, about=f"bytes {number}")
    proof = log_proof()[0]
    for bundle in ("stolen", "stolen-no-tree"):
        yield Case(bundle=bundle, now=NOW, texts=(*TEXTS["competence"], proof), about=f"log proof beside, {bundle}")
        yield Case(bundle=bundle, now=NOW, texts=TEXTS["skill"], log_proofs=(proof,), about="log proof of another")
    yield Case(bundle=None, now=NOW, texts=TEXTS["competence"], about="no bundle")


def drawn(seed: str, count: int) -> Iterator[Case]:
    """Worlds drawn by lot: the same for the same seed."""
    draw = random.Random(seed)
    names = list(plans())
    for _ in range(count):
        bundle, now = draw.choice(names), NOW + draw.choice(CLOCKS)
        floor, session = draw.choice(FLOORS), draw.choice([None, None, QUESTION])
        name = draw.choice(GOOD if draw.random() < 0.7 else list(TEXTS))
        texts = TEXTS[name]
        if draw.random() < 0.1:
            other = draw.choice(list(TEXTS))
            name, texts = f"{name} and {other}", (*texts, *TEXTS[other])
        if draw.random() < 0.1:
            name, texts = f"live then ({name})", _live(now, draw)
        yield Case(
            bundle=bundle,
            now=now,
            floor=None if floor is None else NOW + floor,
            session=session,
            texts=texts,
            about=f"{name} in {bundle}",
        )


def _live(now: datetime, draw: random.Random) -> tuple[str, ...]:
    """A live code made around this very time."""
    passes = [makers.competence(subject=HOLDER.did), makers.permit(subject=HOLDER.did)][: draw.randrange(1, 3)]
    shown = makers.presented(passes, HOLDER, now=now + timedelta(seconds=draw.choice([-120, -60, 0, 60, 130])))
    text = worlds.text(shown)
    return frames.split(text) if draw.random() < 0.5 else (text,)


@dataclass
class Bundles:
    """Signed containers by name, installed as they are asked for."""

    rows: Mapping[str, Mapping[str, str]]
    installed: dict[str, InstalledBundle] = field(default_factory=dict)

    def find(self, name: str | None) -> InstalledBundle | None:
        if name is None:
            return None
        if name not in self.installed:
            row = self.rows[name]
            container, root = base64.b64decode(row["container"]), base64.b64decode(row["root"])
            self.installed[name] = install(container, trusted_root=root, now=datetime.fromisoformat(row["now"]))
        return self.installed[name]


def make_bundles() -> dict[str, dict[str, str]]:
    """All bundles as they stand in the file; each is installed at the time it was signed."""
    found = {}
    for name, plan in plans().items():
        made = worlds.pack(plan)
        found[name] = {
            "container": base64.b64encode(made.container()).decode(),
            "root": base64.b64encode(made.root).decode(),
            "now": moment(plan.signed_at),
        }
    return found


def make_cases(bundles: Bundles, *, seed: str = SEED, count: int = COUNT) -> list[dict[str, Any]]:
    """All cases with their reports."""
    every = [*chosen(), *drawn(seed, count)]
    return [case.wire(number, bundles.find(case.bundle)) for number, case in enumerate(every, 1)]


def write(folder: Path, *, seed: str, count: int) -> int:
    """Both files; gives how many cases there are."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = make_bundles()
    cases = make_cases(Bundles(rows), seed=seed, count=count)
    (folder / "bundles.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (folder / "cases.json").write_text(f"[\n{lines}\n]\n", "utf-8")
    return len(cases)


if __name__ == "__main__":
    where, lot, many = (*sys.argv[1:], *(str(FOLDER), SEED, str(COUNT))[len(sys.argv) - 1 :])
    print(write(Path(where), seed=lot, count=int(many)), "cases in", where)

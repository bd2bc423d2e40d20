"""The files of the demo, by the names that README promises: credentials, pictures, cards, tables, statuses."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from app.demo.cohorts import RowTold
from app.demo.people import ISSUERS, PERMITS, TRAINING, DemoIssuer
from app.demo.specimen import LEVELS, Specimen
from app.folder import DEMO_ENTRY
from app.provide import World
from issuer.papers.printing import VERIFIER
from issuer.status.service import Status
from kernel import qr
from kernel.dids import did_document
from kernel.keys import PublicKey
from kit.cards import Card, card_sheets
from kit.words import HERE, pass_words
from registry import contents
from schemas import contexts
from schemas.json import JsonObject

SCALE: Final = 6
"""Pixels a module in the PNG: a screen's share (FORMAT 8.4)."""


def make_folders(out: Path) -> None:
    """credentials/, qr/, cards/, imports/."""
    for name in ("credentials", "qr", "cards", "imports"):
        (out / name).mkdir(exist_ok=True)


def draw(out: Path, specimen: Specimen) -> int:
    """Write a specimen's credential, texts and pictures; gives the version of its symbols."""
    if specimen.document is not None:
        _json(out / "credentials" / f"{specimen.name}.json", specimen.document)
    (out / "qr" / f"{specimen.name}.txt").write_text("\n".join(specimen.texts), newline="")
    version = 0
    for text, name in zip(specimen.texts, specimen.picture_names(), strict=True):
        symbol = qr.symbol_fast(text, level=LEVELS[specimen.kind])
        version = max(version, symbol.version)
        (out / "qr" / f"{name}.png").write_bytes(qr.png(symbol, SCALE))
        (out / "qr" / f"{name}.svg").write_text(qr.svg(symbol), newline="")
    return version


def print_cards(out: Path, name: str, specimens: Iterable[Specimen], issuer: DemoIssuer, *, reached: str) -> None:
    """The cards of these passes as one tagged PDF."""
    labels = contents.labels("es")
    cards = [
        Card(
            words=pass_words(one.document, labels=labels, issuer=issuer.name_es, zone=HERE),
            text=one.whole,
            address=reached + VERIFIER,
        )
        for one in specimens
    ]
    if cards:
        (out / "cards" / f"{name}.pdf").write_bytes(card_sheets(cards))


def write_import(out: Path, name: str, rows: Iterable[RowTold]) -> None:
    """The dry run of a cohort, every row with its outcome and sentence."""
    _json(out / "imports" / f"{name}.json", [row.to_json() for row in rows])


def write_shared(world: World, out: Path) -> None:
    """contexts.json, tables.json, status.json: what others need to read and verify, and nothing secret."""
    documents: dict[str, Any] = {str(url): document for url, document in contexts.documents().items()}
    for issuer in ISSUERS:
        documents[issuer.did] = did_document(issuer.did, {issuer.method: _public(world, issuer)})
    _json(out / "contexts.json", documents)
    blocks = tuple(contents.Block(number=one.number, did=one.did, host=one.host) for one in ISSUERS)
    _json(out / "tables.json", contents.tables(DEMO_ENTRY, blocks))
    _json(out / "status.json", _lists(world))


def _public(world: World, issuer: DemoIssuer) -> PublicKey:
    bundle = world.bundle()
    if bundle is None:
        raise RuntimeError("the demo publishes before it writes")
    return bundle.issuers[issuer.did].keys[issuer.method].key


def _lists(world: World) -> list[JsonObject]:
    """The signed list credentials as they were published last."""
    found: list[JsonObject] = []
    for issuer in (TRAINING, PERMITS):
        with world.doors()[Status]() as opened:
            found += [json.loads(row.raw) for row in opened.store.lists(issuer.id) if row.raw is not None]
    return found


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

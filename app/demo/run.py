"""`puente demo`: the main job in order, told as it goes; the report; and whether all came out as planted."""

import json
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.demo import cohorts, founding, holder, output, plant, readback
from app.demo.cohorts import Imported
from app.demo.local_server import serving
from app.demo.people import ENTRY, HOLDER_ROW, PERMIT_ROWS, PERMITS, REVOKED_ROW, TRAINING
from app.demo.specimen import Specimen
from app.logs import set_up_logs
from app.main import create_app
from app.provide import World, open_world
from app.publish import publish
from app.settings import Settings
from app.words import Language
from issuer.cohort_words import ERRORS, SKIPS

_PLANTED_ROWS: Final = (HOLDER_ROW, REVOKED_ROW, 9)
"""Rows of the first cohort: the holder's, the revoked one, the suspended one; another file gives its first rows."""


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Progress in the person's language, with the seconds since the start."""

    lang: Language
    started: float

    def say(self, es: str, en: str) -> None:
        """One line."""
        print(f"[{time.monotonic() - self.started:5.1f} s] {es if self.lang == 'es' else en}", flush=True)


def run_demo(out: Path, *, cohort: Path | None, lang: Language, port: int) -> bool:
    """Run it all into `out`; True when every verdict and reason came out as planted."""
    teller = Teller(lang=lang, started=time.monotonic())
    try:
        founding.clear(out)
    except founding.NotOurs:
        teller.say(
            f"La carpeta {out} tiene otras cosas; elija otra con --out.",
            f"{out} holds other things; choose another with --out.",
        )
        return False
    set_up_logs((out / "demo.log").open("w"))
    settings = Settings().model_copy(
        update={
            "env": "demo",
            "data": out,
            "entry": ENTRY,
            "database": None,
            "approvals": 2,
            "waiving": 2,
            "announced_days": 0,
        }
    )
    with open_world(settings) as world:
        judged = _main_job(world, out, cohort, teller)
    faults = readback.faults_of(judged)
    for fault in faults:
        teller.say(f"✗ {fault}", f"✗ {fault}")
    _close(judged, faults, out, port, teller)
    return not faults


def _main_job(world: World, out: Path, cohort: Path | None, teller: Teller) -> list[readback.Judged]:
    output.make_folders(out)
    teller.say(
        "Base de datos, dos emisores de muestra y registro de confianza…", "Database, two demo issuers, trust registry…"
    )
    founding.found(world)
    imported = _import(world, cohort, teller)
    permits = cohorts.issue_permits(world, PERMIT_ROWS, "Estados de permiso (DEMO)")
    teller.say(f"{permits.issue} estados de permiso emitidos.", f"{permits.issue} permit statuses issued.")
    publish(world)
    at = world.clock.now()
    good = [_papers(world, one, at) for one in (*imported, permits)]
    with serving(create_app(world)) as base:
        specimens = _shown_and_planted(world, imported[0], permits, base, at, teller)
    publish(world)
    teller.say("Tarjetas, códigos y archivos…", "Cards, codes and files…")
    for one, papers in zip((*imported, permits), good, strict=True):
        issuer = PERMITS if one is permits else TRAINING
        output.print_cards(out, _slug(one.name), papers, issuer)
    output.write_shared(world, out)
    return _judge_all(world, out, [*(paper for papers in good for paper in papers), *specimens], teller)


def _import(world: World, cohort: Path | None, teller: Teller) -> list[Imported]:
    names = cohorts.DEMO_FILES if cohort is None else (cohort.name,)
    found: list[Imported] = []
    for name in names:
        content = cohorts.demo_file(name) if cohort is None else cohorts.read_cohort(cohort)
        one = cohorts.issue_cohort(world, name, content)
        found.append(one)
        teller.say(
            f"{name}: {one.issue} se emiten, {one.skip} se omiten, {one.error} con error.",
            f"{name}: {one.issue} issued, {one.skip} skipped, {one.error} in error.",
        )
        for code, count in sorted(one.codes.items()):
            word = {**ERRORS, **SKIPS}[code]
            teller.say(f"    {count} × {code}: {word.es}", f"    {count} × {code}: {word.en}")
    return found


def _papers(world: World, one: Imported, at: datetime) -> list[Specimen]:
    """The paper copies of an import, named by their row."""
    return [plant.paper(world, n, name=f"{_slug(one.name)}-{line:03}", at=at) for line, n in sorted(one.rows.items())]


def _slug(name: str) -> str:
    """cohort-demo.csv -> fila, cohort-demo-excel.csv -> excel; others by their own name."""
    known = {"cohort-demo.csv": "fila", "cohort-demo-excel.csv": "excel"}
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in Path(name).stem.lower())
    return known.get(name) or ("permiso" if "permiso" in plain else plain.strip("-") or "cohorte")


def _shown_and_planted(
    world: World, cohort: Imported, permits: Imported, base: str, at: datetime, teller: Teller
) -> list[Specimen]:
    """The holder's part and everything planted; the flips of status are published by the caller."""
    rows = sorted(cohort.rows.items())
    by_row = dict(rows)
    first, second, third = (by_row.get(row, rows[k % len(rows)][1]) for k, row in enumerate(_PLANTED_ROWS))
    permit = permits.rows[min(permits.rows)]
    teller.say("La titular prueba su llave y recoge sus copias…", "The holder proves her key and picks up her copies…")
    hers = holder.receive(world, base, [(TRAINING.id, first), (PERMITS.id, permit)])
    other = holder.receive(world, base, [(TRAINING.id, second)])
    specimens = holder.show(world, hers, world.clock.now())
    live = next(one for one in specimens if one.name == "titular-en-vivo")
    specimens.append(
        _later(
            live,
            "plantado-presentacion-pasada",
            plant.AFTER,
            "stale_presentation",
            "cannot_verify",
            ("stale_presentation",),
        )
    )
    specimens.append(plant.borrowed(world, hers.bound("CompetencePass"), world.clock.now()))
    specimens += _planted_status(world, first, second, third, other, at)
    specimens += plant.made_by_hand(world, hers.still("CompetencePass"), at)
    specimens += plant.foreign(at)
    return specimens


def _planted_status(
    world: World, first: int, second: int, third: int, other: holder.Holder, at: datetime
) -> list[Specimen]:
    """Revoked on paper and with the holder by one act; suspended; expired; future; stale; too old."""
    plant.flip(world, second, "revoke", "issued_in_error")
    plant.flip(world, third, "suspend", "authority_decision")
    revoked: dict[str, object] = {"planted": "revoked", "expected": "revoked", "expected_reasons": ("revoked",)}
    expired, future = plant.expired_permit(world, at), plant.future_row(world, at)
    fresh = plant.paper(world, first, name="base", at=at)
    return [
        plant.paper(world, second, name="plantado-anulado", at=at, **revoked),
        plant.from_document(world, other.bound("CompetencePass"), name="plantado-anulado-titular", at=at, **revoked),
        plant.paper(
            world,
            third,
            name="plantado-en-revision",
            at=at,
            planted="suspended",
            expected="under_review",
            expected_reasons=("suspended",),
        ),
        plant.paper(
            world,
            expired,
            name="plantado-vencido",
            at=at,
            planted="expired",
            expected="expired",
            expected_reasons=("expired",),
        ),
        plant.paper(
            world,
            future,
            name="plantado-futuro",
            at=at,
            planted="not_yet_valid",
            expected="cannot_verify",
            expected_reasons=("not_yet_valid",),
        ),
        _later(
            fresh,
            "plantado-estado-viejo",
            plant.LATER_STALE,
            "stale_status",
            "valid_as_of",
            ("bundle_expired", "stale"),
        ),
        _later(
            fresh,
            "plantado-estado-muy-viejo",
            plant.LATER_OLD,
            "old_status",
            "cannot_verify",
            ("bundle_expired", "status_too_old"),
        ),
    ]


def _later(one: Specimen, name: str, wait: timedelta, planted: str, verdict: str, reasons: tuple[str, ...]) -> Specimen:
    """The same code, judged later by the same bundle."""
    return replace(one, name=name, at=one.at + wait, planted=planted, expected=verdict, expected_reasons=reasons)


def _judge_all(world: World, out: Path, specimens: list[Specimen], teller: Teller) -> list[readback.Judged]:
    revoked = {one.whole: one for one in specimens if one.planted in {"revoked", "suspended"}}
    bundle = readback.install_alone(out, world.clock.now())
    judged: list[readback.Judged] = []
    for done, one in enumerate(specimens, 1):
        # The paper of a row whose status was flipped stands twice: under its row, and among the planted.
        twin = revoked.get(one.whole)
        told = (
            one
            if twin is None
            else replace(one, planted=twin.planted, expected=twin.expected, expected_reasons=twin.expected_reasons)
        )
        told = replace(told, at=max(told.at, world.clock.now()) if _is_plain(told) else told.at)
        judged.append(readback.read_back(out, told, bundle, output.draw(out, told)))
        if done % 50 == 0 or done == len(specimens):
            teller.say(
                f"{done} de {len(specimens)} códigos leídos dos veces y comprobados.",
                f"{done} of {len(specimens)} codes read twice and verified.",
            )
    (out / "report.json").write_text(json.dumps([one.to_json() for one in judged], ensure_ascii=False, indent=1) + "\n")
    return judged


def _is_plain(one: Specimen) -> bool:
    """Whether it is judged now: what is live or late has a time of its own."""
    return one.kind in {"pass-paper", "pass-holder", "pair", "foreign"} and one.planted not in {
        "stale_status",
        "old_status",
    }


def _close(judged: list[readback.Judged], faults: list[str], out: Path, port: int, teller: Teller) -> None:
    counts = Counter(one.report.verdict for one in judged)
    told = ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
    teller.say(f"Veredictos: {told}.", f"Verdicts: {told}.")
    if faults:
        teller.say(f"{len(faults)} no salieron como se plantó.", f"{len(faults)} did not come out as planted.")
        return
    teller.say("Todo salió como se plantó.", "All came out as planted.")
    teller.say(
        f"Mire en {out}/: cards/*.pdf para imprimir, qr/*.png para mostrar, report.json con todo.",
        f"Look in {out}/: cards/*.pdf to print, qr/*.png to show, report.json with everything.",
    )
    teller.say(
        f"La página del verificador: http://127.0.0.1:{port}/verifier/",
        f"The verifier's page: http://127.0.0.1:{port}/verifier/",
    )

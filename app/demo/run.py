"""`puente demo`: the main job in order, told as it goes; the report; and whether all came out as planted."""

import json
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from app.demo import casting, cohorts, founding, output, readback
from app.demo.cohorts import Imported
from app.demo.local_server import serving
from app.demo.people import PERMIT_ROWS, PERMITS, TRAINING
from app.demo.specimen import Specimen
from app.logs import set_up_logs
from app.main import create_app
from app.provide import World, open_world
from app.publish import publish
from app.settings import Settings
from app.words import Language


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
    settings = Settings().model_copy(update={"data": out, **founding.SETTINGS})
    with open_world(settings) as world:
        judged, strays = _main_job(world, out, cohort, teller)
    faults = [*readback.faults_of(judged), *strays]
    for fault in faults:
        teller.say(f"✗ {fault}", f"✗ {fault}")
    _close(judged, faults, out, port, teller)
    return not faults


def _main_job(world: World, out: Path, cohort: Path | None, teller: Teller) -> tuple[list[readback.Judged], list[str]]:
    """All of it; what was judged, and where an import did not end as it must."""
    output.make_folders(out)
    teller.say(
        "Base de datos, dos emisores de muestra y registro de confianza…", "Database, two demo issuers, trust registry…"
    )
    founding.found(world)
    imported = _import(world, out, cohort, teller)
    permits = cohorts.issue_permits(world, PERMIT_ROWS, "Estados de permiso (DEMO)")
    teller.say(f"{permits.issue} estados de permiso emitidos.", f"{permits.issue} permit statuses issued.")
    publish(world)
    at = world.clock.now()
    good = [casting.papers(world, one, at) for one in (*imported, permits)]
    teller.say("La titular prueba su llave y recoge sus copias…", "The holder proves her key and picks up her copies…")
    with serving(create_app(world)) as base:
        specimens = casting.shown_and_planted(world, imported[0], permits, base, at)
    publish(world)
    teller.say("Tarjetas, códigos y archivos…", "Cards, codes and files…")
    for one, papers in zip((*imported, permits), good, strict=True):
        issuer = PERMITS if one is permits else TRAINING
        output.print_cards(out, casting.slug(one.name), papers, issuer)
    output.write_shared(world, out)
    strays = [stray for one in imported for stray in cohorts.differs_from_expected(one)]
    return _judge_all(world, out, [*(paper for papers in good for paper in papers), *specimens], teller), strays


def _import(world: World, out: Path, cohort: Path | None, teller: Teller) -> list[Imported]:
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
        told = cohorts.row_by_row(content)
        output.write_import(out, casting.slug(name), told)
        for row in told:
            word = row.words
            if row.outcome != "error" or word is None:
                continue
            teller.say(
                f"    fila {row.row}, {row.column}: {word.es} [{row.code}]",
                f"    row {row.row}, {row.column}: {word.en} [{row.code}]",
            )
    return found


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

"""`puente demo`: the main job in order, told as it goes; the report; and whether all came out as planted."""

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.demo import casting, cohorts, console, founding, output, readback, slips
from app.demo.cohorts import Imported, Source
from app.demo.local_server import serving
from app.demo.people import PERMIT_ROWS, PERMITS, PERMITS_NAME, TRAINING
from app.demo.specimen import Specimen
from app.folder import DEMO
from app.logs import set_up_logs
from app.main import create_app
from app.opening import open_world
from app.provide import World
from app.publish import publish
from app.settings import Settings
from app.words import Language
from schemas.verification import Verdict

Expecting = Mapping[str, tuple[Verdict, tuple[str, ...]]]
"""A specimen's name -> verdict and reasons to expect of it."""
_MOST_TOLD: Final = 20
"""Rows in error that are told on the terminal; all of them stand in imports/."""


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Progress in the person's language, with the seconds since the start."""

    lang: Language
    started: float

    def say(self, es: str, en: str) -> None:
        """One line."""
        print(f"[{time.monotonic() - self.started:5.1f} s] {es if self.lang == 'es' else en}", flush=True)


def run_demo(
    out: Path,
    *,
    cohort: Path | None,
    lang: Language,
    port: int,
    serves: bool = True,
    expecting: Expecting | None = None,
) -> bool:
    """Run it all into `out`; True when every verdict and reason came out as planted.

    `expecting` puts other expectations in the place of some, by name: so it is shown that a wrong one is noticed.
    Raises what the reader of a cohort raises, before anything is written.
    """
    teller = Teller(lang=lang, started=time.monotonic())
    sources = cohorts.read_sources(cohort)
    try:
        founding.clear(out)
    except founding.NotOurs:
        teller.say(
            f"La carpeta {out} tiene otras cosas; elija otra con --out.",
            f"{out} holds other things; choose another with --out.",
        )
        return False
    settings = Settings().model_copy(update={"data": out, "port": port, **DEMO})
    with (out / "demo.log").open("w") as log:
        set_up_logs(log)
        try:
            with open_world(settings) as world:
                judged, strays = _main_job(world, out, sources, expecting or {}, teller)
        finally:
            set_up_logs()
    faults = [*readback.faults_of(judged), *strays]
    for fault in faults:
        teller.say(f"✗ {fault}", f"✗ {fault}")
    _close(judged, faults, teller)
    if not faults:
        _where(settings, serves, teller)
    return not faults


def _main_job(
    world: World, out: Path, sources: tuple[Source, ...], expecting: Expecting, teller: Teller
) -> tuple[list[readback.Judged], list[str]]:
    """All of it; what was judged, and where an import did not end as it must."""
    output.make_folders(out)
    teller.say(
        "Base de datos, dos emisores de muestra y registro de confianza…", "Database, two demo issuers, trust registry…"
    )
    founding.found(world)
    imported = [_import(world, out, source, teller) for source in sources]
    permits = cohorts.issue_permits(world, PERMIT_ROWS, PERMITS_NAME)
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
        output.print_cards(out, casting.slug(one.name), papers, issuer, reached=world.settings.reached)
    output.write_shared(world, out)
    waiting, misread = slips.lay(world, out, imported[0], permits)
    _tell_slips(waiting, teller)
    _tell_ways(console.invite(world, out), teller)
    strays = [stray for one, source in zip(imported, sources, strict=True) for stray in cohorts.strays(one, source)]
    specimens = [*(paper for papers in good for paper in papers), *specimens]
    return _judge_all(world, out, [_recast(one, expecting) for one in specimens], teller), [*strays, *misread]


def _tell_slips(waiting: list[slips.Waiting], teller: Teller) -> None:
    """What a new wallet can pick up, with the first code and its PIN."""
    first = waiting[0]
    code = f"{first.slip.code}, PIN {first.slip.pin} ({first.slip.name})"
    teller.say(
        f"{len(waiting)} hojas de reclamo abiertas en {slips.FOLDER}/; por ejemplo {code}.",
        f"{len(waiting)} open claim slips in {slips.FOLDER}/; for example {code}.",
    )


def _tell_ways(ways: tuple[console.Way, ...], teller: Teller) -> None:
    """How an officer and an approver come into the console; each makes her passkeys with her code."""
    codes = ", ".join(f"{way.person} {way.code}" for way in ways)
    teller.say(
        f"Invitaciones para la consola, también en {console.FILE}: {codes}.",
        f"Invitations to the console, also in {console.FILE}: {codes}.",
    )


def _recast(one: Specimen, expecting: Expecting) -> Specimen:
    verdict, reasons = expecting.get(one.name, (one.expected, one.expected_reasons))
    return replace(one, expected=verdict, expected_reasons=reasons)


def _import(world: World, out: Path, source: Source, teller: Teller) -> Imported:
    one = cohorts.issue_cohort(world, source.name, source.content)
    teller.say(
        f"{one.name}: {one.issue} se emiten, {one.skip} se omiten, {one.error} con error.",
        f"{one.name}: {one.issue} issued, {one.skip} skipped, {one.error} in error.",
    )
    slug = casting.slug(one.name)
    output.write_import(out, slug, source.rows)
    wrong = [(row, row.words) for row in source.rows if row.outcome == "error" and row.words is not None]
    for row, word in wrong[:_MOST_TOLD]:
        where = "" if row.column is None else f", {row.column}"
        teller.say(
            f"    fila {row.line}{where}: {word.es} [{row.code}]", f"    row {row.line}{where}: {word.en} [{row.code}]"
        )
    if (more := len(wrong) - _MOST_TOLD) > 0:
        teller.say(f"    y {more} más: imports/{slug}.json", f"    and {more} more: imports/{slug}.json")
    return one


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


def _close(judged: list[readback.Judged], faults: list[str], teller: Teller) -> None:
    counts = Counter(one.report.verdict for one in judged)
    told = ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
    teller.say(f"Veredictos: {told}.", f"Verdicts: {told}.")
    if faults:
        teller.say(f"{len(faults)} no salieron como se plantó.", f"{len(faults)} did not come out as planted.")
        return
    teller.say("Todo salió como se plantó.", "All came out as planted.")


def _where(settings: Settings, serves: bool, teller: Teller) -> None:
    """Where to look: the folder and the page."""
    out, port = settings.data, settings.port
    teller.say(
        f"Mire en {out}/: cards/*.pdf para imprimir, qr/*.png para mostrar, report.json con todo.",
        f"Look in {out}/: cards/*.pdf to print, qr/*.png to show, report.json with everything.",
    )
    base, served = f"http://127.0.0.1:{port}", f"puente serve --data {out} --port {port}"
    es, en = ("", "") if serves else (f" (después de {served})", f" (after {served})")
    teller.say(
        f"La página del verificador: {base}/verifier/, y la billetera: {base}/wallet/{es}",
        f"The verifier's page: {base}/verifier/, and the wallet: {base}/wallet/{en}",
    )
    teller.say(
        f"La consola de quien emite, con una invitación: {settings.console}",
        f"The issuer's console, with an invitation: {settings.console}",
    )

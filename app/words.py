"""The words of the command line: Spanish first, English by `PUENTE_LANG=en`; and a report told in sentences.

The sentences of verdicts and reasons are DOMAIN section 8's; reasons stand in `schemas/codes.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from kernel.bundle.installed import InstalledBundle
from kit.words import HERE
from schemas import codes
from schemas.json import JsonObject, JsonValue
from schemas.typed import shown
from schemas.verification import PassReport, Report

Language = Literal["es", "en"]
_MONTHS_ES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
              "noviembre", "diciembre")  # fmt: skip
HEADLINES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    # verdict: Spanish word, what to do; English word, what to do
    "valid": ("Válido", "Compare el nombre con el documento.", "Valid", "Compare the name with the document."),
    "valid_as_of": ("Válido con fecha de estado", "Si puede, actualice y revise otra vez.",
                    "Valid, with a status date", "Refresh and check again if you can."),
    "expired": ("Vencido", "Pregunte si tiene uno más reciente.", "Expired", "Ask whether there is a newer one."),
    "revoked": ("Anulado", "No lo use para decidir; la persona puede pedir aclaración al emisor.",
                "Cancelled by the issuer", "Do not decide with it; the person can ask the issuer."),
    "under_review": ("En revisión", "Espere o acuerde otra forma de comprobar.",
                     "Under review", "Wait, or agree on another way to check."),
    "cannot_verify": ("No lo puedo comprobar", "", "I cannot check it", ""),
}  # fmt: skip
_SYSTEMS: Final[Mapping[str, tuple[str, str]]] = {
    "url": ("Parece un enlace; no lo abrí.", "It looks like a link; I did not open it."),
    "smart_health_card": (
        "Parece una tarjeta de salud SMART (SMART Health Card).",
        "It looks like a SMART Health Card.",
    ),
    "eu_dcc": ("Parece un certificado COVID digital de la UE.", "It looks like an EU Digital COVID Certificate."),
    "jwt": ("Parece un JWT o SD-JWT.", "It looks like a JWT or SD-JWT."),
    "json": ("Parece un texto JSON.", "It looks like JSON text."),
    "puente_update": ("Es una actualización de la lista de confianza.", "It is an update of the trust list."),
    "puente_log_proof": ("Es una prueba de registro.", "It is a log proof."),
    "puente_request": ("Es la pregunta de un verificador.", "It is a verifier's request."),
    "puente_claim": ("Es un código para recibir un certificado.", "It is a code to receive a credential with."),
    "puente_sheet": (
        "Parece la hoja de recuperación de una billetera: es de su dueña y nadie tiene que comprobarla.",
        "It looks like a wallet's recovery sheet: it is its holder's own, and nobody needs to check it.",
    ),
    "other_credential": ("Parece una credencial de otro sistema.", "It looks like another system's credential."),
    "base45": ("Parece un código de otro sistema en base45.", "It looks like another system's base45 code."),
}
LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "copy": ("Copia o tarjeta: no prueba quién la muestra.", "Copy or card: it does not prove who shows it."),
    "live": ("Presentado en vivo por su titular.", "Presented live by its holder."),
    "live_challenge": (
        "Presentado en vivo por su titular, con reto.",
        "Presented live by its holder, with a challenge.",
    ),
}
_TIERS: Final[Mapping[str, tuple[str, str]]] = {
    "T1": ("Lo firma una autoridad: {}.", "Signed by an authority: {}."),
    "T2": ("Lo firma {}, que da fe.", "Signed by {}, who attests."),
    "T3": ("Lo declara la persona; nadie más lo ha comprobado.", "Stated by the person; nobody else has checked it."),
}


_SAME: Final = ("Mismo titular en todos los pases.", "The same holder in all passes.")
_SPELT: Final = (
    "Todos los pases están hechos para la misma llave, y quien los muestra la tiene. "
    "El nombre no está escrito igual en todos: compare cada uno con el documento.",
    "All passes are made for the same key, and whoever shows them holds it. "
    "The name is not written alike in all of them: compare each one with the document.",
)


def day(at: datetime, language: Language) -> str:
    """A date in words, in Bogotá's time."""
    there = at.astimezone(HERE)
    if language == "en":
        return f"{there:%-d %B %Y}"
    return f"{there.day} de {_MONTHS_ES[there.month - 1]} de {there.year}"


def _pick(pair: tuple[str, str], language: Language) -> str:
    return pair[0] if language == "es" else pair[1]


def _day_of(text: str | None, language: Language) -> str:
    return "" if text is None else day(datetime.fromisoformat(text), language)


def _is_own(report: Report) -> bool:
    """A code of Puente's that is no pass: of it nobody says that it is not Puente's."""
    return report.looks_like is not None and report.looks_like.startswith("puente_")


def _reason(code: str, report: Report, one: PassReport | None, language: Language) -> str:
    if report.looks_like is not None and _is_own(report):
        return _pick(_SYSTEMS[report.looks_like], language)
    row = codes.CODES[code]
    issuer = "" if one is None or one.issuer is None else one.issuer.name.get(language, "")
    when = "" if one is None or one.as_of is None else day(one.as_of, language)
    dates = {"expired": one.valid_until, "not_yet_valid": one.valid_from} if one is not None else {}
    when = _day_of(dates[code], language) if dates.get(code) else when
    age = one.status_age if one is not None and one.status_age is not None else report.seen_before
    values = {
        "{n}": "?" if age is None else str(age),
        "{fecha}": when,
        "{date}": when,
        "{Emisor}": issuer,
        "{Issuer}": issuer,
    }
    sentence = row.title_es if language == "es" else row.title_en
    for name, value in values.items():
        sentence = sentence.replace(name, value)
    return sentence


def _sentence(report: Report, one: PassReport, language: Language) -> str:
    when = "" if one.as_of is None else day(one.as_of, language)
    match one.verdict:
        case "valid":
            return _pick(
                (
                    f"La firma está bien y el estado es del {when}.",
                    f"The signature is right and the status is from {when}.",
                ),
                language,
            )
        case "valid_as_of":
            if not _CLOCK.isdisjoint((*report.reasons, *one.reasons)):  # by a wrong clock no age is known
                return _pick(
                    (f"La firma está bien. Lo último que sé del estado es del {when}.",
                     f"The signature is right. The last status I know is from {when}."), language,
                )  # fmt: skip
            n = one.status_age
            return _pick(
                (f"La firma está bien. Lo último que sé del estado es del {when} (hace {n} días).",
                 f"The signature is right. The last status I know is from {when} ({n} days ago)."), language,
            )  # fmt: skip
        case "expired" | "revoked" | "under_review" | "cannot_verify":
            return " ".join(dict.fromkeys(_reason(code, report, one, language) for code in _telling(one)))


_CLOCK: Final = frozenset({"clock_behind", "clock_far"})
_DATING: Final = frozenset({"bundle_expired", "stale", "clock_behind", "clock_far", "shown_before"})


def _telling(one: PassReport) -> tuple[str, ...]:
    """The reasons that explain the verdict; the others are marks beside it."""
    by_verdict = {"expired": ("expired",), "revoked": ("revoked",), "under_review": ("suspended", "key_review")}
    wanted = by_verdict.get(one.verdict)
    if wanted is not None:
        return tuple(code for code in one.reasons if code in wanted)
    # What only dates the information says nothing where something else has ended it.
    return tuple(code for code in one.reasons if code not in _DATING) or one.reasons


def label(bundle: InstalledBundle | None, language: Language, group: str, key: str) -> str:
    if bundle is None:
        return shown(key)
    labels: JsonValue = bundle.labels.get(language, {}).get(group, {})
    found = labels.get(key) if isinstance(labels, Mapping) else None
    if isinstance(found, Mapping):
        found = found.get("title")
    return shown(found if isinstance(found, str) else key)


def _facts(one: PassReport, bundle: InstalledBundle | None, language: Language) -> list[str]:
    claims: JsonObject = one.claims or {}
    lines = [label(bundle, language, "types", f"{one.type}/{one.scheme}")]
    if "norm" in claims:
        lines.append(label(bundle, language, "norms", f"{claims['norm']}/{claims.get('normVersion', '')}"))
    if isinstance(level := claims.get("level"), str):
        word = label(bundle, language, "levels", level).lower()
        lines.append(_pick((f"Nivel {word}", f"Level: {word}"), language))
    if claims.get("workAllowed") is True:
        lines.append(_pick(("Puede trabajar", "May work"), language))
    if one.valid_until is not None:
        until = _day_of(one.valid_until, language)
        lines.append(_pick((f"Hasta el {until}", f"Until {until}"), language))
    return lines


def _holder(report: Report) -> tuple[str, str] | None:
    """What one key proved of all passes, and whether they write the name alike; None where no key proved it."""
    if not report.same_holder or report.verdict == "cannot_verify":
        return None
    seen = [one.claims for one in report.passes if one.claims is not None and one.verdict != "cannot_verify"]
    return _SAME if len({shown(str(claims.get("name", ""))) for claims in seen}) < 2 else _SPELT


def tell(report: Report, bundle: InstalledBundle | None, language: Language) -> str:
    """A report in sentences, for a terminal."""
    es, do_es, en, do_en = HEADLINES[report.verdict]
    lines = [f"{_pick((es, en), language)}  [{report.verdict}]"]
    if report.looks_like is not None and not _is_own(report):
        lines.append("  " + _pick(_SYSTEMS[report.looks_like], language))
    if not report.passes:
        lines += [
            f"  {_reason(code, report, None, language)} ({code}{step and ', '}{step})"
            for code, step in zip(report.reasons, report.steps, strict=True)
        ]
    for one in report.passes:
        lines.append("  " + _sentence(report, one, language))
        if one.claims is not None and (one.verdict != "cannot_verify" or one.tier == "T3"):
            tail = one.claims.get("idTail")
            ends_in = shown(str(tail))
            ends = (
                ""
                if tail is None
                else _pick((f"  (el documento termina en {ends_in})", f"  (the document ends in {ends_in})"), language)
            )
            lines.append(f"  {shown(str(one.claims.get('name', '')))}{ends}")
            lines += ["  " + fact for fact in _facts(one, bundle, language)]
        if one.tier is not None and one.issuer is not None:
            lines.append(
                "  " + _pick(_TIERS[one.tier], language).format(shown(one.issuer.name.get(language, one.issuer.did)))
            )
        if one.reasons:
            lines.append("  " + ", ".join(f"{code} {step}" for code, step in zip(one.reasons, one.steps, strict=True)))
    holder = _holder(report)
    if holder is not None:
        lines.append("  " + _pick(holder, language))
    if report.level is not None:
        lines.append("  " + _pick(LEVELS[report.level], language))
    if holder is _SPELT and report.verdict == "valid":
        return "\n".join(lines)  # it says what to compare
    if do := _pick((do_es, do_en), language):
        lines.append("  → " + do)
    return "\n".join(lines)

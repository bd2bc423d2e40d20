"""A receipt told in sentences for a terminal: what came out then, by whose key; and that it says nothing of today."""

from datetime import datetime

from app.words import HEADLINES, LEVELS, Language, day, label
from kernel.bundle.installed import InstalledBundle
from kernel.receipt import Receipt
from kit.words import HERE


def tell_receipt(receipt: Receipt, bundle: InstalledBundle | None, language: Language) -> str:
    """A receipt whose signature held."""
    spanish = language == "es"

    def say(es: str, en: str) -> str:
        return es if spanish else en

    def word(verdict: str) -> str:
        es, _, en, _ = HEADLINES[verdict]
        return say(es, en)

    lines = [
        say("Constancia. Su firma está bien.", "Receipt. Its signature is right."),
        say("Se comprobó: ", "Checked: ") + _moment(receipt.judged_at, language),
        say("Resultado de entonces: ", "What came out then: ") + f"{word(receipt.verdict)}  [{receipt.verdict}]",
    ]
    for one in receipt.passes:
        kind = label(bundle, language, "types", f"{one.type}/{one.scheme}") if one.type else say("Un pase", "A pass")
        lines.append(f"{kind}: {word(one.verdict)}")
    if receipt.level is not None:
        lines.append(LEVELS[receipt.level][0 if spanish else 1])
    if receipt.bundle_version is not None:
        lines.append(say("Lista de confianza: versión ", "Trust list: version ") + str(receipt.bundle_version))
    lines.append(say("La firmó el aparato ", "Signed by the device ") + receipt.verifier)
    if receipt.note is not None:
        lines.append(say("Nota de quien comprobó: ", "Note of who checked: ") + receipt.note)
    of_whom = (
        say("ni de quién se trata", "nor of whom it is")
        if receipt.note is None
        else say("ni de quién se trata fuera de la nota", "nor of whom it is but in that note")
    )
    lines.append(
        say(
            f"→ No dice nada de hoy, {of_whom}. Para saber cómo está hoy, compruebe otra vez el código.",
            f"→ It says nothing about today, {of_whom}. To know how it stands today, check the code again.",
        )
    )
    return "\n  ".join(lines)


def tell_refused_receipt(code: str, language: Language) -> str:
    """One that does not hold."""
    if language == "es":
        es = "Algo cambió después de la firma, o no la hizo Puente. Pida la original."
        return f"Constancia. No la puedo comprobar.\n  {es} ({code})"
    en = "Something changed after it was signed, or Puente did not make it. Ask for the original."
    return f"Receipt. I cannot check it.\n  {en} ({code})"


def _moment(at: datetime, language: Language) -> str:
    """A date and an hour as a person reads them, in Bogotá's time."""
    there = at.astimezone(HERE)
    if language == "en":
        return f"{day(at, language)}, {there:%H:%M}, Bogotá time"
    half = "a. m." if there.hour < 12 else "p. m."
    return f"{day(at, language)}, {there.hour % 12 or 12}:{there:%M} {half}, hora de Bogotá"

"""The command line's words for a wallet: a pass kept, a pass that came. Spanish first; nothing is decided here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from app.words import Language, tell
from kernel.bundle.installed import InstalledBundle
from schemas import codes
from schemas.json import JsonObject
from schemas.typed import shown
from wallet.listing import Line
from wallet.receiving import Arrival
from wallet.seeing import SeenClaim

SEEN: Final = {
    "type": ("Qué es", "What it is"),
    "name": ("Nombre completo", "Full name"),
    "norm": ("Qué sabe hacer", "What you can do"),
    "normVersion": ("Versión de la norma", "Version of the norm"),
    "skills": ("Qué estudió o sabe", "What you studied or know"),
    "occupation": ("Oficio", "Occupation"),
    "level": ("Nivel", "Level"),
    "hours": ("Horas", "Hours"),
    "certificate": ("Número del certificado", "Certificate number"),
    "workAllowed": ("Si puede trabajar", "Whether you may work"),
    "permitStatus": ("Estado del permiso", "State of the permit"),
    "country": ("Nacionalidad", "Nationality"),
    "idType": ("Tipo de documento", "Type of document"),
    "idTail": ("Final de su documento", "End of your document"),
    "birthYear": ("Año de nacimiento", "Year of birth"),
    "municipality": ("Municipio", "Municipality"),
    "issuer": ("Quién lo firma", "Who signs it"),
    "validFrom": ("Desde cuándo", "Since when"),
    "validUntil": ("Hasta cuándo", "Until when"),
    "credentialStatus": ("Dónde se mira su estado", "Where its status is looked up"),
    "id": ("La llave de su billetera", "Your wallet's key"),
    "other": ("Otro dato", "Another detail"),
}
"""A row of what a reader sees, in Spanish and English: the pages' words, which a test compares."""


def tell_line(line: Line, language: Language) -> str:
    """A pass kept, for a terminal."""
    spanish = language == "es"
    words = line.words
    since, until, by = ("desde el", "hasta el", "Firma") if spanish else ("from", "until", "Signed by")
    dates = " ".join(
        part
        for part in (f"{since} {words.starts}" if words.starts else "", f"{until} {words.ends}" if words.ends else "")
        if part
    )
    live = ("se puede mostrar en vivo" if spanish else "can be shown live") if line.bound else ""
    facts = (words.what, words.level, words.norm, dates, f"{by}: {words.issuer}" if words.issuer else "", live)
    reasons = f" ({', '.join(line.reasons)})" if line.reasons else ""
    head = f"{line.name[:8]}  {words.kind}\n  {words.name}"
    return head + "".join(f"\n  {fact}" for fact in facts if fact) + f"\n  [{line.verdict}]{reasons}"


def tell_arrival(arrival: Arrival, bundle: InstalledBundle | None, language: Language) -> str:
    """A pass that came: what the verifier says, and whether it was kept."""
    spanish = language == "es"
    if arrival.report is not None and arrival.reasons == arrival.report.reasons:
        said = tell(arrival.report, bundle, language)
    else:
        rows = [codes.CODES[reason] for reason in arrival.reasons]
        said = "\n".join((row.title_es if spanish else row.title_en) + f" [{row.name}]" for row in rows)
    if arrival.name is not None:
        said += f"\n  Guardado: {arrival.name[:8]}" if spanish else f"\n  Kept: {arrival.name[:8]}"
        if arrival.replaces is not None:
            former = arrival.replaces[:8]
            said += (
                f"\n  Toma el lugar del anulado {former}" if spanish else f"\n  In the place of the cancelled {former}"
            )
        return said
    return said + ("\n  No se guardó." if spanish else "\n  Not kept.")


def tell_seen(rows: Sequence[SeenClaim], bundle: InstalledBundle | None, language: Language) -> str:
    """What a reader sees of one pass, a line a row."""
    labels = {} if bundle is None else bundle.labels.get(language, {})
    return "\n".join(f"  {SEEN[row.word][language == 'en']}: {_value(row, labels)}" for row in rows)


def _value(row: SeenClaim, labels: JsonObject) -> str:
    """In the bundle's words, else as it stands in the pass."""
    table = labels.get(row.table) if row.table is not None else None
    words = [table.get(code) for code in row.codes] if isinstance(table, Mapping) else []
    titles = [word.get("title") if isinstance(word, Mapping) else word for word in words]
    if titles and all(isinstance(title, str) for title in titles):
        return ", ".join(map(str, titles))
    return shown(row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False))


def to_json(line: Line) -> dict[str, Any]:
    """A pass kept, as JSON."""
    return {
        "name": line.name,
        **{("holder" if key == "name" else key): value for key, value in asdict(line.words).items()},
        "verdict": line.verdict,
        "reasons": list(line.reasons),
        "tier": line.tier,
        "bound": line.bound,
        "profiles": list(line.profiles),
        "receivedAt": line.received_at,
    }

"""The command line's words for a wallet: a pass kept, a pass that came. Spanish first; nothing is decided here."""

from dataclasses import asdict
from typing import Any

from app.words import Language, tell
from kernel.bundle.installed import InstalledBundle
from schemas import codes
from wallet.listing import Line
from wallet.receiving import Arrival


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
        return said + (f"\n  Guardado: {arrival.name[:8]}" if spanish else f"\n  Kept: {arrival.name[:8]}")
    return said + ("\n  No se guardó." if spanish else "\n  Not kept.")


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

"""What a holder shows: passes as a still code, or signed live by her key (TRUST section 9, FORMAT sections 8, 9).

The texts made here go into a QR as they are: one symbol, or frames where one is too small. Nothing is sent anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kernel import frames, presentation
from kernel.cborld import EMPTY_ENTRY, PASS_CHARS, SYMBOL_CHARS, Dictionary, to_text
from kernel.errors import NotBelieved, WrongShape
from kernel.ports import Signer
from kernel.presentation import Freshness
from kernel.proofs import integrity
from schemas import bounds
from schemas.identifiers import Did
from schemas.json import JsonObject, JsonValue
from schemas.terms import AUTHENTICATION
from wallet.kept import claims

Manner = Literal["static", "live", "answer"]
QrLevel = Literal["L", "M"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """The texts to draw: one, or the frames of one. `until` = when a live code is to be drawn anew, None if never."""

    manner: Manner
    texts: tuple[str, ...]
    level: QrLevel
    until: datetime | None


def static(passes: Sequence[JsonObject], *, dictionary: Dictionary) -> Shown:
    """A still code: proves what the issuers said, not who shows it. Raises Invalid `too_large_for_qr`."""
    _require_some(passes)
    entry = entry_of(dictionary)
    if len(passes) == 1:
        text = to_text(passes[0], dictionary=dictionary, entry=entry, bound=bounds.QR_TEXT.size)
        return Shown(manner="static", texts=_drawn(text), level="M" if len(text) <= PASS_CHARS else "L", until=None)
    text = to_text(list(passes), dictionary=dictionary, entry=entry, bound=bounds.QR_TEXT.size)
    return Shown(manner="static", texts=_drawn(text), level="L", until=None)


def live(passes: Sequence[JsonObject], *, signer: Signer, holder: Did, dictionary: Dictionary, now: datetime) -> Shown:
    """Signed now, for nobody in particular; to be made anew at the next step of 30 s."""
    return _signed("live", passes, presentation.live(now), signer, holder, dictionary)


def answer(
    passes: Sequence[JsonObject],
    *,
    challenge: str,
    domain: str | None,
    signer: Signer,
    holder: Did,
    dictionary: Dictionary,
    now: datetime,
) -> Shown:
    """Signed for one verifier's letters, whatever the clocks say."""
    freshness = presentation.answer(now, challenge=challenge, domain=domain)
    return _signed("answer", passes, freshness, signer, holder, dictionary)


def at_desk(
    document: JsonObject, *, challenge: str, signer: Signer, holder: Did, now: datetime
) -> dict[str, JsonValue]:
    """The presentation of one pass for its own issuer's desk, and for nobody else (a dispute).

    Raises NotBelieved `holder_mismatch`, Malformed `bad_request` for a challenge that is none of a desk.
    """
    _require_hers((document,), holder)
    freshness = presentation.at_desk(now, challenge=challenge, issuer=str(document.get("issuer")))
    return _proved((document,), freshness, signer)


def is_bound_to(document: JsonObject, holder: Did) -> bool:
    """Whether the pass was made for this key."""
    return claims(document).get("id") == holder


def entry_of(dictionary: Dictionary) -> int:
    """The registry entry to write under: the bundle's newest one with tables. Raises unknown_registry_entry."""
    numbers = [number for number in dictionary.entries if number != EMPTY_ENTRY]
    if not numbers:
        raise WrongShape("unknown_registry_entry", detail="the bundle has no entry to write under")
    return max(numbers)


def _signed(
    manner: Manner,
    passes: Sequence[JsonObject],
    freshness: Freshness,
    signer: Signer,
    holder: Did,
    dictionary: Dictionary,
) -> Shown:
    _require_some(passes)
    _require_hers(passes, holder)
    signed = _proved(passes, freshness, signer)
    text = to_text(signed, dictionary=dictionary, entry=entry_of(dictionary), bound=bounds.QR_TEXT.size)
    until = None
    if manner == "live":
        until = datetime.fromisoformat(freshness.created) + timedelta(seconds=presentation.STEP)
    return Shown(manner=manner, texts=_drawn(text), level="L", until=until)


def _proved(passes: Sequence[JsonObject], freshness: Freshness, signer: Signer) -> dict[str, JsonValue]:
    return integrity.add(
        presentation.compose(passes),
        signer=signer,
        purpose=AUTHENTICATION,
        created=freshness.created,
        challenge=freshness.challenge,
        domain=freshness.domain,
    )


def _require_hers(passes: Sequence[JsonObject], holder: Did) -> None:
    if not all(is_bound_to(document, holder) for document in passes):
        raise NotBelieved("holder_mismatch", detail="only a pass made for this wallet's key can be shown live")


def _drawn(text: str) -> tuple[str, ...]:
    """One symbol up to 15-L; else frames, each 11-M at most (FORMAT 9)."""
    return (text,) if len(text) <= SYMBOL_CHARS else frames.split(text)


def _require_some(passes: Sequence[JsonObject]) -> None:
    if not 0 < len(passes) <= bounds.QR_PASSES:
        raise WrongShape("invalid_shape", detail="between one and four passes are shown at a time", pointer="/passes")

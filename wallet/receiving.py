"""What comes to a holder: verified first with the installed bundle, kept only if it holds (DOMAIN P2, P8).

What is not kept is explained by the verifier's own codes. A paper whose time has ended may be kept as history (P8: an
old PEP) and says so; one that is revoked, under review or cannot be checked is not. Nothing is fetched here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kernel import codec, frames
from kernel.bundle.installed import InstalledBundle
from kernel.cborld import from_text, is_presentation
from kernel.errors import Invalid, WrongShape
from kernel.verify import MemorySeen, judge
from schemas import bounds
from schemas.json import JsonObject
from schemas.verification import Report, Verdict
from wallet.holder import OpenWallet
from wallet.kept import DISPUTE, Kept, claims
from wallet.succeeding import renewed

_WORTH_KEEPING: Final[frozenset[Verdict]] = frozenset({"valid", "valid_as_of", "expired"})
_FRAME: Final = "VF1-"
NO_BUNDLE: Final = "no bundle is installed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trusted:
    """What a wallet judges by: the bundle of the moment, the device's clock, and the stored time floor (V2)."""

    bundle: InstalledBundle | None
    now: datetime
    floor: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """One pass that came: what the verifier says of it, and its name in the wallet, None where it was not kept.

    `verdict` and `reasons` are the report's, but for what only the wallet can say (`holder_mismatch`).
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    report: Report | None
    name: str | None
    replaces: str | None = None
    """The name of the cancelled pass of hers whose place it took."""


def receive(wallet: OpenWallet, sent: str | bytes, *, by: Trusted) -> tuple[OpenWallet, tuple[Arrival, ...]]:
    """A card's or a screen's QR text (frames one a line), or the bytes of one credential in JSON.

    The wallet with what held, and one Arrival a pass. Raises nothing about what came: that is in the Arrivals.
    """
    try:
        documents = _read(sent, by.bundle)
    except Invalid as ended:
        return wallet, (_refused(ended.code),)
    return receive_all(wallet, documents, by=by)


def receive_all(
    wallet: OpenWallet, documents: Sequence[JsonObject], *, by: Trusted
) -> tuple[OpenWallet, tuple[Arrival, ...]]:
    """Credentials as documents, as a pick-up gives them. One that renews a cancelled pass takes its place."""
    looked = [judged(wallet, document, by=by) for document in documents]
    good = [at for at, arrival in enumerate(looked) if arrival.verdict in _WORTH_KEEPING]
    new = [at for at in good if wallet.name_of(documents[at]) is None]
    taken = renewed([documents[at] for at in new], _cancelled(wallet, by=by) if new else ())
    places = dict(zip(new, taken, strict=True))
    arrivals = list(looked)
    for at in good:
        document, former = documents[at], places.get(at)
        wallet = _in_place(wallet, document, former, now=by.now)
        arrivals[at] = replace(looked[at], name=wallet.name_of(document), replaces=former)
    return wallet, tuple(arrivals)


def _cancelled(wallet: OpenWallet, *, by: Trusted) -> tuple[Kept, ...]:
    """Hers that the list calls cancelled."""
    standing = (kept for kept in wallet.passes() if not kept.gone)
    return tuple(kept for kept in standing if judge_document(kept.document, by=by).verdict == "revoked")


def _in_place(wallet: OpenWallet, document: JsonObject, former: str | None, *, now: datetime) -> OpenWallet:
    """With that pass; in the place of that one of hers, what she asked about it is asked about this one."""
    kept = wallet.keep(document, now=now, replaces=former)
    name = kept.name_of(document)
    for note in kept.notes(DISPUTE) if former is not None else ():
        if note.body.get("pass") == former:
            kept = kept.change_note(note.name, {**note.body, "pass": name}, now=now)
    return kept


def judged(wallet: OpenWallet, document: JsonObject, *, by: Trusted) -> Arrival:
    """What the verifier says of a pass that came, and whether it is for this wallet; nothing is kept."""
    if is_presentation(document):
        return _refused("invalid_shape")  # somebody's answer, not a pass to keep
    report = judge_document(document, by=by)
    verdict, reasons = report.verdict, report.reasons
    if verdict in _WORTH_KEEPING and not _is_for(wallet, document):
        verdict, reasons = "cannot_verify", ("holder_mismatch",)
    return Arrival(verdict=verdict, reasons=reasons, report=report, name=None)


def judge_document(document: JsonObject, *, by: Trusted) -> Report:
    """What the verifier says of one credential now."""
    raw = codec.write(document)
    return judge(raw, bundle=by.bundle, now=by.now, floor=by.floor, session=None, seen=MemorySeen())


def signed_at(bundle: InstalledBundle) -> datetime:
    """Up to when the list in use knows of anything: when the newest of it was signed."""
    return bundle.floor_off if bundle.floor_on is None else max(bundle.floor_off, bundle.floor_on)


def _read(sent: str | bytes, bundle: InstalledBundle | None) -> Sequence[JsonObject]:
    if isinstance(sent, bytes):
        return (codec.read(sent, bound=bounds.CREDENTIAL).document,)
    if bundle is None:
        # Without the bundle's tables a QR cannot even be read; the verifier's word for that is V1's.
        raise WrongShape("no_bundle", detail=NO_BUNDLE, step="V1")
    # Only line ends are the carrier's: a blank is a character of base45.
    lines = [line for line in sent.split("\n") if line]
    lines = [line.removesuffix("\r") for line in lines]
    text = frames.join(lines) if lines and all(line.startswith(_FRAME) for line in lines) else "\n".join(lines)
    decoded = from_text(text, dictionary=bundle.dictionary)
    return decoded.documents if decoded.presentation is None else (decoded.presentation,)


def _refused(reason: str) -> Arrival:
    return Arrival(verdict="cannot_verify", reasons=(reason,), report=None, name=None)


def _is_for(wallet: OpenWallet, document: JsonObject) -> bool:
    """A pass bound to a key is kept only by who holds the key: nobody else could ever show it live."""
    bound = claims(document).get("id")
    return bound is None or bound == wallet.did

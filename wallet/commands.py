"""A holder's wallet in one file, as plain functions for a command line: each opens, acts, and replaces the file whole.

What is printed, asked and where files are is `app/wallet_cli.py`'s. Nothing is kept between two calls but the file.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal

from kernel.bundle.installed import InstalledBundle
from kernel.errors import Invalid, NotFound, Unavailable
from kernel.ports import Fetch, Random
from schemas.identifiers import Url
from wallet.choosing import Choice, Display, chosen, display
from wallet.disputing import (
    MAYBE,
    Answered,
    Objection,
    ask_after,
    deliver,
    note_named,
    open_disputes,
    prepare,
    take_back,
    unsent,
)
from wallet.files import VaultFile
from wallet.holder import OpenWallet, Secret, create, open_wallet, restore
from wallet.kept import Note
from wallet.listing import Line, line, lines
from wallet.pickup import Offer, pick_up
from wallet.receiving import NO_BUNDLE, Arrival, Trusted, receive, receive_all
from wallet.remembered import remember_sheet
from wallet.seeing import SeenClaim, seen_claims

SHEET_GROUPS: Final = 7
ASKED_BACK: Final = 3
Asked = Literal["sent", "already", "unsure"]
"""`already`: the issuer has another of hers, which is noted instead. `unsure`: perhaps it arrived; it is sent again."""
NOTHING_STOOD: Final = Answered(state="withdrawn", text="", arrivals=(), taken=False, ending="holds")
"""What she takes back that the issuer never had, or did not take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pocket:
    """One wallet file and what it is used with: what to judge by, randomness, the language of words."""

    file: VaultFile
    by: Trusted
    random: Random
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A new wallet: its key's DID, and the letters to write down."""

    did: str
    sheet: str


def make(pocket: Pocket, passphrase: str) -> Made:
    """A new wallet file. Raises Malformed `weak_passphrase`; Conflict where a file stands."""
    opened, sheet = create(passphrase, random=pocket.random)
    made = remember_sheet(opened, sheet, now=pocket.by.now, random=pocket.random)
    pocket.file.begin(made.sealed(pocket.random))
    return Made(did=opened.did, sheet=sheet)


def groups_to_ask(random: Random) -> tuple[int, ...]:
    """Three different groups of the sheet, counted from 1, to be typed back (TRUST section 8)."""
    left = list(range(1, SHEET_GROUPS + 1))
    return tuple(sorted(left.pop(random(1)[0] % len(left)) for _each in range(ASKED_BACK)))


def is_group(sheet: str, number: int, typed: str) -> bool:
    """Whether this is the group of that number."""
    return sheet.split("-")[number - 1] == typed.strip().upper()


def take(pocket: Pocket, secret: Secret, sent: str | bytes) -> tuple[Arrival, ...]:
    """Receive a QR's text or a credential file. Raises Malformed `vault_unreadable`."""
    opened, arrivals = receive(_open(pocket, secret), sent, by=pocket.by)
    _keep(pocket, opened, arrivals)
    return arrivals


def fetch_offer(pocket: Pocket, secret: Secret, offer: Offer, *, fetch: Fetch) -> tuple[Arrival, ...]:
    """Receive from an issuer by code and PIN. Raises Unavailable, Invalid `wrong_secret`, `offer_used`…"""
    opened = _open(pocket, secret)
    documents = pick_up(offer, fetch=fetch, signer=opened.signer(), now=pocket.by.now)
    opened, arrivals = receive_all(opened, documents, by=pocket.by)
    _keep(pocket, opened, arrivals)
    return arrivals


def correct(pocket: Pocket, secret: Secret, objection: Objection, issuer: Url, *, fetch: Fetch) -> Asked:
    """Dispute a pass at its issuer; it is kept before it is sent. Raises NotFound, Unavailable, Invalid."""
    opened, now = _open(pocket, secret), pocket.by.now
    opened, name = prepare(opened, objection, issuer=issuer, fetch=fetch, now=now, random=pocket.random)
    opened = _kept(pocket, secret, opened)
    try:
        sent = deliver(opened, name, issuer=issuer, fetch=fetch, now=now, keep=partial(_kept, pocket, secret))
    except Unavailable:
        return "unsure"
    except Invalid as refused:
        if refused.code in MAYBE:
            return "unsure"
        _kept(pocket, secret, _open(pocket, secret).drop_note(name))
        raise
    pocket.file.keep(sent.sealed(pocket.random))
    return "already" if note_named(sent, name).body.get("found") else "sent"


def answers(pocket: Pocket, secret: Secret, issuer: Url | None, *, fetch: Fetch) -> tuple[Answered, ...]:
    """What became of each open dispute, taken in; `issuer` is asked where a note does not say whom."""
    told: list[Answered] = []
    before = _open(pocket, secret)
    for note in open_disputes(before):
        asked = note.body.get("issuer") or issuer
        if isinstance(asked, str):
            with suppress(Unavailable):  # an issuer that is not there now is asked the next time
                before, ticketed = _ticketed(pocket, secret, before, note, Url(asked), fetch, anew=True)
                if ticketed is None:
                    opened, answered = unsent(before, note, now=pocket.by.now)
                else:
                    opened, answered = ask_after(before, ticketed, issuer=Url(asked), fetch=fetch, by=pocket.by)
                before = before if opened is before else _kept(pocket, secret, opened)
                told.append(answered)
    return tuple(told)


def _ticketed(
    pocket: Pocket, secret: Secret, opened: OpenWallet, note: Note, issuer: Url, fetch: Fetch, *, anew: bool
) -> tuple[OpenWallet, Note | None]:
    """The note with its ticket: what was kept and perhaps never arrived is sent first, with `anew` by a new proof too.

    None in its place where nothing of it stands at the issuer. Raises Unavailable.
    """
    if note.body.get("ticket"):
        return opened, note
    now, keep = pocket.by.now, partial(_kept, pocket, secret)
    try:
        sent = keep(deliver(opened, note.name, issuer=issuer, fetch=fetch, now=now, keep=keep if anew else None))
        return sent, note_named(sent, note.name)
    except Invalid as refused:
        if refused.code in MAYBE:
            raise Unavailable("network_unavailable", detail="the issuer takes it another time") from refused
        return _open(pocket, secret), None


def withdraw(pocket: Pocket, secret: Secret, name: str, issuer: Url | None, *, fetch: Fetch) -> Answered:
    """Take back what was asked about a pass; one that was answered before is taken in. Raises NotFound, Unavailable."""
    opened = _open(pocket, secret)
    kept = opened.find(name)
    for note in open_disputes(opened):
        asked = note.body.get("issuer") or issuer
        if note.body.get("pass") == kept.name and isinstance(asked, str):
            opened, ticketed = _ticketed(pocket, secret, opened, note, Url(asked), fetch, anew=False)
            if ticketed is None:
                _kept(pocket, secret, opened.drop_note(note.name))
                return NOTHING_STOOD
            opened, answered = take_back(opened, ticketed, issuer=Url(asked), fetch=fetch, by=pocket.by)
            pocket.file.keep(opened.sealed(pocket.random))
            return answered
    raise NotFound("not_found", detail="nothing that was asked about this pass waits for an answer of a known issuer")


def list_all(pocket: Pocket, secret: Secret) -> tuple[Line, ...]:
    """Every pass in words, judged now."""
    return lines(_open(pocket, secret), by=pocket.by, language=pocket.language)


def look_at(pocket: Pocket, secret: Secret, name: str) -> Line:
    """One pass; raises NotFound."""
    opened = _open(pocket, secret)
    return line(opened.find(name), wallet=opened, by=pocket.by, language=pocket.language)


def present(pocket: Pocket, secret: Secret, choice: Choice) -> Display:
    """Texts to draw, noted in the wallet's history. Raises Invalid `over_asking`, `holder_mismatch`, `no_bundle`."""
    opened = _open(pocket, secret)
    made = display(opened, choice, bundle=_bundle(pocket), now=pocket.by.now)
    noted = opened.note_show(made.note(), now=pocket.by.now, random=pocket.random)
    pocket.file.keep(noted.sealed(pocket.random))
    return made


def preview(pocket: Pocket, secret: Secret, choice: Choice) -> tuple[tuple[SeenClaim, ...], ...]:
    """What whoever reads the code would see, a pass at a time; nothing is made or noted. Raises as `present`."""
    opened = _open(pocket, secret)
    passes = chosen(opened, choice, profiles=_bundle(pocket).policy.profiles)
    return tuple(seen_claims(kept.document) for kept in passes)


def export(pocket: Pocket, secret: Secret, target: Path) -> None:
    """A copy of the sealed file, once it is shown that it opens. Raises Conflict where a file stands."""
    raw = pocket.file.load()
    open_wallet(raw, secret)
    VaultFile(path=target).copy_in(raw)


def bring_back(pocket: Pocket, source: Path, secret: Secret, passphrase: str) -> str:
    """A wallet from its file by sheet or passphrase, under a new passphrase; gives its DID. Raises Conflict."""
    opened = restore(VaultFile(path=source).load(), secret, passphrase=passphrase, random=pocket.random)
    pocket.file.begin(opened.sealed(pocket.random))
    return opened.did


def _bundle(pocket: Pocket) -> InstalledBundle:
    if pocket.by.bundle is None:
        raise Invalid("no_bundle", detail=NO_BUNDLE, step="V1")
    return pocket.by.bundle


def _kept(pocket: Pocket, secret: Secret, opened: OpenWallet) -> OpenWallet:
    """The wallet as it stands in its file from now on."""
    pocket.file.keep(opened.sealed(pocket.random))
    return _open(pocket, secret)


def _open(pocket: Pocket, secret: Secret) -> OpenWallet:
    return open_wallet(pocket.file.load(), secret)


def _keep(pocket: Pocket, opened: OpenWallet, arrivals: Sequence[Arrival]) -> None:
    if any(arrival.name for arrival in arrivals):
        pocket.file.keep(opened.sealed(pocket.random))

"""A holder disputes a pass at its issuer, and takes the answer in (DOMAIN P6). Over Fetch; her key proves whose it is.

The ticket lies in the vault as a note, {"type": "dispute", "ticket", "pass", "kind", "text", "sentAt", "state",
"answer", "wanted": the name as it should read, "taken": whether a pass came in its place, "heard": whether she knows
the answer} and where it was asked ("issuer"; a page asks its own origin). It is kept before it is sent, with
"request", all that is sent, and no ticket: a reply may be lost, and the same proof gives the same ticket. With "unsent"
as its state nothing of it stands, and she is to ask again; "found": it waited already, asked for in other words. What
comes is verified first, then kept where it may stand (`succeeding.py`).
What a newer list may make good is asked for again; what never holds ends it ("held": false; "listed": false too where
no list knew it in time), and nothing of hers changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from kernel import codec
from kernel.errors import Invalid, NotBelieved, NotFound, WrongShape
from kernel.ports import Fetch, Random
from schemas.disputes import DisputeKind, DisputeState, says_no_other_name
from schemas.identifiers import Url
from schemas.json import JsonObject
from schemas.terms import JSON_MEDIA
from schemas.verification import moment
from wallet.holder import OpenWallet
from wallet.issuers import ANSWER, credential_of, read_answer, rows_of, short
from wallet.kept import DISPUTE, Note
from wallet.receiving import Arrival, Trusted, judged, signed_at
from wallet.showing import at_desk, is_bound_to
from wallet.succeeding import OPEN, WITHDRAWN, Ending, ending, settle

UNSENT: Final = "unsent"
MAYBE: Final = frozenset({"too_many_requests", "stale_version"})
"""Refusals that say nothing of what arrived before. After any other, nothing of it stands."""
STALE: Final = frozenset({"stale_presentation", "challenge_mismatch"})
"""Nothing stands by this proof: by a new one it may be asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """What is wrong with a pass, in the holder's words; `right` is how the name should read."""

    name: str
    kind: DisputeKind
    text: str
    right: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What became of a dispute, and the passes that came with it; open as long as one may still come to hold."""

    state: DisputeState
    text: str
    arrivals: tuple[Arrival, ...]
    taken: bool
    """The pass that was asked about has a successor, which stands in its place."""
    ending: Ending
    unsent: bool = False
    """Nothing of it stands at the issuer, nor can it be sent any more: she is to ask again."""


def prepare(
    wallet: OpenWallet, objection: Objection, *, issuer: Url, fetch: Fetch, now: datetime, random: Random
) -> tuple[OpenWallet, str]:
    """The wallet with a note of what is to be sent, which `deliver` sends once it is kept; and the note's name.

    Raises NotFound, NotBelieved, `same_name`, Unavailable, Invalid, also `dispute_open` for what it asked itself.
    """
    kept = wallet.find(objection.name)
    if not is_bound_to(kept.document, wallet.did):
        raise NotBelieved("holder_mismatch", detail="only a pass made for this wallet's key can be disputed")
    if says_no_other_name(objection.kind, objection.right, kept.document):
        raise WrongShape("same_name", detail="no other name than the pass has", pointer="/name")
    if any(note.body.get("pass") == kept.name for note in open_disputes(wallet)):
        raise Invalid("dispute_open", detail="this wallet waits for an answer about the pass")
    proof = _proof(wallet, kept.document, issuer=issuer, fetch=fetch, now=now)
    words: JsonObject = {"kind": objection.kind, "text": objection.text}
    right: JsonObject = {} if objection.right is None else {"name": objection.right}
    body: JsonObject = {"presentation": proof, **words, **right}
    asked = {"pass": kept.name, **words, "wanted": objection.right or "", "ticket": "", "request": body}
    note = {**asked, "sentAt": moment(now), "issuer": issuer, "state": OPEN, "answer": ""}
    noted = wallet.note(DISPUTE, note, now=now, random=random)
    return noted, noted.notes(DISPUTE)[-1].name


def deliver(
    wallet: OpenWallet,
    name: str,
    *,
    issuer: Url,
    fetch: Fetch,
    now: datetime,
    keep: Callable[[OpenWallet], OpenWallet] | None,
) -> OpenWallet:
    """The wallet whose note has its ticket. Where the challenge is over it is proved anew and kept first, by `keep`.

    Raises Unavailable and MAYBE: it may have arrived, and is to be sent again. Any other Invalid: nothing of it stands.
    """
    note = note_named(wallet, name)
    try:
        sent = _sent(note, issuer, fetch)
    except Invalid as refused:
        if keep is None or refused.code not in STALE:
            raise
        document = next((kept.document for kept in wallet.passes() if kept.name == note.body.get("pass")), None)
        if document is None:
            raise
        proof = _proof(wallet, document, issuer=issuer, fetch=fetch, now=now)
        request: JsonObject = {**_request_of(note), "presentation": proof}
        wallet = keep(wallet.change_note(name, {**_bare(note.body), "request": request}, now=now))
        note = note_named(wallet, name)
        sent = _sent(note, issuer, fetch)
    rest = {member: value for member, value in _bare(note.body).items() if member != "request"}
    ticketed: JsonObject = {**rest, "ticket": short(sent, "ticket")}
    standing = sent.get("standing")
    if isinstance(standing, Mapping):  # what it asks for is what the issuer has, and these words were not sent
        told: JsonObject = {"kind": standing.get("kind"), "sentAt": standing.get("opened")}
        ticketed = {**ticketed, **told, "text": "", "found": True}
    return wallet.change_note(name, ticketed, now=now)


def unsent(wallet: OpenWallet, note: Note, *, now: datetime) -> tuple[OpenWallet, Answered]:
    """What the issuer did not take, so that she is told of it."""
    changed = wallet.change_note(note.name, {**_bare(note.body), "state": UNSENT}, now=now)
    return changed, Answered(state=OPEN, text="", arrivals=(), taken=False, ending="never", unsent=True)


def open_disputes(wallet: OpenWallet) -> tuple[Note, ...]:
    """Those whose answer did not come yet."""
    return tuple(note for note in disputes(wallet) if note.body.get("state") == OPEN)


def disputes(wallet: OpenWallet) -> tuple[Note, ...]:
    """One note of each thing that she asked: two phones that noted the same answer at once made two of it.

    What was answered comes before what was not, and what brought a pass before what did not; what she heard on one
    phone she heard.
    """
    found: dict[str, Note] = {}
    for note in wallet.notes(DISPUTE):
        key = str(note.body.get("ticket") or note.name.partition(".")[0])
        first, second = sorted((found.get(key, note), note), key=_rank, reverse=True)
        heard = any(each.body.get("heard") is True for each in (first, second))
        found[key] = replace(first, body={**first.body, "heard": True}) if heard else first
    return tuple(found.values())


def note_named(wallet: OpenWallet, name: str) -> Note:
    """Raises NotFound."""
    for note in wallet.notes(DISPUTE):
        if note.name == name:
            return note
    raise NotFound("not_found", detail="nothing of that name was asked for")


def ask_after(wallet: OpenWallet, note: Note, *, issuer: Url, fetch: Fetch, by: Trusted) -> tuple[OpenWallet, Answered]:
    """What became of it. The wallet is the same while it is open, and where a pass that came does not hold yet."""
    return _taken_in(wallet, note, _by_ticket(note, "answers", issuer, fetch), by=by)


def take_back(wallet: OpenWallet, note: Note, *, issuer: Url, fetch: Fetch, by: Trusted) -> tuple[OpenWallet, Answered]:
    """She takes back what she asked. Where it was answered before, that stays so, and is taken in as by `ask_after`."""
    return _taken_in(wallet, note, _by_ticket(note, "withdrawals", issuer, fetch), by=by, own=True)


def _by_ticket(note: Note, turn: Literal["answers", "withdrawals"], issuer: Url, fetch: Fetch) -> JsonObject:
    asked = codec.write({"ticket": str(note.body.get("ticket"))})
    url = Url(f"{issuer.rstrip('/')}/v1/issuer/disputes/{turn}")
    return read_answer(fetch.post(url, asked, media_type=JSON_MEDIA, limit=ANSWER.bytes))


def _taken_in(
    wallet: OpenWallet, note: Note, answer: JsonObject, *, by: Trusted, own: bool = False
) -> tuple[OpenWallet, Answered]:
    """`own`: where it says that it was taken back, she did so just now, and is told of it no more."""
    rows = rows_of(answer)
    settled = settle(wallet, note.body, answer, rows)
    if settled.state == OPEN:
        return wallet, Answered(state=OPEN, text="", arrivals=(), taken=False, ending="waits")
    documents = [credential_of(row) for row in rows]
    arrivals = tuple(judged(wallet, document, by=by) for document in documents)
    looked = [(arrival.verdict, arrival.reasons) for arrival in arrivals]
    how = ending(note.body, answer, looked, listed=None if by.bundle is None else signed_at(by.bundle))
    if how == "waits":
        return wallet, Answered(state=OPEN, text="", arrivals=arrivals, taken=False, ending=how)
    told: JsonObject = {"state": settled.state, "answer": settled.text}
    if how != "holds":
        ended: JsonObject = {**told, "taken": False, "held": False, **({"listed": False} if how == "unlisted" else {})}
        changed = wallet.change_note(note.name, {**_bare(note.body), **ended}, now=by.now)
        return changed, Answered(state=settled.state, text=settled.text, arrivals=arrivals, taken=False, ending=how)
    changed, about = wallet, note.body.get("pass")
    for document, former in zip(documents, settled.places, strict=True):
        if former is not None:
            changed = changed.keep(document, now=by.now, replaces=former)
            about = changed.name_of(document) if former == note.body.get("pass") else about
    heard: JsonObject = {"heard": True} if own and settled.state == WITHDRAWN else {}
    noted = {**_bare(note.body), **told, **heard, "pass": about, "taken": settled.taken}
    changed = changed.change_note(note.name, noted, now=by.now)
    kept = tuple(
        replace(one, name=changed.name_of(document)) for one, document in zip(arrivals, documents, strict=True)
    )
    return changed, Answered(state=settled.state, text=settled.text, arrivals=kept, taken=settled.taken, ending=how)


def _rank(note: Note) -> tuple[bool, bool]:
    return note.body.get("state") != OPEN, note.body.get("taken") is True


def _proof(wallet: OpenWallet, document: JsonObject, *, issuer: Url, fetch: Fetch, now: datetime) -> JsonObject:
    url = Url(f"{issuer.rstrip('/')}/v1/issuer/disputes/openings")
    opened = read_answer(fetch.post(url, b"", media_type=JSON_MEDIA, limit=ANSWER.bytes))
    challenge = short(opened, "challenge")
    return at_desk(document, challenge=challenge, signer=wallet.signer(), holder=wallet.did, now=now)


def _request_of(note: Note) -> JsonObject:
    request = note.body.get("request")
    if not isinstance(request, Mapping):
        raise NotFound("not_found", detail="a note of nothing that can be sent")
    return request


def _sent(note: Note, issuer: Url, fetch: Fetch) -> JsonObject:
    url = Url(f"{issuer.rstrip('/')}/v1/issuer/disputes")
    return read_answer(fetch.post(url, codec.write(_request_of(note)), media_type=JSON_MEDIA, limit=ANSWER.bytes))


def _bare(body: JsonObject) -> JsonObject:
    """A note's own members, without those that the wallet writes."""
    return {name: value for name, value in body.items() if name not in {"type", "changedAt"}}

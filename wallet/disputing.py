"""A holder disputes a pass at its issuer, and takes the answer in (DOMAIN P6). Over Fetch; her key proves whose it is.

The ticket lies in the vault as a note, {"type": "dispute", "ticket", "pass", "kind", "text", "sentAt", "state",
"answer", "wanted": the name as it should read, "taken": whether a pass came in its place, "heard": whether she knows
the answer} and where it was asked ("issuer"; a page asks its own origin). What comes is verified first, then kept where
it may stand (`succeeding.py`).
What a newer list may make good is asked for again; what never holds ends it ("held": false; "listed": false too where
no list knew it in time), and nothing of hers changes.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from kernel import codec
from kernel.errors import NotBelieved, WrongShape
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


def dispute(
    wallet: OpenWallet, objection: Objection, *, issuer: Url, fetch: Fetch, now: datetime, random: Random
) -> OpenWallet:
    """The wallet with a note that holds the ticket. Raises NotFound, NotBelieved, `same_name`, Unavailable, Invalid."""
    kept = wallet.find(objection.name)
    if not is_bound_to(kept.document, wallet.did):
        raise NotBelieved("holder_mismatch", detail="only a pass made for this wallet's key can be disputed")
    if says_no_other_name(objection.kind, objection.right, kept.document):
        raise WrongShape("same_name", detail="no other name than the pass has", pointer="/name")
    base = f"{issuer.rstrip('/')}/v1/issuer/disputes"
    opened = read_answer(fetch.post(Url(f"{base}/openings"), b"", media_type=JSON_MEDIA, limit=ANSWER.bytes))
    challenge = short(opened, "challenge")
    proof = at_desk(kept.document, challenge=challenge, signer=wallet.signer(), holder=wallet.did, now=now)
    words: JsonObject = {"kind": objection.kind, "text": objection.text}
    right: JsonObject = {} if objection.right is None else {"name": objection.right}
    body: JsonObject = {"presentation": proof, **words, **right}
    sent = read_answer(fetch.post(Url(base), codec.write(body), media_type=JSON_MEDIA, limit=ANSWER.bytes))
    asked = {"pass": kept.name, **words, "wanted": objection.right or ""}
    note = {**asked, "ticket": short(sent, "ticket"), "sentAt": moment(now), "issuer": issuer}
    return wallet.note(DISPUTE, {**note, "state": OPEN, "answer": ""}, now=now, random=random)


def open_disputes(wallet: OpenWallet) -> tuple[Note, ...]:
    """Those whose answer did not come yet."""
    return tuple(note for note in wallet.notes(DISPUTE) if note.body.get("state") == OPEN)


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


def _bare(body: JsonObject) -> JsonObject:
    """A note's own members, without those that the wallet writes."""
    return {name: value for name, value in body.items() if name not in {"type", "changedAt"}}

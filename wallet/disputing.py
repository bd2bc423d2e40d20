"""A holder disputes a pass at its issuer, and takes the answer in (DOMAIN P6). Over Fetch; her key proves whose it is.

The ticket lies in the vault as a note, {"type": "dispute", "ticket", "pass", "kind", "text", "sentAt", "state",
"answer"} and where it was asked ("issuer"; a page asks its own origin). What supersedes a pass is verified first, then
kept in its place: all of an answer or nothing of it, so that the next time asks again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, get_args

from kernel import codec, presentation
from kernel.errors import NotBelieved, WrongShape
from kernel.ports import Fetch, Random
from kernel.proofs import integrity
from schemas.disputes import DisputeKind, DisputeState
from schemas.identifiers import Url
from schemas.json import JsonObject
from schemas.terms import AUTHENTICATION, JSON_MEDIA
from schemas.verification import moment
from wallet.holder import OpenWallet
from wallet.issuers import ANSWER, credential_of, read_answer, rows_of, short
from wallet.kept import DISPUTE, Note
from wallet.receiving import Arrival, Trusted, receive_one
from wallet.showing import is_bound_to

OPEN: Final = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """What is wrong with a pass, in the holder's words; `right` is how the name should read."""

    name: str
    kind: DisputeKind
    text: str
    right: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What became of a dispute, and the passes that came with it; open as long as not all of them hold."""

    state: DisputeState
    text: str
    arrivals: tuple[Arrival, ...]


def dispute(
    wallet: OpenWallet, objection: Objection, *, issuer: Url, fetch: Fetch, now: datetime, random: Random
) -> OpenWallet:
    """The wallet with a note that holds the ticket. Raises NotFound, NotBelieved, Unavailable, the issuer's Invalid."""
    kept = wallet.find(objection.name)
    if not is_bound_to(kept.document, wallet.did):
        raise NotBelieved("holder_mismatch", detail="only a pass made for this wallet's key can be disputed")
    base = f"{issuer.rstrip('/')}/v1/issuer/disputes"
    opened = read_answer(fetch.post(Url(f"{base}/openings"), b"", media_type=JSON_MEDIA, limit=ANSWER.bytes))
    proof = integrity.add(
        presentation.compose([kept.document]),
        signer=wallet.signer(),
        purpose=AUTHENTICATION,
        created=presentation.step(now),
        challenge=short(opened, "challenge"),
        domain=short(opened, "domain"),
    )
    words: JsonObject = {"kind": objection.kind, "text": objection.text}
    right: JsonObject = {} if objection.right is None else {"name": objection.right}
    body: JsonObject = {"presentation": proof, **words, **right}
    sent = read_answer(fetch.post(Url(base), codec.write(body), media_type=JSON_MEDIA, limit=ANSWER.bytes))
    note = {"ticket": short(sent, "ticket"), "pass": kept.name, **words, "sentAt": moment(now), "issuer": issuer}
    return wallet.note(DISPUTE, {**note, "state": OPEN, "answer": ""}, now=now, random=random)


def open_disputes(wallet: OpenWallet) -> tuple[Note, ...]:
    """Those whose answer did not come yet."""
    return tuple(note for note in wallet.notes(DISPUTE) if note.body.get("state") == OPEN)


def ask_after(wallet: OpenWallet, note: Note, *, issuer: Url, fetch: Fetch, by: Trusted) -> tuple[OpenWallet, Answered]:
    """What became of it. The wallet is the same while it is open, and where a pass that came does not hold yet."""
    asked = codec.write({"ticket": str(note.body.get("ticket"))})
    url = Url(f"{issuer.rstrip('/')}/v1/issuer/disputes/answers")
    answer = read_answer(fetch.post(url, asked, media_type=JSON_MEDIA, limit=ANSWER.bytes))
    state, text = _state(answer), str(answer.get("text") or "")
    if state == OPEN:
        return wallet, Answered(state=state, text="", arrivals=())
    changed, arrivals = _take_in(wallet, rows_of(answer), by)
    if any(arrival.name is None for arrival in arrivals):
        return wallet, Answered(state="open", text="", arrivals=arrivals)
    changed = changed.change_note(note.name, {**_bare(note.body), "state": state, "answer": text}, now=by.now)
    return changed, Answered(state=state, text=text, arrivals=arrivals)


def _take_in(wallet: OpenWallet, rows: Sequence[JsonObject], by: Trusted) -> tuple[OpenWallet, tuple[Arrival, ...]]:
    arrivals: list[Arrival] = []
    for row in rows:
        replaces = _former(wallet, row.get("supersedes"))
        wallet, arrival = receive_one(wallet, credential_of(row), by=by, replaces=replaces)
        arrivals.append(arrival)
    return wallet, tuple(arrivals)


def _former(wallet: OpenWallet, place: object) -> str | None:
    """The name of the pass at that place of its revocation list."""
    if not isinstance(place, Mapping):
        return None
    for kept in wallet.passes():
        entries = kept.document.get("credentialStatus")
        for entry in entries if isinstance(entries, (list, tuple)) else [entries]:
            if isinstance(entry, Mapping) and all(
                entry.get(member) == place.get(member) for member in ("statusListCredential", "statusListIndex")
            ):
                return kept.name
    return None


def _state(answer: JsonObject) -> DisputeState:
    for state in get_args(DisputeState):
        if answer.get("state") == state:
            return state  # type: ignore[no-any-return]  # one of its words
    raise WrongShape("schema", detail="an answer with a state that is none", pointer="/state")


def _bare(body: JsonObject) -> JsonObject:
    """A note's own members, without those that the wallet writes."""
    return {name: value for name, value in body.items() if name not in {"type", "changedAt"}}

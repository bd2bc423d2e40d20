"""Whose place a pass takes that comes as the answer to a correction or by a new code, and what that answer says. Pure.

Who answers may be anybody who holds or seized the desk: the wallet alone says what may stand in a pass's place. That
the pass that comes holds is `receiving.py`'s; keeping it and asking are `disputing.py`'s. Twin: `succeeding.ts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from kernel.errors import WrongShape
from kernel.verify.dates import read_date_time
from schemas import codes
from schemas.bounds import TYPED_TEXT
from schemas.disputes import DisputeState
from schemas.json import JsonObject, JsonValue
from schemas.tables import data
from schemas.typed import folded, shown
from schemas.verification import Verdict
from wallet.holder import OpenWallet
from wallet.issuers import credential_of
from wallet.kept import Kept, claims

OPEN: Final[DisputeState] = "open"
WITHDRAWN: Final[DisputeState] = "withdrawn"
_CORRECTED: Final[DisputeState] = "corrected"
_PLACE: Final = ("statusListCredential", "statusListIndex")
_LASTING: Final = ("norm", "occupation", "skills", "hours", "certificate")
"""What no correction changes: another certificate differs in one of these."""

Ending = Literal["holds", "waits", "never", "unlisted"]
"""All of an answer's passes hold; a newer list or more time may make them good; one never holds; no list knew one."""
LISTED_WITHIN: Final = timedelta(days=7)
"""How long after an answer a list that does not know its passes may still be too old to (decision 73)."""
_IN_A_LIST: Final = frozenset(
    {"unknown_issuer", "unknown_key", "unknown_registry_entry", "unknown_term", "unknown_table_value", "unknown_type"}
    | {"status_missing", "status_mismatch"}
)
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_IN_TIME: Final = frozenset({"no_bundle", "canary", "root_expired", "status_too_old", "clock_doubt", "not_yet_valid"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What an answer comes to: `places` has, for each pass that came, the name of hers that it takes the place of."""

    state: DisputeState
    text: str
    places: tuple[str | None, ...]
    taken: bool
    """The pass that she asked about has a successor."""


def settle(wallet: OpenWallet, note: JsonObject, answer: JsonObject, rows: Sequence[JsonObject]) -> Settled:
    """What the answer to a dispute's note comes to in this wallet. A state that nobody knows is no answer yet."""
    state = _state(answer)
    said = answer.get("text")
    text = shown(said)[: TYPED_TEXT.size] if isinstance(said, str) else ""
    if state != _CORRECTED:
        return Settled(state=state, text=text, places=(None,) * len(rows), taken=False)
    disputed = [kept for kept in wallet.passes() if kept.name == note.get("pass")]
    formers = [kept for kept in wallet.passes() if any(_is_copy(kept.document, one.document) for one in disputed)]
    places: list[str | None] = []
    for row in rows:
        is_new = wallet.name_of(credential_of(row)) is None
        free = [kept for kept in formers if is_new and kept.name not in places]
        places.append(next((kept.name for kept in free if _succeeds(row, kept.document, note)), None))
    return Settled(state=state, text=text, places=tuple(places), taken=note.get("pass") in places)


def renewed(came: Sequence[JsonObject], cancelled: Sequence[Kept]) -> tuple[str | None, ...]:
    """For each pass fetched by a code, the name of her cancelled one that it stands for from now on (decision 66).

    Of one signer and kind, about the same, for the same key, saying as much, and not older; and a paper copy that came
    beside such a one, for that one's paper copy. What an officer corrected or made anew in person comes so.
    """
    places: dict[int, Kept] = {}

    def take(at: int, formers: Iterable[Kept]) -> None:
        taken = {former.name for former in places.values()}
        free = [each for each in formers if each.name not in taken and _renews(came[at], each.document)]
        if free:
            places[at] = free[-1]

    bound = [at for at, document in enumerate(came) if _is_bound(document)]
    for at in bound:
        take(at, (each for each in cancelled if _is_bound(each.document)))
    pairs = [(came[at], former.document) for at, former in places.items()]
    for at, document in enumerate(came):
        if at not in bound:
            beside = [former for new, former in pairs if _is_copy(document, new)]
            take(at, (each for each in cancelled if any(_is_copy(former, each.document) for former in beside)))
    return tuple(places[at].name if at in places else None for at in range(len(came)))


def _is_bound(document: JsonObject) -> bool:
    return isinstance(claims(document).get("id"), str)


def _renews(document: JsonObject, former: JsonObject) -> bool:
    mine, its = claims(document), claims(former)
    same = _is_kin(document, former) and all(mine.get(claim) == its.get(claim) for claim in _LASTING)
    alike = mine.keys() == its.keys() and mine.get("id") == its.get("id") and document != former
    return same and alike and _is_as_high(mine, its) and _is_since(document, former)


def _is_as_high(mine: JsonObject, its: JsonObject) -> bool:
    """At the same level, or at a higher one of the scale of competences (DOMAIN S2.5, S2.7); a certificate that has a
    number is the same one at whatever level."""
    if mine.get("level") == its.get("level") or isinstance(mine.get("certificate"), str):
        return True
    scale = list(data("words")["levels"])
    return its.get("level") in scale and mine.get("level") in scale[scale.index(its["level"]) :]


def _is_since(one: JsonObject, other: JsonObject) -> bool:
    try:
        mine, its = (read_date_time(each.get("validFrom"), pointer="/validFrom") for each in (one, other))
    except WrongShape:
        return False
    return mine >= its


def ending(
    note: JsonObject,
    answer: JsonObject,
    judged: Iterable[tuple[Verdict, Sequence[str]]],
    *,
    listed: datetime | None,
) -> Ending:
    """What is to become of an answer by what its passes are judged as: verdict and reasons of each. `listed`: when the
    list in use was signed, None where there is none."""
    found = {_ending(verdict, reasons) for verdict, reasons in judged}
    if "never" in found:
        return "never"
    if "unlisted" in found:
        return "unlisted" if listed is not None and listed - LISTED_WITHIN >= _answered(note, answer) else "waits"
    return "waits" if "waits" in found else "holds"


def _ending(verdict: Verdict, reasons: Sequence[str]) -> Ending:
    """By the code that ended it, else by its marks."""
    if verdict in {"valid", "valid_as_of"}:
        return "holds"
    if verdict != "cannot_verify":
        return "waits" if verdict == "under_review" else "never"
    ended = next((code for code in reasons if (row := codes.find(code)) is None or row.kind != "mark"), None)
    deciding = set(reasons) if ended is None else {ended}
    if deciding & _IN_A_LIST:
        return "unlisted"
    return "waits" if deciding & _IN_TIME else "never"


def _answered(note: JsonObject, answer: JsonObject) -> datetime:
    """When the desk says that it answered; where that is no time, when she asked."""
    for told in (answer.get("answeredAt"), note.get("sentAt")):
        with suppress(WrongShape):
            return read_date_time(told, pointer="/answeredAt")
    return _EVER


def _state(answer: JsonObject) -> DisputeState:
    return next((state for state in get_args(DisputeState) if answer.get("state") == state), OPEN)


def _succeeds(row: JsonObject, former: JsonObject, note: JsonObject) -> bool:
    """Of the same signer and kind, at the former's place, for the same key, under no name that nobody said."""
    document = credential_of(row)
    if not _is_at(former, row.get("supersedes")):
        return False
    bound = claims(document).get("id") == claims(former).get("id")
    return bound and _is_kin(document, former) and _is_named(document, former, note)


def _is_at(document: JsonObject, place: JsonValue | None) -> bool:
    """Whether the pass has that place of a revocation list."""
    if not isinstance(place, Mapping) or not all(isinstance(place.get(member), str) for member in _PLACE):
        return False
    found = document.get("credentialStatus")
    entries = found if isinstance(found, (list, tuple)) else [found]
    return any(
        isinstance(entry, Mapping) and all(entry.get(member) == place[member] for member in _PLACE) for entry in entries
    )


def _is_kin(one: JsonObject, other: JsonObject) -> bool:
    """Of one signer, one type and one scheme."""
    told = all(one.get(member) == other.get(member) for member in ("issuer", "type"))
    return told and claims(one).get("scheme") == claims(other).get("scheme")


def _is_copy(one: JsonObject, other: JsonObject) -> bool:
    """Of one certificate: kin that end on one day and agree in all that both say, for a key or for paper."""
    mine, its = claims(one), claims(other)
    agree = all(mine[claim] == its[claim] for claim in mine.keys() & its.keys() - {"id"})
    return agree and _is_kin(one, other) and one.get("validUntil") == other.get("validUntil")


def _is_named(document: JsonObject, former: JsonObject, note: JsonObject) -> bool:
    """Whether every word of the name stands in the former name or in the one that she asked for."""
    said = {word for name in (claims(former).get("name"), note.get("wanted")) for word in _words(name)}
    words = _words(claims(document).get("name"))
    return bool(words) and said.issuperset(words)


def _words(name: JsonValue | None) -> list[str]:
    return folded(name).split(" ") if isinstance(name, str) and name else []

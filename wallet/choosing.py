"""From what a holder wants to show to the texts that show it: the profile first, then which passes, then how.

A request that goes beyond its profile is refused before anything is made (`over_asking`). Left to itself the wallet
takes one pass of each kind: for a live code one made for its key, for a still code one without a key, which is smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kernel.bundle.installed import InstalledBundle
from kernel.errors import Malformed, NotFound
from schemas import bounds
from schemas.json import JsonObject
from wallet.holder import OpenWallet
from wallet.kept import Kept, claims
from wallet.profiles import Request, may_show, read_request, require_within
from wallet.seeing import claims_of
from wallet.showing import Manner, Shown, answer, is_bound_to, live, static

_UNASKED: Final = Request(profile="", challenge="", domain=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What the holder chose. `names` None: all that the profile may show; `request` for an answer only."""

    manner: Manner
    profile: str
    names: tuple[str, ...] | None
    request: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Display:
    """What is drawn, and what it holds."""

    shown: Shown
    profile: str
    passes: tuple[Kept, ...]
    domain: str | None

    def note(self) -> JsonObject:
        """The line of history that stays in the vault."""
        note = {
            "manner": self.shown.manner,
            "profile": self.profile,
            "passes": [kept.name for kept in self.passes],
            "claims": list(claims_of(kept.document for kept in self.passes)),
        }
        return note if self.domain is None else {**note, "to": self.domain}


def display(wallet: OpenWallet, choice: Choice, *, bundle: InstalledBundle, now: datetime) -> Display:
    """The texts for a choice. Raises Invalid `over_asking`, `holder_mismatch`, `invalid_shape`; NotFound."""
    asked = _UNASKED
    if choice.manner == "answer":
        if choice.request is None:
            raise Malformed("bad_request", detail="an answer needs the verifier's letters", pointer="/request")
        asked = read_request(choice.request, profile=choice.profile)
    passes = chosen(wallet, choice, profiles=bundle.policy.profiles)
    shown = _make(wallet, choice.manner, [kept.document for kept in passes], asked, bundle, now)
    return Display(shown=shown, profile=choice.profile, passes=passes, domain=asked.domain)


def chosen(wallet: OpenWallet, choice: Choice, *, profiles: JsonObject) -> tuple[Kept, ...]:
    """The passes that a choice shows, all within its profile. Raises Invalid `over_asking`, NotFound."""
    passes = _named(wallet, choice.names) if choice.names is not None else _offered(wallet, choice, profiles)
    require_within([kept.document for kept in passes], profile=choice.profile, profiles=profiles)
    return passes


def _make(
    wallet: OpenWallet,
    manner: Manner,
    documents: Sequence[JsonObject],
    asked: Request,
    bundle: InstalledBundle,
    now: datetime,
) -> Shown:
    dictionary = bundle.dictionary
    match manner:
        case "static":
            return static(documents, dictionary=dictionary)
        case "live":
            return live(documents, signer=wallet.signer(), holder=wallet.did, dictionary=dictionary, now=now)
        case "answer":
            return answer(
                documents,
                challenge=asked.challenge,
                domain=asked.domain,
                signer=wallet.signer(),
                holder=wallet.did,
                dictionary=dictionary,
                now=now,
            )


def _named(wallet: OpenWallet, names: Sequence[str]) -> tuple[Kept, ...]:
    return tuple(wallet.find(name) for name in names)


def _offered(wallet: OpenWallet, choice: Choice, profiles: JsonObject) -> tuple[Kept, ...]:
    by_content: dict[str, Kept] = {}
    for kept in wallet.passes():
        if may_show(kept.document, profile=choice.profile, profiles=profiles):
            content = _content(kept.document)
            former = by_content.get(content)
            if former is None or _suits(kept, wallet, choice.manner) >= _suits(former, wallet, choice.manner):
                by_content[content] = kept
    found = [
        kept for kept in by_content.values() if choice.manner == "static" or is_bound_to(kept.document, wallet.did)
    ]
    if not found:
        raise NotFound("not_found", detail="no pass in the wallet that this profile may show this way")
    return tuple(found[: bounds.QR_PASSES])


def _suits(kept: Kept, wallet: OpenWallet, manner: Manner) -> bool:
    return is_bound_to(kept.document, wallet.did) is (manner != "static")


def _content(document: JsonObject) -> str:
    """What a pass certifies: twins of one origin differ in their key and places, not in this."""
    said = [(claim, value) for claim, value in claims(document).items() if claim != "id"]
    return repr((document.get("type"), document.get("issuer"), sorted(said, key=lambda pair: pair[0])))

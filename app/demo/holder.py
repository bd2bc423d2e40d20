"""The demo's holder: she proves her key at two pick-ups over HTTP, keeps her own copies, and shows them three ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from app.demo.people import PERMITS, TRAINING
from app.demo.plant import from_document
from app.demo.specimen import Specimen, SpecimenKind
from app.provide import World
from issuer.pickups.service import Pickups
from kernel import cborld, frames
from schemas.identifiers import Url
from schemas.json import JsonObject
from wallet.choosing import Choice, Display, display
from wallet.holder import OpenWallet, create
from wallet.pickup import Offer, pick_up
from wallet.receiving import Trusted, receive_all

PASSPHRASE: Final = "frase de muestra para la demo"  # noqa: S105 - the demo's wallet is fake and marked
CHALLENGE: Final = "7KQ4M2XW"
Manner = Literal["static", "live", "answer"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """An open wallet with what it received."""

    wallet: OpenWallet

    def bound(self, pass_type: str) -> JsonObject:
        """Her own copy of a type, bound to her key."""
        return next(d for d in self._documents(pass_type) if "id" in _subject(d))

    def still(self, pass_type: str) -> JsonObject:
        """Her own copy of a type for still codes."""
        return next(d for d in self._documents(pass_type) if "id" not in _subject(d))

    def name_of(self, document: JsonObject) -> str:
        """Its name in the wallet."""
        return next(kept.name for kept in self.wallet.passes() if kept.document == document)

    def _documents(self, pass_type: str) -> list[JsonObject]:
        return [kept.document for kept in self.wallet.passes() if _is(kept.document, pass_type)]


def _subject(document: JsonObject) -> dict[str, Any]:
    subject = document["credentialSubject"]
    return subject if isinstance(subject, dict) else {}


def _is(document: JsonObject, pass_type: str) -> bool:
    types = document["type"]
    return isinstance(types, Sequence) and pass_type in types


def receive(world: World, base: str, rows: Sequence[tuple[str, int]]) -> Holder:
    """Pick up what waits for her: (issuer, row) for each. Raises RuntimeError where a pass was not kept."""
    wallet, _sheet = create(PASSPHRASE, random=world.random)
    for issuer, n in rows:
        officer = (TRAINING if issuer == TRAINING.id else PERMITS).person("oscar", "officer")
        with world.doors()[Pickups]() as opened:
            offer = opened.offer(n, by=officer)
        slip = Offer(issuer=Url(base), code=offer.code, pin=offer.pin)
        now = world.clock.now()
        passes = pick_up(slip, fetch=world.fetch, signer=wallet.signer(), now=now)
        trusted = Trusted(bundle=world.bundle(), now=now, floor=None)
        wallet, arrivals = receive_all(wallet, passes, by=trusted)
        if not arrivals or any(arrival.name is None for arrival in arrivals):
            raise RuntimeError("the wallet did not keep what it picked up")
    return Holder(wallet=wallet)


def show(world: World, holder: Holder, at: datetime) -> list[Specimen]:
    """Her passes, the static pair, live with one, live with a challenge, live with two."""
    bundle = world.bundle()
    if bundle is None:
        raise RuntimeError("the demo publishes before it shows")
    skill, permit = holder.bound("CompetencePass"), holder.bound("PermitPass")
    shown = [
        from_document(world, skill, name="titular-competencia", at=at),
        from_document(world, permit, name="titular-permiso", at=at),
    ]
    plans: tuple[tuple[str, SpecimenKind, Manner, list[JsonObject] | None], ...] = (
        ("titular-par", "pair", "static", None),
        ("titular-en-vivo", "live", "live", [skill]),
        ("titular-en-vivo-reto", "live", "answer", [skill]),
        ("titular-en-vivo-dos", "live-frames", "live", None),
    )
    for name, kind, manner, passes in plans:
        names = None if passes is None else tuple(holder.name_of(one) for one in passes)
        request = CHALLENGE if manner == "answer" else None
        choice = Choice(manner=manner, profile="interview", names=names, request=request)
        made = display(holder.wallet, choice, bundle=bundle, now=at)
        shown.append(_specimen(world, made, name=name, kind=kind, at=at))
    return shown


def _specimen(world: World, made: Display, *, name: str, kind: SpecimenKind, at: datetime) -> Specimen:
    texts = made.shown.texts
    whole = frames.join(texts) if len(texts) > 1 else texts[0]
    challenge = {"pair": None, "live": "0", "live-frames": "0"}.get(kind)
    return Specimen(
        name=name,
        kind=kind,
        texts=texts,
        whole=whole,
        document=documents_of(world, whole),
        at=at,
        challenge=CHALLENGE if made.shown.manner == "answer" else challenge,
    )


def documents_of(world: World, whole: str) -> Any:
    """The JSON behind a text: a credential, a list of them, or a presentation."""
    decoded = cborld.from_text(whole, dictionary=world.dictionary())
    if decoded.presentation is not None:
        return decoded.presentation
    return decoded.documents[0] if decoded.kind == "credential" else list(decoded.documents)

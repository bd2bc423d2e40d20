"""What the browser tests show to the page: a small trust world of now, codes with something planted, pictures."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import segno
from PIL import Image

from kernel.encoding import base45_encode
from registry.build import Published, lay_out
from tests import makers, worlds

DAY = timedelta(days=1)
REVOKED, SUSPENDED = 94_000, 95_000


def clock() -> datetime:
    """The machine's time, which is the page's too."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One code and what the page has to say of it: the verdict and, where one ended or marked it, the codes."""

    name: str
    texts: tuple[str, ...]
    verdict: str
    reasons: tuple[str, ...] = ()


def plan(now: datetime, *, age: timedelta = timedelta(hours=1), version: int = 7) -> worlds.Plan:
    """Three issuers, one revoked and one suspended place, all signed a while ago."""
    lists = {"https://norma.example/s/1": [REVOKED], "https://norma.example/s/2": [SUSPENDED + 1]}
    return worlds.Plan(bits=lists, signed_at=now - age, version=version)


def rooms(plan: worlds.Plan) -> dict[str, bytes]:
    """The public bundle files of a plan, as the page asks for them."""
    published = worlds.pack(plan)
    return {"bundle.puente": published.container(), "root.json": published.root}


def served(published: Published) -> dict[str, bytes]:
    """All files of a bundle as they are served below /bundle/: each by itself, and the whole in one."""
    return {name.removeprefix("bundle/"): raw for name, raw in lay_out(published).items()}


def competence(now: datetime, *, index: int = 94_567, **changes: Any) -> dict[str, Any]:
    """A competence pass with its two places."""
    settings = {"valid_from": now - 30 * DAY, "valid_until": now + 300 * DAY, **changes}
    return makers.competence(status=makers.places(makers.NORMA, index=index), **settings)


def permit(now: datetime, **changes: Any) -> dict[str, Any]:
    """A permit pass for the interview."""
    return makers.permit(valid_from=now - 30 * DAY, valid_until=now + 900 * DAY, **changes)


def paper(now: datetime) -> list[Planted]:
    """Codes that do not age within a test."""
    good = competence(now)
    spoiled = makers.spoiled(good, "/credentialSubject/level", "avanzado")
    text = worlds.text
    short: dict[str, Any] = {"valid_from": now - DAY, "valid_until": now + DAY}
    outside = makers.sign(makers.unsigned(issuer=makers.PERMISO, **short), makers.issuer_signer(makers.PERMISO))
    stranger = makers.sign(makers.unsigned(issuer=makers.OTRA, **short), makers.issuer_signer(makers.OTRA))
    return [
        _planted("valid", text(good), "valid"),
        _planted("permit", text(permit(now)), "valid"),
        _planted("pair", text([good, permit(now)]), "valid"),
        _planted("revoked", text(competence(now, index=REVOKED)), "revoked", "revoked"),
        _planted("suspended", text(competence(now, index=SUSPENDED)), "under_review", "suspended"),
        _planted("expired", text(competence(now, valid_until=now - DAY)), "expired", "expired"),
        _planted("early", text(competence(now, valid_from=now + DAY)), "cannot_verify", "not_yet_valid"),
        _planted("forged", text(spoiled), "cannot_verify", "invalid_signature"),
        _planted("outside", text(outside), "cannot_verify", "out_of_scope"),
        _planted("stranger", text(stranger), "cannot_verify", "unknown_issuer"),
        _planted("cut", text(good)[:-4], "cannot_verify"),
        _planted("link", "https://tienda.example/oferta", "cannot_verify", "unsupported_prefix"),
        _planted("health", "shc:/56762909524320603460292437404460", "cannot_verify", "unsupported_prefix"),
    ]


def _planted(name: str, text: str, verdict: str, *reasons: str) -> Planted:
    return Planted(name=name, texts=(text,), verdict=verdict, reasons=reasons)


def live(now: datetime, *, two: bool, ago: int = 0) -> Planted:
    """A live presentation of this moment or so many seconds ago, of one pass in one code or of two in frames."""
    holder = makers.holder()
    passes: list[dict[str, Any]] = [competence(now, subject=holder.did)]
    if two:
        passes.append(permit(now, subject=holder.did))
    text = worlds.text(makers.presented(passes, holder, now=now - timedelta(seconds=ago)))
    return Planted(name="frames" if two else "live", texts=tuple(frames(text)) if two else (text,), verdict="valid")


def frames(text: str) -> Sequence[str]:
    """The text as frames (FORMAT section 9), written here apart from the project's own writer."""
    total = -(-len(text) // 354)
    chunk = -(-len(text) // total)
    name = base45_encode(hashlib.sha256(text.encode()).digest()[:4])
    return [f"VF1-{name}{place + 1}{total}{text[place * chunk : (place + 1) * chunk]}" for place in range(total)]


def picture(text: str, *, scale: int = 6, level: str = "m") -> bytes:
    """A text as a QR picture, by a writer that the project uses for nothing else."""
    out = io.BytesIO()
    segno.make_qr(text, error=level, boost_error=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


def video(texts: Sequence[str], *, each: int = 8) -> bytes:
    """A camera's pictures: every code on a sheet for some frames, one after the other (JPEGs in a row: MJPEG)."""
    out = io.BytesIO()
    for text in texts:
        code = Image.open(io.BytesIO(picture(text, scale=6, level="l"))).convert("RGB")
        code.thumbnail((660, 660))
        for turn in range(each):
            scene = Image.new("RGB", (1280, 720), (96, 90, 104))
            scene.paste(code, ((1280 - code.width) // 2 + turn % 3, (720 - code.height) // 2))
            scene.save(out, "JPEG", quality=85)
    return out.getvalue()

"""A request's body by its media type -> what the service judges. A pure reader: no rule of the field stands here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kernel import codec
from kernel.errors import Invalid, Malformed, WrongShape
from schemas import bounds
from schemas.json import JsonValue
from schemas.terms import JSON_MEDIA, VC_MEDIA, VP_MEDIA

TEXT_MEDIA: Final = "text/plain"
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
LARGEST: Final = bounds.PICTURE.size
FRAME: Final = "VF1-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is to be judged: QR texts, a JSON document, or a photo; and the question it answers, if it says so."""

    raw: str | bytes | Sequence[str]
    is_photo: bool = False
    challenge: str | None = None


def read_request(body: bytes, *, media_type: str, challenge: str | None) -> Asked:
    """Raises Malformed `too_large`, WrongShape `unsupported_media_type` and `bad_request`: requests that are none."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind in PICTURES:
        return Asked(raw=body, is_photo=True, challenge=challenge)
    if kind not in _READERS:
        raise WrongShape("unsupported_media_type", detail="not a media type that can hold a credential")
    limit, reader = _READERS[kind]
    if len(body) > limit:
        raise Malformed("too_large", detail="the body is over its bound")
    return reader(body, challenge)


def _text(body: bytes, challenge: str | None) -> Asked:
    """The bare text, untouched; frames stand one a line (FORMAT section 10)."""
    text = body.decode("utf-8", "replace")
    if not text.startswith(FRAME):
        return Asked(raw=text, challenge=challenge)
    return Asked(raw=tuple(line for line in text.splitlines() if line), challenge=challenge)


def _document(body: bytes, challenge: str | None) -> Asked:
    return Asked(raw=body, challenge=challenge)


def _wrapped(body: bytes, challenge: str | None) -> Asked:
    """`{"text": …}` or `{"texts": […]}`, with the challenge beside it."""
    try:
        asked = codec.read(body, bound=bounds.JSON_BODY).document
    except Invalid as fault:
        raise WrongShape("bad_request", detail="not a JSON object within its bounds") from fault
    texts: JsonValue = asked.get("texts", [asked.get("text")])
    named: JsonValue = asked.get("challenge", challenge)
    known = asked.keys() <= {"text", "texts", "challenge"} and len(asked.keys() & {"text", "texts"}) == 1
    if not known or not isinstance(texts, list) or not texts or not isinstance(named, str | None):
        raise WrongShape("bad_request", detail="a text or texts, and nothing but a challenge beside")
    listed = tuple(text for text in texts if isinstance(text, str))
    if len(listed) != len(texts):
        raise WrongShape("bad_request", detail="a text that is no text", pointer="/texts")
    return Asked(raw=listed, challenge=named)


_READERS: Final[dict[str, tuple[int, Callable[[bytes, str | None], Asked]]]] = {
    TEXT_MEDIA: (bounds.JSON_BODY.bytes, _text),
    VC_MEDIA: (bounds.PRESENTATION.bytes, _document),
    VP_MEDIA: (bounds.PRESENTATION.bytes, _document),
    JSON_MEDIA: (bounds.JSON_BODY.bytes, _wrapped),
}

"""The shared cases of receiving and of picking up: what is worth keeping, and what goes over the wire for it.

`python -m tests.receiving_cases` writes tests/vectors/wallet/{receiving,pickup}.json, the same in every run. Bundles
are those of tests/vectors/cases. What is right is said by `wallet/receiving.py` and `wallet/pickup.py`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from kernel import frames
from kernel.errors import Invalid
from schemas.identifiers import Url
from schemas.terms import JSON_MEDIA, PROBLEM_MEDIA
from schemas.verification import moment
from tests import cases, makers, worlds
from tests.fakes import SmallWeb
from tests.makers import NOW, spoiled
from tests.presenting_cases import FOLDER, MINE, OTHER, write
from tests.wallet.world import wallet
from wallet.pickup import Offer, pick_up
from wallet.receiving import Trusted, receive

HER: Final = wallet()[0].did
_PAPER, _HERS = makers.competence(), makers.competence(subject=HER)
_PERMIT = makers.permit(subject=HER)
_ANSWER = makers.presented([makers.competence(subject=MINE.did)], MINE)
_PAIR = worlds.text([_HERS, _PERMIT])
_PARTS = frames.split(_PAIR)


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Something that came, and when."""

    what: str | bytes
    bundle: str | None = "plain"
    now: datetime = NOW
    floor: datetime | None = None

    def wire(self, bundles: cases.Bundles) -> dict[str, Any]:
        """As it stands in the file, with what came of it."""
        opened, _random = wallet()
        by = Trusted(bundle=bundles.find(self.bundle), now=self.now, floor=self.floor)
        after, arrivals = receive(opened, self.what, by=by)
        assert len(after.passes()) == len({one.name for one in arrivals} - {None})
        came = {"text": self.what} if isinstance(self.what, str) else {"json": self.what.decode()}
        rows = [
            {"verdict": one.verdict, "reasons": list(one.reasons), "kept": one.name is not None} for one in arrivals
        ]
        floor = None if self.floor is None else moment(self.floor)
        return {**came, "bundle": self.bundle, "now": moment(self.now), "floor": floor, "arrivals": rows}


def _sent() -> Iterator[Sent]:
    for document in (_PAPER, _HERS, _PERMIT, makers.competence(subject=OTHER.did)):
        yield Sent(what=worlds.text(document))
        yield Sent(what=_json(document))
    yield Sent(what=_PAIR + "\r\n")
    yield Sent(what="\r\n".join(reversed(_PARTS)))
    yield Sent(what="\n".join(_PARTS[1:]))
    yield Sent(what=f"{worlds.text(_PAPER)}\n{worlds.text(_PERMIT)}")
    for bundle in ("revoked", "suspended", "review", "stolen", "no-lists", "announced", None):
        yield Sent(what=_PAIR, bundle=bundle)
        yield Sent(what=_json(_PERMIT), bundle=bundle)
    for later in (timedelta(days=5), timedelta(days=60), timedelta(days=900)):
        yield Sent(what=_json(_PERMIT), bundle="long", now=NOW + later)
    ended = makers.permit(subject=HER, valid_until=NOW - timedelta(days=30))
    yield Sent(what=_json(ended))
    yield Sent(what=_json(ended), now=NOW - timedelta(days=60), floor=NOW)
    yield Sent(what=_json(spoiled(_HERS, "/credentialSubject/level", "avanzado")))
    yield Sent(what=_json(spoiled(_HERS, "/proof", ...)))
    yield Sent(what=_json(makers.competence(issuer=makers.OTRA)))
    yield Sent(what=_json(makers.competence(valid_from=NOW + timedelta(days=3))))
    yield Sent(what=_json(makers.permit(issuer=makers.NORMA, status=makers.places(makers.NORMA))))
    for answer in (worlds.text(_ANSWER), _json(_ANSWER)):
        yield Sent(what=answer)
    for text in ("", "\n", "https://evil.example/x", "VC1-Rñ", "VC1-R" + "A" * 5000, "VF1-000000120", "VO1-7KQ4M2XW9T"):
        yield Sent(what=text)
    for raw in (b"", b"[]", b"{}", b'{"a":' * 40, b'{"a":1,"a":2}', b'{"a":"' + b"x" * 40_000 + b'"}', b"null"):
        yield Sent(what=raw)


def receiving() -> dict[str, Any]:
    """What came, and what came of it."""
    rows = json.loads((cases.FOLDER / "bundles.json").read_text("utf-8"))
    bundles = cases.Bundles(rows)
    return {"did": HER, "cases": [each.wire(bundles) for each in _sent()]}


_OPENED: Final[dict[str, Any]] = {
    "id": "q83vASNFZ4mrze8B",
    "challenge": "c3VwZXI",
    "domain": "formacion.example",
    "expiresAt": "2026-11-22T00:40:20Z",
    "summary": [],
}
_GIVEN: Final = {"credentials": [{"id": "x", "credential": _HERS, "text": "VC1-R"}, {"credential": _PERMIT}]}
_BASE: Final = "https://formacion.example"


def _picked(
    opened: Any = _OPENED, given: Any = _GIVEN, media: tuple[str, str] = (JSON_MEDIA, JSON_MEDIA), **typed: str
) -> dict[str, Any]:
    """One pick-up: what was typed, what the issuer answered, what was posted, what came of it."""
    ask = f"{_BASE}/v1/issuer/pickups"
    present = f"{ask}/{_OPENED['id']}/present"
    web = SmallWeb(pages={ask: _json(opened), present: _json(given)})
    web.media_types |= {ask: media[0], present: media[1]}
    code, pin = typed.get("code", "7kq4m-2xw9t"), typed.get("pin", "402 917")
    row: dict[str, Any] = {"code": code, "pin": pin, "media": list(media)}
    row |= {} if opened is _OPENED else {"opened": opened}
    row |= {} if given is _GIVEN else {"given": given}
    try:
        offer = Offer(issuer=Url(_BASE), code=code, pin=pin)
        row["picked"] = len(pick_up(offer, fetch=web, signer=MINE.signer, now=NOW))
    except Invalid as refused:
        row["refused"] = refused.code
    paths = [url.removeprefix(_BASE) for url in web.asked]
    row["posted"] = [[path, body.decode()] for path, body in zip(paths, web.posted, strict=True)]
    return row


def pickup() -> dict[str, Any]:
    """Pick-ups that go well, and answers that no honest issuer gives."""
    problem = (f"{PROBLEM_MEDIA}; charset=utf-8", JSON_MEDIA)
    late = (JSON_MEDIA, PROBLEM_MEDIA)
    rows = [_picked(), _picked(code="VO1-7KQ4M2XW9T", pin="402917"), _picked(code="7KQ4M"), _picked(pin="40291")]
    rows += [_picked({"code": code}, media=problem) for code in ("wrong_secret", "offer_replaced", "invented", 7, None)]
    rows += [_picked(given={"code": "offer_used"}, media=late)]
    rows += [_picked({**_OPENED, name: value}) for name in ("id", "challenge", "domain") for value in ("", None, 7)]
    rows += [_picked({**_OPENED, "challenge": "x" * 201}), _picked({}), _picked({**_OPENED, "id": "../../admin"})]
    rows += [_picked({**_OPENED, "id": "a/b"}), _picked({**_OPENED, "id": "-_"})]
    strange: tuple[Any, ...] = (
        {},
        {"credentials": []},
        {"credentials": ["x"]},
        {"credentials": [{}]},
        {"credentials": [{}] * 17},
    )
    rows += [_picked(given=given) for given in strange]
    return {"holder": "holder1", "now": moment(NOW), "opened": _OPENED, "given": _GIVEN, "cases": rows}


if __name__ == "__main__":
    write("receiving", receiving())
    write("pickup", pickup())
    print("in", FOLDER)

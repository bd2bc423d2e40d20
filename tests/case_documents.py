"""What the shared cases are made of: good documents, documents with one thing spoiled, and texts of all sorts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kernel import frames
from kernel.encoding import base45_decode, base45_encode, base58btc_encode
from schemas.identifiers import Did
from tests import makers, worlds

HOLDER = makers.holder()
OTHER = makers.holder("holder2")
SECOND = timedelta(seconds=1)
_GOOD = makers.competence()
_MINE = makers.competence(subject=HOLDER.did)
_HERS = makers.permit(subject=HOLDER.did)
_ENTRIES = _GOOD["credentialStatus"]
_IDENTITY = "z" + base58btc_encode(b"\xed\x01" + b"\x01" + bytes(31))


def _signed(pointer: str, value: Any) -> dict[str, Any]:
    return makers.resigned(_GOOD, pointer, value)


def _entry(**changes: Any) -> dict[str, Any]:
    return _signed("/credentialStatus", [{**_ENTRIES[0], **changes}, _ENTRIES[1]])


def _self(**changes: Any) -> dict[str, Any]:
    told = {"type_id": "C10", "claims": makers.SKILL, "issuer": HOLDER.did, "subject": HOLDER.did, "status": []}
    return makers.sign(makers.unsigned(**{**told, **changes}), HOLDER.signer)


def _low_order() -> dict[str, Any]:
    document = _self(issuer=Did(f"did:key:{_IDENTITY}"), subject=Did(f"did:key:{_IDENTITY}"))
    document = makers.spoiled(document, "/proof/verificationMethod", f"did:key:{_IDENTITY}#{_IDENTITY}")
    return makers.spoiled(document, "/proof/proofValue", "z" + base58btc_encode(b"\x01" + bytes(63)))


# Documents that CBOR-LD can write, so that each goes as a text and as JSON.
WRITABLE: Mapping[str, Any] = {
    "competence": _GOOD,
    "permit": makers.permit(),
    "skill": makers.skill(),
    "holders-competence": _MINE,
    "no-end": makers.competence(valid_until=None),
    "no-begin": _signed("/validFrom", ...),
    "permit-without-end": makers.permit(valid_until=None),
    "expired": makers.competence(valid_until=makers.NOW - SECOND),
    "ends-now": makers.competence(valid_until=makers.NOW),
    "ended-before-the-bundle": makers.competence(valid_until=worlds.SIGNED_AT - SECOND),
    "ends-in-a-year": makers.competence(valid_until=makers.NOW + 365 * worlds.DAY),
    "begins-in-300": makers.competence(valid_from=makers.NOW + 300 * SECOND),
    "begins-in-301": makers.competence(valid_from=makers.NOW + 301 * SECOND),
    "with-offset": _signed("/validFrom", "2026-03-09T19:00:00-05:00"),
    "with-milliseconds": _signed("/validUntil", "2026-11-22T00:30:20.001Z"),
    "no-such-day": _signed("/validFrom", "2026-02-30T00:00:00Z"),
    "no-zone": _signed("/validFrom", "2026-03-10T00:00:00"),
    "year-zero-by-offset": _signed("/validFrom", "0001-01-01T00:00:00+01:00"),
    "status-none": makers.competence(status=[]),
    "status-revocation-alone": makers.competence(status=makers.places(makers.NORMA)[:1]),
    "status-other-place": makers.competence(status=makers.places(makers.NORMA, index=5)),
    "status-first-place": makers.competence(status=makers.places(makers.NORMA, index=0)),
    "status-beyond": _entry(statusListIndex="131072"),
    "status-zeros": _entry(statusListIndex="007"),
    "status-negative": _entry(statusListIndex="-1"),
    "status-no-number": _entry(statusListIndex="x"),
    "status-anothers-list": _entry(statusListCredential="https://permiso.example/s/1"),
    "status-unknown-list": _entry(statusListCredential="https://norma.example/s/9"),
    "status-wrong-purpose": _entry(statusPurpose="suspension"),
    "status-message": _entry(statusPurpose="message"),
    "status-thrice": _signed("/credentialStatus", [*_ENTRIES, {**_ENTRIES[0], "statusListIndex": "5"}]),
    "forged-name": makers.spoiled(_GOOD, "/credentialSubject/name", "Otra Persona"),
    "forged-end": makers.spoiled(_GOOD, "/validUntil", "2039-03-10T00:00:00Z"),
    "another-signature": makers.spoiled(_GOOD, "/proof/proofValue", makers.permit()["proof"]["proofValue"]),
    "no-proof": makers.spoiled(_GOOD, "/proof", ...),
    "other-suite": makers.spoiled(_GOOD, "/proof/cryptosuite", "eddsa-rdfc-2022"),
    "purpose-authentication": makers.sign(
        makers.unsigned(), makers.issuer_signer(makers.NORMA), purpose="authentication"
    ),
    "proof-of-fewer-contexts": makers.spoiled(_GOOD, "/proof/@context", _GOOD["@context"][:1]),
    "proof-created": makers.spoiled(_GOOD, "/proof/created", "2026-03-10T00:00:00Z"),
    "issuer-not-controller": makers.spoiled(_GOOD, "/issuer", makers.PERMISO),
    "unknown-issuer": makers.competence(issuer=makers.OTRA),
    "unknown-key": makers.spoiled(_GOOD, "/proof/verificationMethod", "did:web:norma.example#k2"),
    "out-of-scope": makers.permit(issuer=makers.TALLER),
    "scheme-unknown": _signed("/credentialSubject", {"name": "Ana", "scheme": "OTRO"}),
    "scheme-none": _signed("/credentialSubject", {"name": "Ana"}),
    "norm-as-text": _signed("/credentialSubject/norm", "220201501"),
    "new-codes": _signed("/credentialSubject/level", "experto"),
    "type-alone": _signed("/type", ["VerifiableCredential"]),
    "types-swapped": _signed("/type", ["CompetencePass", "VerifiableCredential"]),
    "self-declared": _self(),
    "self-declared-expired": _self(valid_until=makers.BEGAN),
    "self-declared-of-another": _self(subject=OTHER.did),
    "self-declared-with-a-list": _self(status=[makers.place(makers.TALLER)]),
    "self-declared-other-method": makers.spoiled(_self(), "/proof/verificationMethod", f"{HOLDER.did}#k1"),
    "low-order": _low_order(),
    "pair": [_GOOD, makers.permit()],
    "pair-one-forged": [_GOOD, makers.spoiled(makers.permit(), "/credentialSubject/workAllowed", False)],
    "live": makers.presented([_MINE], HOLDER),
    "live-pair": makers.presented([_MINE, _HERS], HOLDER),
    "live-answer": makers.presented([_MINE], HOLDER, challenge="7K3M9QWX", domain="CAFE"),
    "live-answer-typed": makers.presented([_MINE], HOLDER, challenge="7K3M9QWX"),
    "live-answer-to-another": makers.presented([_MINE], HOLDER, challenge="7K3M9QWX", domain="OTRO"),
    "live-other-letters": makers.presented([_MINE], HOLDER, challenge="7K3M9QWY"),
    "live-at-90": makers.presented([_MINE], HOLDER, created="2026-11-22T00:28:50Z"),
    "live-at-91": makers.presented([_MINE], HOLDER, created="2026-11-22T00:28:49Z"),
    "live-from-the-future": makers.presented([_MINE], HOLDER, created="2026-11-22T00:31:51Z"),
    "live-without-created": makers.presented([_MINE], HOLDER, created=None),
    "live-created-no-time": makers.presented([_MINE], HOLDER, created="ahora"),
    "live-by-another": makers.presented([_MINE], OTHER),
    "live-of-two-holders": makers.presented([_MINE, makers.permit(subject=OTHER.did)], HOLDER),
    "live-of-paper": makers.presented([_GOOD], HOLDER),
    "live-asserted": makers.presented([_MINE], HOLDER, purpose="assertionMethod"),
    "live-swapped": {**makers.presented([_MINE], HOLDER), "verifiableCredential": [_HERS]},
    "live-one-forged": makers.presented(
        [_MINE, makers.spoiled(_HERS, "/credentialSubject/workAllowed", False)], HOLDER
    ),
    "live-one-forged-stale": makers.presented(
        [_MINE, makers.spoiled(_HERS, "/credentialSubject/workAllowed", False)], HOLDER, created=None
    ),
    "live-all-forged": makers.presented([makers.spoiled(_MINE, "/credentialSubject/name", "Otra")], OTHER),
    "live-without-proof": makers.spoiled(makers.presented([_MINE], HOLDER), "/proof", ...),
}
# Documents that only JSON can bring.
_LIVE = WRITABLE["live"]
JSON_ALONE: Mapping[str, Any] = {
    "apodo": _signed("/credentialSubject/apodo", "Anita"),
    "contexts-swapped": _signed("/@context", _GOOD["@context"][::-1]),
    "context-missing": makers.spoiled(_GOOD, "/@context", ...),
    "context-appended": makers.spoiled(_GOOD, "/@context", [*_GOOD["@context"], "https://x.example/v1"]),
    "proofs-two": makers.spoiled(_GOOD, "/proof", [_GOOD["proof"], _GOOD["proof"]]),
    "status-no-object": _signed("/credentialStatus", "x"),
    "empty": {},
    "live-eight": makers.presented([_MINE] * 8, HOLDER),
    "live-nine": {**_LIVE, "verifiableCredential": [_MINE] * 9},
    "live-of-nothing": {**_LIVE, "verifiableCredential": []},
    "live-of-a-text": {**_LIVE, "verifiableCredential": ["eyJ.eyJ.x"]},
    "live-of-one-object": makers.presented([_MINE], HOLDER) | {"verifiableCredential": _MINE},
}

NO_JSON = ("", "[]", "null", "{", '{"a":1,"a":2}', '{"a":NaN}', '{"a":-0}', '{"a":9007199254740992}', '{"a":"\\ud800"}')
"""Bytes that are no document: each is one that some parser of JSON takes."""
DOCUMENTS: Mapping[str, Any] = {
    **{name: one for name, one in WRITABLE.items() if isinstance(one, dict)},
    **JSON_ALONE,
}


def _foreign(good: str) -> dict[str, tuple[str, ...]]:
    """Texts of other systems, and those of ours that are no pass."""
    return {
        "url": ("https://verifica.example/#" + good,),
        "mail": ("mailto:a@b.example",),
        "health-card": ("shc:/567629095243206034602924374044603122295953",),
        "dcc": ("HC1:6BFOXN%TSMAHN-H2GZ4B",),
        "jwt": ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln",),
        "sd-jwt": ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln~WyJhIl0~",),
        "json-text": ('{"a":1}',),
        "update": ("VD1-RABC",),
        "log-proof-alone": ("VR1-RABC",),
        "request": ("VQ1-I7K3M9QWX.CAFE",),
        "base45-alone": ("NCFOXN%TSMAHN-H2GZ4BXYZ",),
        "words": ("hola, ¿qué tal?",),
    }


def _texts() -> dict[str, tuple[str, ...]]:
    found = {name: (worlds.text(one),) for name, one in WRITABLE.items()}
    good, pair = found["competence"][0], found["live-pair"][0]
    parts = frames.split(pair)
    last = parts[-1]
    raw = base45_decode(found["status-revocation-alone"][0][5:])
    wide = raw.replace(bytes.fromhex("18de4105"), bytes.fromhex("18de43000005"))  # a table id in three bytes
    return (
        found
        | {
            "frames": parts,
            "frames-turned-and-twice": (*parts[::-1], parts[0]),
            "frames-missing": parts[1:],
            "frames-changed": (*parts[:-1], last[:-1] + ("0" if last[-1] != "0" else "1")),
            "frames-of-two-sets": (*parts, *frames.split(good)),
            "frame-alone": parts[:1],
            "two-codes": (good, found["permit"][0]),
            "two-codes-one-live": (found["live"][0], found["permit"][0]),
            "code-and-url": ("https://x.example/", good),
            "code-and-garbage": (good, "VC1-R"),
            "nothing": (),
            "empty-text": ("",),
            "too-long": ("VC1-R" + "0" * 4292,),
            "cut": (good[: len(good) // 3 * 3 - 4],),
            "cut-base45": (good[:-1],),
            "newline": (good + "\n",),
            "space": (" " + good,),
            "lower": ("VC1-R" + good[5:].lower(),),
            "prefix-of-a-presentation": ("VP1" + good[3:],),
            "prefix-of-a-credential": ("VC1" + pair[3:],),
            "base32": ("VC1-B3HFR3A",),
            "old-tag": ("VC1-RRJRJ90",),
            "table-id-of-three-bytes": ("VC1-R" + base45_encode(wide),),
            "nine-codes": tuple(f"VC1-R{number}" for number in range(9)),
        }
        | _foreign(good)
    )


TEXTS: Mapping[str, tuple[str, ...]] = _texts()

"""did:key, did:jwk and did:web as text <-> key and location. Nothing is fetched: a verifier asks its bundle."""

import re
from collections.abc import Mapping
from typing import Final

from kernel.canonical import canonical
from kernel.codec import read
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Malformed, WrongShape
from kernel.keys import PublicKey, read_jwk, read_multikey
from schemas import bounds, terms
from schemas.did import DidDocument, VerificationMethod
from schemas.identifiers import Did, DidUrl, Url
from schemas.json import JsonObject, JsonValue

_KEY: Final = "did:key:"
_JWK: Final = "did:jwk:"
_JWK_LIMIT: Final = 256  # characters
# Parts of a did:web between colons and dots: no IP address, user part, empty or dot segment gets through.
_LABEL: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}")
_SEGMENT: Final = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_DID_DOCUMENT_CONTEXTS: Final = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def controller(method: DidUrl) -> Did:
    """The DID before the one `#`. Raises invalid_value."""
    did, mark, fragment = method.partition("#")
    if not mark or not fragment or "#" in fragment or not did.startswith("did:"):
        raise WrongShape("invalid_value", detail="not a DID with one fragment")
    return Did(did)


def did_key(key: PublicKey) -> Did:
    """did:key method, section 3.1.1."""
    return Did(_KEY + key.multikey())


def did_key_method(did: Did) -> DidUrl:
    """The only method of a did:key for signatures: its own multikey again as fragment. Raises invalid_value."""
    key_of_did_key(did)
    return DidUrl(f"{did}#{did.removeprefix(_KEY)}")


def key_of_did_key(did: Did) -> PublicKey:
    """The key that the DID is. Raises limits_exceeded, invalid_value."""
    if len(did) > bounds.DID_KEY.size:
        raise Malformed("limits_exceeded", detail="a did:key longer than its bound")
    if not did.startswith(_KEY):
        raise WrongShape("invalid_value", detail="not a did:key")
    return read_multikey(did.removeprefix(_KEY))


def key_of_did_key_method(method: DidUrl) -> PublicKey:
    """The key of a did:key's own method, fragment and DID agreeing. Raises limits_exceeded, invalid_value."""
    did = controller(method)
    key = key_of_did_key(did)
    if method != f"{did}#{did.removeprefix(_KEY)}":
        raise WrongShape("invalid_value", detail="a did:key's method that is not its own key")
    return key


def did_jwk(key: PublicKey) -> Did:
    """did:jwk with the canonical JSON of the public JWK."""
    return Did(_JWK + base64url_encode(canonical(key.jwk())))


def key_of_did_jwk(did: Did) -> PublicKey:
    """The key that the DID is. Raises limits_exceeded, malformed_json, invalid_value."""
    if not did.startswith(_JWK):
        raise WrongShape("invalid_value", detail="not a did:jwk")
    raw = base64url_decode(did.removeprefix(_JWK), limit=_JWK_LIMIT)
    return read_jwk(read(raw, bound=bounds.JOSE_HEADER).document)


def did_web_location(did: Did) -> Url:
    """Where the document of a did:web stands (did:web method, section 3.2). Raises limits_exceeded, invalid_value."""
    if len(did) > bounds.DID_WEB.size:
        raise Malformed("limits_exceeded", detail="a did:web longer than its bound")
    host, *path = did.removeprefix("did:web:").split(":")
    name, mark, port = host.partition("%3A")
    labels = name.split(".")
    if (
        not did.startswith("did:web:")
        or len(labels) < 2
        or labels[-1].isdigit()
        or not all(map(_LABEL.fullmatch, labels))
        or not all(map(_SEGMENT.fullmatch, path))
        or (mark and not _PORT.fullmatch(port))
    ):
        raise WrongShape("invalid_value", detail="not a did:web of a named host")
    place = "/".join([name + (":" + port if port else ""), *(path or [".well-known"]), "did.json"])
    return Url(f"https://{place}")


def did_document(did: Did, keys: Mapping[DidUrl, PublicKey]) -> JsonObject:
    """The document to publish for `did`: each key a Multikey method for assertions and authentication."""
    methods: list[JsonValue] = [
        {"type": terms.MULTIKEY, "id": method, "controller": did, "publicKeyMultibase": key.multikey()}
        for method, key in keys.items()
    ]
    names: list[JsonValue] = list(keys)
    return {
        "@context": list(_DID_DOCUMENT_CONTEXTS),
        "id": did,
        "verificationMethod": methods,
        terms.ASSERTION: names,
        terms.AUTHENTICATION: names,
    }


def read_did_document(document: JsonObject) -> DidDocument:
    """The reading of a published document; methods of other kinds are left out. Raises invalid_value."""
    did = document.get("id")
    listed = document.get("verificationMethod")
    if not isinstance(did, str) or not isinstance(listed, list):
        raise WrongShape("invalid_value", detail="not a DID document")
    methods = {method.id: method for entry in listed if (method := _method(entry)) is not None}
    return DidDocument(
        document=document,
        id=Did(did),
        methods=methods,
        assertion=_names(document.get(terms.ASSERTION)),
        authentication=_names(document.get(terms.AUTHENTICATION)),
    )


def _method(entry: JsonValue) -> VerificationMethod | None:
    if not isinstance(entry, dict) or entry.get("type") != terms.MULTIKEY:
        return None
    name, owner, multikey = (entry.get(member) for member in ("id", "controller", "publicKeyMultibase"))
    if not isinstance(name, str) or not isinstance(owner, str) or not isinstance(multikey, str):
        return None
    return VerificationMethod(id=DidUrl(name), controller=Did(owner), multikey=multikey)


def _names(value: JsonValue) -> tuple[DidUrl, ...]:
    return tuple(DidUrl(name) for name in value if isinstance(name, str)) if isinstance(value, list) else ()

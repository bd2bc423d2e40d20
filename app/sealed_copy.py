"""A backup's file: a stream of 64 KiB pieces under a fresh key, which is sealed to each of two operators (TRUST 13).

`PBK1`, the key sealed to each (crypto_box_seal, 80 bytes each, two), the stream's header, the pieces. A piece that was
changed, moved, left out or cut at the end is found before what follows it is believed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as OVERHEAD,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_keygen,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from app.shut_copy import Fault, NoCopy, ShutCopy
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Invalid

PIECE: Final = 64 * 1024
OPERATORS: Final = 2
_MAGIC: Final = b"PBK1"
_SEALED: Final = 80
_TEXT: Final = 43


def make_key() -> tuple[str, str]:
    """An operator's pair: (what stays with her, what backups are sealed to)."""
    pair = PrivateKey.generate()
    return base64url_encode(bytes(pair)), base64url_encode(bytes(pair.public_key))


def publics_of(operators: Iterable[str]) -> Sequence[PublicKey]:
    """The keys that a backup is sealed to. Raises Malformed for what is no such key, and for other than two."""
    publics = [PublicKey(_key(text, "public")) for text in operators]
    if len(publics) != OPERATORS or len({bytes(one) for one in publics}) != OPERATORS:
        raise NoCopy("two", detail="a backup is sealed to two operators")
    return publics


def seal(source: IO[bytes], into: IO[bytes], *, operators: Iterable[str]) -> None:
    """Write the whole source sealed to two operators' public keys. Raises Malformed."""
    publics = publics_of(operators)
    key = crypto_secretstream_xchacha20poly1305_keygen()
    state = crypto_secretstream_xchacha20poly1305_state()
    header = crypto_secretstream_xchacha20poly1305_init_push(state, key)
    into.write(_MAGIC + b"".join(SealedBox(one).encrypt(key) for one in publics) + header)
    piece = source.read(PIECE)
    while True:
        following = source.read(PIECE)
        tag = MESSAGE if following else FINAL
        into.write(crypto_secretstream_xchacha20poly1305_push(state, piece, None, tag))
        if not following:
            return
        piece = following


def unseal(source: IO[bytes], *, secret: str) -> Iterator[bytes]:
    """The pieces, by either operator's key. Raises BadProof for another's key and for a changed or cut file."""
    refused = ShutCopy("changed", detail="the backup was changed or cut")
    head = source.read(len(_MAGIC) + OPERATORS * _SEALED + HEADER)
    if len(head) != len(_MAGIC) + OPERATORS * _SEALED + HEADER or not head.startswith(_MAGIC):
        raise NoCopy("file", detail="not a backup")
    box, state = SealedBox(PrivateKey(_key(secret, "secret"))), crypto_secretstream_xchacha20poly1305_state()
    key = _opened(box, head[len(_MAGIC) : -HEADER])
    if key is None:
        raise ShutCopy("others", detail="the backup does not open: it is sealed to other keys")
    crypto_secretstream_xchacha20poly1305_init_pull(state, head[-HEADER:], key)
    tag = MESSAGE
    while raw := source.read(PIECE + OVERHEAD):
        if tag == FINAL:
            raise refused
        try:
            piece, tag = crypto_secretstream_xchacha20poly1305_pull(state, raw, None)
        except (CryptoError, RuntimeError) as error:
            raise refused from error
        yield piece
    if tag != FINAL:
        raise refused


def _opened(box: SealedBox[PrivateKey], sealed: bytes) -> bytes | None:
    for at in range(0, len(sealed), _SEALED):
        try:
            return bytes(box.decrypt(sealed[at : at + _SEALED]))
        except CryptoError:
            continue
    return None


def _key(text: str, kind: Fault) -> bytes:
    refused = NoCopy(kind, detail="not an operator's key")
    try:
        raw = base64url_decode(text.strip(), limit=_TEXT)
    except Invalid as error:
        raise refused from error
    if len(raw) != 32:
        raise refused
    return raw

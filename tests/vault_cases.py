"""The shared cases of the vault: blobs, keys, letters and passphrases that both languages must make and read alike.

`python -m tests.vault_cases` writes tests/vectors/vault/keys.json, the same in every run. Keys and people are of the
tests alone; randomness is `SeededRandom`, which the pages' tests draw likewise.
"""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kernel import vault, vault_keys
from kernel.dids import did_key
from kernel.ed25519 import SeedSigner
from kernel.errors import Malformed
from kernel.keys import PublicKey
from kernel.vault import Kdf, Kind
from schemas.identifiers import DidUrl
from tests.fakes import SeededRandom

FOLDER = Path(__file__).parent / "vectors" / "vault"
SECRETS = (bytes.fromhex("00112233445566778899aabbccddeeff"), bytes(16), b"\xff" * 16, b"puente, la hoja.")
SMALL = Kdf(passes=2, memory_kib=19 * 1024, salt=bytes(range(16)))
"""The least work that TRUST 8 allows: tests stretch often."""
STRONG = (
    "una frase larga de prueba",
    "canela y panela en la mesa",
    "ñandúes bajo la luna",
    "ΣΑΣ ΣΑΣ ὀδυσσεύς ß",
    "١٢٣ abcde ١٢٣",
    "tengo 12 gatos 34",
    "🦙🦜🐍 montaña adentro",
    "x1y2z3w4v5u6t7",
)
WEAK = (
    "",
    "once letras",
    "🦙🦜🐍🦙🦜🐍🦙🦜🐍🦙🦜🐍",
    "aaaaaaaaaaaa",
    "123456789012",
    "987654321098",
    "abababababab",
    "contraseña123",
    "CONTRASEÑA 2024!",
    "Password1234!",
    "hola hola hola",
    "12 Venezuela 34",
    "ﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀﬀ",
    "!!!!!!!!!!!!!!!",
    "1a1a1a1a1a1a",
    "x" * 257,
)
TYPED = (
    "008j4ct4ank7f24snaxwsqfezxsh",
    " oo8J-4CT4-ANK7-F24S-NAXW-SQFE-ZXSH ",
    "008J 4CT4\nANK7 F24S NAXW SQFE ZXSH",
    "008J-4CT4-ANK7-F24S-NAXW-SQFE-ZXSK",
    "008J-4CT4-ANK7-F24S-NAXW-SQFE-ZXS",
    "U08J-4CT4-ANK7-F24S-NAXW-SQFE-ZXSH",
    "",
    "0" * 65,
)


def blobs() -> list[dict[str, Any]]:
    """One blob of each kind and of several sizes, with all that made it."""
    random = SeededRandom("blobs")
    found = []
    sizes, sequences = (0, 1, 511, 512, 700, 1023, 2048), (0, 1, 2, 3, 255, 2**53, 2**64 - 1)
    for kind, size, sequence in zip(Kind, sizes, sequences, strict=True):
        kdf = SMALL if kind in (Kind.WRAP_PASSPHRASE, Kind.SHOW_PACK) else None
        key, vault_id, plaintext, nonce = (random(n) for n in (32, 16, size, 24))
        again = {24: nonce}.__getitem__
        blob = vault.seal(plaintext, key=key, kind=kind, vault_id=vault_id, sequence=sequence, random=again, kdf=kdf)
        named = {"key": key, "vaultId": vault_id, "plaintext": plaintext, "nonce": nonce, "blob": blob}
        found.append(
            {"kind": int(kind), "sequence": str(sequence), "kdf": kdf_row(kdf)} | {k: v.hex() for k, v in named.items()}
        )
    return found


def kdf_row(kdf: Kdf | None) -> dict[str, Any] | None:
    """How a key was stretched."""
    return None if kdf is None else {"passes": kdf.passes, "memoryKib": kdf.memory_kib, "salt": kdf.salt.hex()}


def sheets() -> list[dict[str, Any]]:
    """Sheets, their locators and keys, and their halves."""
    return [
        {
            "secret": secret.hex(),
            "text": vault_keys.sheet_text(secret),
            "locator": vault_keys.sheet_locator(secret).hex(),
            "vaultId": SECRETS[0].hex(),
            "key": vault_keys.sheet_key(secret, SECRETS[0]).hex(),
            "seed": f"halves {number}",
            "halves": vault_keys.half_texts(secret, random=SeededRandom(f"halves {number}")),
        }
        for number, secret in enumerate(SECRETS)
    ]


def keys() -> dict[str, Any]:
    """All keys under one vault key."""
    vault_key = SeededRandom("vault key")(32)
    signers = [
        SeedSigner(vault_keys.holder_seed(vault_key, persona), DidUrl("did:key:z#z")) for persona in (0, 1, 2**40)
    ]
    sync = SeedSigner(vault_keys.subkey(vault_key, vault_keys.SYNC_AUTH), DidUrl("did:key:z#z"))
    return {
        "vaultKey": vault_key.hex(),
        "subkeys": [vault_keys.subkey(vault_key, number).hex() for number in range(1, 7)],
        "itemId": SECRETS[0].hex(),
        "itemKey": vault_keys.item_key(vault_key, SECRETS[0]).hex(),
        "personas": [0, 1, 2**40],
        "dids": [did_key(PublicKey(signer.public)) for signer in signers],
        "signed": signers[0].sign(b"hola").hex(),
        "syncKey": sync.public.hex(),
        "syncSigned": sync.sign(b"hola").hex(),
    }


def doubtful() -> bytes:
    """The first number whose checksum holds for two forms at once: no half may be made of it."""
    forms = range(3)
    numbers = (n.to_bytes(16, "big") for n in range(10**6))
    return next(mask for mask in numbers if len({vault_keys.checksum(mask, form) for form in forms}) < len(forms))


def typed() -> list[dict[str, Any]]:
    """Letters as a person types them, and what they are: a secret, or the refusal's code."""
    half = vault_keys.half_texts(SECRETS[0], random=SeededRandom("halves 0"))[1]
    rows = []
    for text in (*TYPED, half):
        try:
            rows.append({"typed": text, "secret": vault_keys.read_sheet(text).hex()})
        except Malformed as refused:
            rows.append({"typed": text, "code": refused.code})
    return rows


def pack() -> dict[str, Any]:
    """A phone's show-pack: PIN and device secret together open it (TRUST 8)."""
    random = SeededRandom("pack")
    device, plaintext = random(32), b'{"version":1}'
    key = blake2b(vault.stretch(b"481632", kdf=SMALL) + device, digest_size=32).digest()
    blob = vault.seal(
        plaintext, key=key, kind=Kind.SHOW_PACK, vault_id=SECRETS[0], sequence=1, random=random, kdf=SMALL
    )
    return {"pin": "481632", "device": device.hex(), "blob": blob.hex(), "plaintext": plaintext.hex()}


def make() -> dict[str, Any]:
    """The whole file."""
    phrases = [*STRONG[:3], "cancio\u0301n de cuna"]
    stretched = [{"words": words, "key": vault_keys.passphrase_key(words, SMALL).hex()} for words in phrases]
    return {
        "blobs": blobs(),
        "keys": keys(),
        "sheets": sheets(),
        "doubtful": doubtful().hex(),
        "typed": typed(),
        "kdf": kdf_row(SMALL),
        "stretched": stretched,
        "strong": STRONG,
        "weak": WEAK,
        "pack": pack(),
    }


def write(name: str, made: dict[str, Any]) -> None:
    """One file of the folder: what is a list has a line for each of its cases."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [f"{json.dumps(key)}: {_lines(value)}" for key, value in made.items()]
    (FOLDER / name).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _lines(value: Any) -> str:
    if not isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"


if __name__ == "__main__":
    write("keys.json", make())

"""kernel/vault.py: the published PVL1 files both ways, and nothing changed ever opens."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import vault
from kernel.errors import Malformed
from kernel.ports import Random
from kernel.vault import Kdf, Kind
from tests.fakes import SeededRandom
from tests.published import published

KEY = bytes(range(32))
VAULT_ID = bytes(range(16))


def files() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(published("pvl1/pvl1.json").read_text())["files"]
    return found


def sealed(plaintext: bytes = b"hola", *, kind: Kind = Kind.ITEM, kdf: Kdf | None = None, sequence: int = 1) -> bytes:
    return vault.seal(
        plaintext, key=KEY, kind=kind, vault_id=VAULT_ID, sequence=sequence, random=SeededRandom(), kdf=kdf
    )


def itself(nonce: bytes) -> Random:
    """Randomness that gives the nonce of a published file again."""
    return lambda n: nonce[:n]


def spoiled(blob: bytes, place: int, value: bytes) -> bytes:
    return blob[:place] + value + blob[place + len(value) :]


def test_the_published_files_are_read() -> None:
    cases = files()
    assert len(cases) == 3
    for case in cases:
        opened = vault.open_blob(bytes.fromhex(case["file"]), key=bytes.fromhex(case["key"]))
        assert opened.plaintext.hex() == case["plaintext"]
        assert opened.header.kind == case["kind"]


def test_the_published_files_are_written_byte_for_byte() -> None:
    for case in files():
        blob = bytes.fromhex(case["file"])
        header = vault.read_header(blob)
        again = vault.seal(
            bytes.fromhex(case["plaintext"]),
            key=bytes.fromhex(case["key"]),
            kind=header.kind,
            vault_id=header.vault_id,
            sequence=header.sequence,
            random=itself(header.nonce),
            kdf=header.kdf,
        )
        assert again == blob


def test_every_header_bit_flip_of_the_published_files_is_refused() -> None:
    for case in files():
        blob, key = bytes.fromhex(case["file"]), bytes.fromhex(case["key"])
        for bit in range(vault.PREFIX_SIZE * 8):
            flipped = bytearray(blob)
            flipped[bit // 8] ^= 1 << bit % 8
            with pytest.raises(Malformed) as caught:
                vault.open_blob(bytes(flipped), key=key)
            assert caught.value.code == "vault_unreadable"


@given(place=st.integers(min_value=0, max_value=511 + 16), bit=st.integers(min_value=0, max_value=7))
@settings(max_examples=60, deadline=None)
def test_a_changed_ciphertext_is_refused(place: int, bit: int) -> None:
    blob = bytearray(sealed())
    blob[vault.PREFIX_SIZE + place] ^= 1 << bit
    with pytest.raises(Malformed, match="does not open"):
        vault.open_blob(bytes(blob), key=KEY)


def test_a_wrong_key_a_changed_commitment_and_a_changed_tag_say_the_same() -> None:
    blob = sealed()
    said = set()
    for tried, key in (
        (blob, bytes(32)),
        (spoiled(blob, vault.HEADER_SIZE, bytes(32)), KEY),
        (spoiled(blob, len(blob) - 16, bytes(16)), KEY),
    ):
        with pytest.raises(Malformed) as caught:
            vault.open_blob(tried, key=key)
        said.add(str(caught.value))
    assert len(said) == 1


def test_the_commitment_is_looked_at_before_the_ciphertext() -> None:
    """A blob made to open under two keys (a partitioning oracle) fails at the commitment of the second."""
    blob = sealed()
    other = vault.seal(b"hola", key=bytes(32), kind=Kind.ITEM, vault_id=VAULT_ID, sequence=1, random=SeededRandom())
    mixed = blob[: vault.PREFIX_SIZE] + other[vault.PREFIX_SIZE :]
    for key in (KEY, bytes(32)):
        with pytest.raises(Malformed):
            vault.open_blob(mixed, key=key)


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        (0, b"PVL2", "/version"),
        (4, b"\x02", "/version"),
        (5, b"\x00", "/kind"),
        (5, b"\x08", "/kind"),
        (6, b"\x02", "/kdf"),
        (7, b"\x01", "/version"),
        (8, b"\x03", "/kdf"),  # passes without a KDF
        (16, b"\x01", "/kdf"),  # a salt without a KDF
    ],
)
def test_a_wrong_form_is_named(place: int, value: bytes, pointer: str) -> None:
    with pytest.raises(Malformed) as caught:
        vault.read_header(spoiled(sealed(), place, value))
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("size", [0, 79, 112, 128, 112 + 512 + 15, 112 + 512 + 17, 112 + 1536 + 16])
def test_a_length_that_no_writer_makes_is_refused(size: int) -> None:
    blob = sealed()
    with pytest.raises(Malformed) as caught:
        vault.read_header((blob * 9)[:size])
    assert caught.value.pointer == "/length"


def test_the_largest_blob_is_accepted_and_one_unit_more_is_refused() -> None:
    largest = b"x" * (vault.MAX_PADDED - 1)
    blob = sealed(largest)
    assert len(blob) == vault.MAX_BLOB
    assert vault.open_blob(blob, key=KEY).plaintext == largest
    with pytest.raises(Malformed) as caught:
        sealed(largest + b"x")
    assert caught.value.code == "limits_exceeded"
    header = blob[: vault.HEADER_SIZE]
    with pytest.raises(Malformed):
        vault.read_header(header + bytes(vault.MAX_BLOB * 2 - vault.PREFIX_SIZE))


@pytest.mark.parametrize(
    ("passes", "memory_kib"),
    [(1, 65536), (7, 65536), (3, 19 * 1024 - 1), (3, 256 * 1024 + 1), (2**32 - 1, 2**32 - 1), (0, 0)],
)
def test_work_outside_the_bounds_is_refused_before_anything_is_allocated(passes: int, memory_kib: int) -> None:
    blob = spoiled(sealed(), 6, b"\x01")
    blob = spoiled(blob, 8, passes.to_bytes(4, "little") + memory_kib.to_bytes(4, "little"))
    with pytest.raises(Malformed) as caught:
        vault.read_header(blob)
    assert caught.value.pointer == "/kdf"


@pytest.mark.parametrize(("passes", "memory_kib"), [(2, 19 * 1024), (6, 256 * 1024)])
def test_the_bounds_themselves_are_accepted(passes: int, memory_kib: int) -> None:
    kdf = Kdf(passes=passes, memory_kib=memory_kib, salt=bytes(range(16)))
    assert vault.read_header(sealed(kdf=kdf, kind=Kind.WRAP_PASSPHRASE)).kdf == kdf


@given(plaintext=st.binary(max_size=2100), sequence=st.integers(min_value=0, max_value=2**64 - 1))
@settings(max_examples=80, deadline=None)
def test_what_was_sealed_opens_again(plaintext: bytes, sequence: int) -> None:
    opened = vault.open_blob(sealed(plaintext, sequence=sequence), key=KEY)
    assert opened.plaintext == plaintext
    assert (opened.header.sequence, opened.header.vault_id) == (sequence, VAULT_ID)


@given(size=st.integers(min_value=0, max_value=5000))
def test_padding_is_a_power_of_two_and_comes_off(size: int) -> None:
    padded = vault.pad(b"\x80" * size)
    assert len(padded) % 512 == 0
    assert (len(padded) // 512).bit_count() == 1
    assert vault.unpad(padded) == b"\x80" * size


@pytest.mark.parametrize("padded", [bytes(512), b"x" * 512, b"\x80" + bytes(1023), b""])
def test_padding_that_no_writer_makes_is_refused(padded: bytes) -> None:
    with pytest.raises(Malformed):
        vault.unpad(padded)


def test_two_writes_of_the_same_text_differ() -> None:
    random = SeededRandom()
    one, two = (
        vault.seal(b"x", key=KEY, kind=Kind.ITEM, vault_id=VAULT_ID, sequence=1, random=random) for _ in range(2)
    )
    assert one != two


@given(raw=st.binary(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_any_bytes_end_in_one_error(raw: bytes) -> None:
    for tried in (raw, b"PVL1\x01" + raw):
        with pytest.raises(Malformed):
            vault.open_blob(tried, key=KEY)

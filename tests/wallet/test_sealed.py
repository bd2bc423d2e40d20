"""wallet/sealed.py: one run of bytes, read back or refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import vault
from kernel.errors import Malformed
from kernel.vault import Kind
from schemas import bounds
from tests.fakes import SeededRandom
from wallet.sealed import MAGIC, SealedVault, read_sealed

KEY = bytes(32)


def blob(kind: Kind, *, vault_id: bytes = bytes(16), sequence: int = 1) -> bytes:
    return vault.seal(b"x", key=KEY, kind=kind, vault_id=vault_id, sequence=sequence, random=SeededRandom())


def whole() -> SealedVault:
    return SealedVault(
        vault_id=bytes(16),
        sequence=7,
        manifest=blob(Kind.MANIFEST, sequence=7),
        wraps=(blob(Kind.WRAP_PASSPHRASE), blob(Kind.WRAP_RECOVERY)),
        items=(blob(Kind.ITEM), blob(Kind.ITEM, sequence=2)),
    )


def packed(*blobs: bytes) -> bytes:
    return MAGIC + b"".join(len(each).to_bytes(4, "little") + each for each in blobs)


def test_it_reads_back() -> None:
    assert read_sealed(whole().to_bytes()) == whole()


def test_a_way_in_is_found_by_its_kind() -> None:
    assert whole().wrap(Kind.WRAP_RECOVERY) == whole().wraps[1]
    with pytest.raises(Malformed):
        whole().wrap(Kind.WRAP_HELPER)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PVL1",
        MAGIC,
        packed(blob(Kind.ITEM)),
        packed(blob(Kind.MANIFEST), blob(Kind.ITEM), blob(Kind.WRAP_RECOVERY)),
        packed(blob(Kind.MANIFEST), blob(Kind.MANIFEST)),
        packed(blob(Kind.MANIFEST), blob(Kind.SHOW_PACK)),
        packed(blob(Kind.MANIFEST), blob(Kind.ITEM, vault_id=b"o" * 16)),
        whole().to_bytes()[:-1],
        whole().to_bytes() + b"\x00",
        MAGIC + b"\xff\xff\xff\xff",
    ],
)
def test_what_is_no_whole_vault_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        read_sealed(raw)
    assert caught.value.code == "vault_unreadable"


def test_more_than_the_bound_is_refused_before_it_is_read() -> None:
    with pytest.raises(Malformed) as caught:
        read_sealed(MAGIC + bytes(bounds.VAULT_WHOLE.size))
    assert caught.value.code == "limits_exceeded"


@given(raw=st.binary(max_size=3000), start=st.sampled_from([b"", MAGIC]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_one_error(raw: bytes, start: bytes) -> None:
    with pytest.raises(Malformed):
        read_sealed(start + raw)

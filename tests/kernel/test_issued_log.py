"""`kernel/issued_log.py`: RFC 6962 trees against a plain recursive reading, checkpoints, and log proofs as text."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import issued_log
from kernel.cborld import cbor
from kernel.ed25519 import SeedSigner
from kernel.encoding import base45_encode
from kernel.errors import BadProof, Invalid
from kernel.issued_log import Checkpoint, Frontier, LogProof
from schemas.identifiers import DidUrl, Url

METHOD = DidUrl("did:web:formacion.demo.puente.example#k1")
URL = Url("https://formacion.demo.puente.example/s/1")
SIGNER = SeedSigner(b"\x07" * 32, METHOD)
LEAVES = [sha256(b"\x00" + bytes([n % 256, n // 256])).digest() for n in range(600)]


def _plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + _plain_root(leaves[:k]) + _plain_root(leaves[k:])).digest()


def _plain_path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*_plain_path(m, leaves[:k]), _plain_root(leaves[k:])]
    return [*_plain_path(m - k, leaves[k:]), _plain_root(leaves[:k])]


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 600])
def test_root_and_path_are_those_of_the_specification(size: int) -> None:
    leaves = LEAVES[:size]
    root = issued_log.root(leaves)
    assert root == _plain_root(leaves)
    for index in {0, size // 2, size // 3, size - 1}:
        path = issued_log.path(leaves, index)
        assert list(path) == _plain_path(index, leaves)
        issued_log.check_path(leaves[index], index=index, size=size, path=path, root=root)


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert issued_log.root([]) == Frontier().root() == sha256(b"").digest()
    with pytest.raises(ValueError, match="no such leaf"):
        issued_log.path([], 0)


@given(size=st.integers(1, 70), data=st.data())
def test_a_path_holds_for_its_own_leaf_place_and_size_only(size: int, data: st.DataObject) -> None:
    leaves = LEAVES[:size]
    index = data.draw(st.integers(0, size - 1))
    root, path = issued_log.root(leaves), issued_log.path(leaves, index)
    wrong_index = data.draw(st.integers(-1, size + 1).filter(lambda n: n != index))
    for leaf, at, many, steps in (
        (LEAVES[599], index, size, path),
        (leaves[index], wrong_index, size, path),
        (leaves[index], index, size, (*path, LEAVES[0])),
        (leaves[index], index, size, (*path[:-1], b"short")),
        (leaves[index], index, size, path[1:] if path else (LEAVES[1],)),
    ):
        with pytest.raises(BadProof):
            issued_log.check_path(leaf, index=at, size=many, path=steps, root=root)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_frontier_grows_by_chunks_to_the_same_root(chunks: list[int]) -> None:
    frontier, at = Frontier(), 0
    for size in chunks:
        frontier = frontier.append(LEAVES[at : at + size])
        at += size
        assert frontier.size == at
        assert frontier.root() == _plain_root(LEAVES[:at])
        assert len(frontier.hashes) == at.bit_count()


def test_roots_of_aligned_chunks_are_nodes_of_the_tree() -> None:
    chunks = [LEAVES[at : at + 64] for at in range(0, 600, 64)]
    roots = [issued_log.root(chunk) for chunk in chunks]
    assert issued_log.root(roots) == issued_log.root(LEAVES)
    path = (*issued_log.path(chunks[4], 9), *issued_log.path(roots, 4))
    assert path == issued_log.path(LEAVES, 4 * 64 + 9)


def test_a_leaf_is_the_hash_of_the_deterministic_cbor() -> None:
    digest, salt = sha256(b"s" * 64).digest(), issued_log.salt(b"k" * 32, 7)
    body = cbor.array(
        [
            cbor.text("puente-issued-1"),
            cbor.text(METHOD),
            cbor.byte_string(digest),
            cbor.text(URL),
            cbor.integer(94567),
            cbor.byte_string(salt),
        ]
    )
    made = issued_log.leaf(method=METHOD, signature_hash=digest, list_url=URL, index=94567, salt=salt)
    assert made == sha256(b"\x00" + body).digest()
    assert len(salt) == 16
    assert salt == issued_log.salt(b"k" * 32, 7) != issued_log.salt(b"k" * 32, 8)


def _note() -> str:
    point = Checkpoint(origin="formacion.demo/log", size=600, root=issued_log.root(LEAVES))
    signature = SIGNER.sign(point.text().encode())
    return issued_log.note(point, name="formacion.demo", public=SIGNER.public, signature=signature)


def test_a_checkpoint_is_a_signed_note() -> None:
    note = _note()
    read = issued_log.read_checkpoint(note, origin="formacion.demo/log", keys={"formacion.demo": SIGNER.public})
    assert (read.size, read.root) == (600, issued_log.root(LEAVES))
    lines = note.split("\n")
    assert lines[0] == "formacion.demo/log"
    assert lines[3] == ""
    assert lines[4].startswith("— formacion.demo ")


def test_a_line_of_an_unknown_key_is_let_be() -> None:
    other = SeedSigner(b"\x09" * 32, METHOD)
    point = Checkpoint(origin="formacion.demo/log", size=600, root=issued_log.root(LEAVES))
    signature = other.sign(point.text().encode())
    line = issued_log.note(point, name="witness", public=other.public, signature=signature).split("\n\n")[1]
    keys = {"formacion.demo": SIGNER.public}
    assert issued_log.read_checkpoint(_note() + line, origin="formacion.demo/log", keys=keys).size == 600
    both = keys | {"witness": other.public}
    assert issued_log.read_checkpoint(_note() + line, origin="formacion.demo/log", keys=both, threshold=2).size == 600
    with pytest.raises(BadProof):
        issued_log.read_checkpoint(_note(), origin="formacion.demo/log", keys=both, threshold=2)


@pytest.mark.parametrize(
    "spoil",
    [
        ("600", "601"),
        ("\n600\n", "\n0600\n"),
        ("formacion.demo/log", "other/log"),
        ("\n\n", "\n"),
        ("— ", "- "),
        ("=\n\n", "\n\n"),
    ],
)
def test_a_changed_checkpoint_is_refused(spoil: tuple[str, str]) -> None:
    with pytest.raises(Invalid):
        issued_log.read_checkpoint(
            _note().replace(*spoil), origin="formacion.demo/log", keys={"formacion.demo": SIGNER.public}
        )


def _proof(index: int = 9) -> LogProof:
    salt = issued_log.salt(b"k" * 32, index)
    return LogProof(
        method=METHOD,
        signature_hash=sha256(b"s" * 64).digest(),
        list_url=URL,
        index=94567,
        salt=salt,
        leaf_index=index,
        size=600,
        path=issued_log.path(LEAVES, index),
    )


def test_a_log_proof_comes_back_as_it_was() -> None:
    text = issued_log.write_proof(_proof())
    assert text.startswith("VR1-R")
    assert issued_log.read_proof(text) == _proof()


def test_a_proof_of_a_million_fits_its_text() -> None:
    base = _proof()
    proof = LogProof(**{name: getattr(base, name) for name in base.__slots__} | {"path": tuple(LEAVES[:20])})
    assert len(issued_log.write_proof(proof)) < 1300


@pytest.mark.parametrize(
    "text",
    [
        "VC1-R",
        "VR1-R",
        "VR1-Rabc",
        "VR1-R" + "0" * 5000,
        "VR1-R" + base45_encode(cbor.array([cbor.integer(1)])),
        "VR1-R" + base45_encode(b"\x01"),
        issued_log.write_proof(_proof()) + "00",
        issued_log.write_proof(_proof())[:-3],
        "VR1-R" + base45_encode(b"\x89\xf5" + cbor.array([]) * 8),
    ],
)
def test_what_is_no_log_proof_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        issued_log.read_proof(text)

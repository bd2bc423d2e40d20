"""`puente bench kernel`: issue, verify, QR encode, decode, text to verdict, index; each beside its peers in one run."""

import json
import secrets
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair
from openvc.keys import Ed25519SigningKey
from openvc.proof.di_jcs import EddsaJcsProofSuite

from bench import plain
from bench.harness import Row, Slice, in_process, interleave, rows
from bench.world import ENTRY, NOW, BenchWorld, make_world
from kernel import cborld, codec, status
from kernel.keys import PublicKey
from kernel.proofs import integrity
from kernel.verify import MemorySeen, judge
from schemas import bounds

BENCH: Final = "kernel"
ROUNDS: Final = 7
SECONDS: Final = 0.3
PAGES: Final = Path(__file__).parent.parent / "pwa"
_ASSERT: Final = "assertionMethod"


@contextmanager
def npm(world: BenchWorld) -> Iterator[Callable[[str], Slice]]:
    """The npm peers in one Node process; gives operation -> slice."""
    child = subprocess.Popen(
        ["node", "tools/peer.mjs"],
        cwd=PAGES,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("pipes were asked for")
    into, out = child.stdin, child.stdout
    _tell(into, _work(world))

    def of(operation: str) -> Slice:
        def run(seconds: float) -> float:
            _tell(into, {"op": operation, "seconds": seconds})
            line = out.readline()
            if not line:
                raise RuntimeError("the npm peer ended; run it by hand: node pwa/tools/peer.mjs")
            return float(json.loads(line)["us"])

        return run

    try:
        yield of
    finally:
        into.close()
        child.wait(timeout=10)


def _tell(into: IO[str], what: dict[str, Any]) -> None:
    into.write(json.dumps(what) + "\n")
    into.flush()


def _work(world: BenchWorld) -> dict[str, Any]:
    public = PublicKey(world.signer.public).multikey()
    return {
        "document": world.text,
        "secured": world.secured,
        "unsigned": world.unsigned,
        "qr": world.qr,
        "contexts": world.contexts,
        "tables": world.tables,
        "entry": ENTRY,
        "key": {
            "id": world.signer.method,
            "type": "Multikey",
            "controller": world.unsigned["issuer"],
            "publicKeyMultibase": public,
            "secretKeyMultibase": _secret_multikey(world.seed),
        },
    }


def _secret_multikey(seed: bytes) -> str:
    # Multicodec ed25519-priv, then the seed (Controlled Identifiers 1.0 section 2.2.2).
    number, text = int.from_bytes(b"\x80\x26" + seed, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit] + text
    return "z" + text


def run_kernel() -> list[Row]:
    """All cases, one after the other; each case's contestants interleaved."""
    world = make_world()
    with npm(world) as peer:
        contests = {
            "issue": _issue(world, peer),
            "verify": _verify(world, peer),
            "qr-encode": _encode(world, peer),
            "qr-decode": _decode(world, peer),
            "qr-verdict": _verdict(world, peer),
            "index": _index(),
        }
        found: list[Row] = []
        for case, slices in contests.items():
            found += rows(BENCH, case, interleave(slices, rounds=ROUNDS, seconds=SECONDS))
    return found


def _issue(world: BenchWorld, peer: Callable[[str], Slice]) -> dict[str, Slice]:
    public, secret = crypto_sign_seed_keypair(world.seed)
    del public
    suite, key = (
        EddsaJcsProofSuite(),
        Ed25519SigningKey(Ed25519PrivateKey.from_private_bytes(world.seed), world.signer.method),
    )
    options = {name: value for name, value in world.secured["proof"].items() if name != "proofValue"}
    return {
        "ours": in_process(lambda: integrity.add(world.unsigned, signer=world.signer, purpose=_ASSERT)),
        "bare": in_process(lambda: crypto_sign(b"\x5a" * 64, secret)),
        "plain": in_process(lambda: plain.issue(world.unsigned, options, world.seed)),
        "openvc-core": in_process(
            lambda: suite.add_proof(world.unsigned, signing_key=key, verification_method=world.signer.method)
        ),
        "npm": peer("issue"),
    }


def _verify(world: BenchWorld, peer: Callable[[str], Slice]) -> dict[str, Slice]:
    public, secret = crypto_sign_seed_keypair(world.seed)
    signed = crypto_sign(b"\x5a" * 64, secret)
    raw, key, suite = world.text.encode(), PublicKey(public), EddsaJcsProofSuite()
    jwk = dict(key.jwk())

    def ours() -> None:
        received = codec.read(raw, bound=bounds.CREDENTIAL)
        integrity.check(received.document, key=key, purpose=_ASSERT)

    return {
        "ours": in_process(ours),
        "bare": in_process(lambda: crypto_sign_open(signed, public)),
        "plain": in_process(lambda: plain.verify(world.text, public)),
        "openvc-core": in_process(lambda: suite.verify(json.loads(world.text), public_key_jwk=jwk, now=NOW)),
        "npm": peer("verify"),
    }


def _encode(world: BenchWorld, peer: Callable[[str], Slice]) -> dict[str, Slice]:
    ours = in_process(lambda: cborld.to_text(world.secured, dictionary=world.dictionary, entry=ENTRY))
    return {"ours": ours, "npm": peer("qr-encode")}


def _decode(world: BenchWorld, peer: Callable[[str], Slice]) -> dict[str, Slice]:
    ours = in_process(lambda: cborld.from_text(world.qr, dictionary=world.dictionary))
    return {"ours": ours, "npm": peer("qr-decode")}


def _verdict(world: BenchWorld, peer: Callable[[str], Slice]) -> dict[str, Slice]:
    seen = MemorySeen()

    def ours() -> None:
        report = judge(world.qr, bundle=world.bundle, now=NOW, floor=None, session=None, seen=seen)
        if report.verdict != "valid":
            raise RuntimeError("the bench's own pass must be valid")

    return {"ours": in_process(ours), "npm": peer("qr-verdict")}


def _index() -> dict[str, Slice]:
    """A place in a list: ours reads the list's keyed order, the plain way draws until it finds a free one."""
    key, url = bytes(32), "https://formacion.demo.puente.example/s/1"

    def a_list(per: int) -> Callable[[], object]:
        def draw() -> object:
            return list(status.permutation(key, url))[:per]

        return draw

    def ours(seconds: float) -> float:
        return in_process(a_list(status.USED))(seconds) / status.USED

    taken: set[int] = set()

    def drawn() -> None:
        if len(taken) >= status.LIST_SIZE // 2:
            taken.clear()
        while (index := secrets.randbelow(status.LIST_SIZE)) in taken:
            pass
        taken.add(index)

    return {"ours": ours, "plain": in_process(drawn)}

"""A token (K2), and the signing process behind its socket: what it signs, what it refuses, for whom."""

import json
import os
import socket
import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from app.db import open_engine
from app.hsm import Token, open_token
from app.opening import open_world
from app.settings import Settings
from app.signing import Process, serving
from app.signing_client import SigningClient
from issuer.signing import Signing
from kernel import ed25519
from kernel.errors import BadProof, Conflict, Forbidden, NotFound, Unavailable
from kernel.keys import PublicKey
from kernel.ports import SigningTask
from kernel.proofs import integrity
from schemas.identifiers import DidUrl, KeyId
from tests.fakes import MemoryKeyStore
from tests.issuer.world import SETUP, YULEISY, House

KEY, METHOD = KeyId("formacion/k1"), DidUrl("did:web:formacion.demo.puente.example#k1")
LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "000123"


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> Token:
    """A SoftHSM2 token of this run: a real PKCS#11 module with Ed25519."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "conf").write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")  # read once, when the module is loaded
    make = ["softhsm2-util", "--init-token", "--free", "--label", "puente", "--pin", PIN, "--so-pin", "000456"]
    subprocess.run(make, check=True, capture_output=True)
    return open_token(LIBRARY, label="puente", pin=PIN)


def test_a_key_of_a_token_signs_and_stays_there(token: Token) -> None:
    made = token.create(KEY, METHOD)
    signer = token.signer(KEY)
    assert signer.method == METHOD
    ed25519.check(made, b"data", signer.sign(b"data"))
    assert signer.sign(b"data") == signer.sign(b"data")
    with pytest.raises(Conflict):
        token.create(KEY, METHOD)
    with pytest.raises(NotFound):
        token.signer(KeyId("formacion/k2"))


def test_a_wrong_pin_or_token_opens_nothing(token: Token) -> None:
    for label, pin in (("otro", PIN), ("puente", "999999")):
        with pytest.raises(Unavailable):
            open_token(LIBRARY, label=label, pin=pin)


def test_production_refuses_rung_k0_and_wants_its_signing_process(tmp_path: Path) -> None:
    for rung in ("K0", "K1"):
        settings = Settings(env="production", data=tmp_path, rung=rung)
        with pytest.raises(Unavailable) as caught, open_world(settings):
            raise AssertionError("a world was opened")
        assert caught.value.code == "signer_unavailable"


@dataclass
class Vault:
    """As much of a World as the signing process asks for."""

    engine: Engine
    keys: Any
    house: House
    refused: list[DidUrl] = field(default_factory=list)

    @property
    def rooms(self) -> "Vault":
        return self

    def signing(self, session: Session) -> Signing:
        issuer = self.house.issuer_on(session)
        object.__setattr__(issuer, "keys", self.keys)
        object.__setattr__(issuer, "hand", None)
        object.__setattr__(issuer, "require_key", self._require)
        return Signing(issuer=issuer)

    def _require(self, method: DidUrl, at: datetime) -> None:
        if method in self.refused:
            raise Unavailable("key_not_in_force", detail="suspended")


@contextmanager
def behind(folder: Path, vault: Vault) -> Iterator[SigningClient]:
    path = folder / "sign.socket"
    with serving(path, vault) as process:  # type: ignore[arg-type]  # the part of a World that it uses
        thread = threading.Thread(target=process.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield SigningClient(socket=path)
        finally:
            process.shutdown()
            thread.join()


@dataclass
class Signed:
    house: House
    vault: Vault
    client: SigningClient


@pytest.fixture
def signed(database: Engine, tmp_path: Path) -> Iterator[Signed]:
    """A house whose keys stand behind the process."""
    keys = MemoryKeyStore()
    vault = Vault(engine=database, keys=keys, house=House(database))
    with behind(tmp_path, vault) as client:
        house = House(database, keys=client, hand=client)  # type: ignore[arg-type]  # the same port
        yield Signed(house.open(), vault, client)


def test_a_house_issues_and_publishes_by_the_process_alone(signed: Signed) -> None:
    house = signed.house
    (n,) = house.numbers(house.permits(YULEISY))
    with house.issuer() as issuer:
        packed = issuer.ledger.pass_bytes(n)
    document = house.credential(n)
    assert document["proof"]["verificationMethod"] == SETUP.method
    with house.status() as opened:
        opened.set_out("norma")
    with house.status() as opened:
        made = opened.publish("norma")
    with house.status() as opened:
        raw = opened.store.list_credential("norma", 1)
    assert made.size == 1
    assert made.checkpoint is not None
    assert json.loads(raw)["proof"]["verificationMethod"] == SETUP.method
    assert packed


def test_the_same_rows_are_the_same_bytes_with_and_without_the_process(database: Engine, signed: Signed) -> None:
    """So a chunk that one rung promised can be sealed at another, and a retry never differs."""
    house = signed.house
    (n,) = house.numbers(house.permits(YULEISY))
    with house.issuer() as issuer:
        before = issuer.ledger.pass_bytes(n)
        for table in ("issuer_sealed", "issuer_log_chunk"):
            issuer.ledger.session.execute(text(f"DELETE FROM {table}"))
    alone = House(database, keys=signed.vault.keys)
    alone.desk.resume()
    with alone.issuer() as issuer:
        assert issuer.ledger.pass_bytes(n) == before


def unsealed(house: House) -> int:
    """Take what was sealed away again, below the product: the chunk waits."""
    (n,) = house.numbers(house.permits(YULEISY))
    with house.issuer() as issuer:
        for table in ("issuer_sealed", "issuer_log_chunk"):
            issuer.ledger.session.execute(text(f"DELETE FROM {table}"))
    return n


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE issuer_batch SET released_by = prepared_by",
        "UPDATE issuer_batch SET released_by = NULL",
        "UPDATE issuer_batch SET issue = 0",
        "UPDATE issuer_chunk SET batch = NULL",
        "UPDATE issuer_chunk SET family = 'C06'",
    ],
)
def test_a_row_without_four_eyes_behind_it_is_not_signed(signed: Signed, lie: str) -> None:
    n = unsealed(signed.house)
    with signed.house.issuer() as issuer:
        issuer.ledger.session.execute(text(lie))
    with pytest.raises(Forbidden) as caught:
        signed.client.sign(SigningTask(kind="chunk", of=str(n)))
    assert caught.value.code == "same_hand"


def test_a_bit_that_no_two_people_set_is_not_signed(signed: Signed) -> None:
    signed.house.permits(YULEISY)
    with signed.house.status() as opened:
        opened.set_out("norma")
        row = opened.store.lists("norma")[2]
        opened.store.keep_list(row, bits=bytes([255]) + (row.bits or b"")[1:])
    with pytest.raises(Forbidden):
        signed.client.sign(SigningTask(kind="list", of=str(row.id)))


def test_a_suspended_key_signs_nothing(signed: Signed) -> None:
    n = unsealed(signed.house)
    signed.vault.refused.append(SETUP.method)
    for task in (SigningTask(kind="chunk", of=str(n)), SigningTask(kind="log", of="norma", size=0)):
        with pytest.raises(Unavailable) as caught:
            signed.client.sign(task)
        assert caught.value.code == "key_not_in_force"


def test_an_issuers_key_signs_no_bytes_that_are_sent(signed: Signed) -> None:
    signer = signed.client.signer(KeyId("norma/k1"))
    with pytest.raises(Forbidden):
        signer.sign(b"anything")
    with pytest.raises(Forbidden):
        SigningClient(socket=signed.client.socket).signer(KeyId("norma/secrets")).sign(b"anything")
    signed.client.create(KeyId("registry/snapshot/1/ab"), DidUrl("urn:puente:registry:snapshot#1"))
    role = signed.client.signer(KeyId("registry/snapshot/1/ab"))
    assert len(role.sign(b'{"_type":"snapshot"}')) == 64
    for other in (b'{"_type":"root"}', b"\x00", b"[]"):
        with pytest.raises(Forbidden):
            role.sign(other)


@pytest.mark.parametrize("line", [b"\n", b"[]\n", b"{}\n", b'{"do":"all"}\n', b'{"do":"sign","kind":1}\n', b"\xff\n"])
def test_nonsense_is_refused_and_the_process_stays(signed: Signed, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(signed.client.socket))
        connection.sendall(line)
        assert json.loads(connection.recv(4096))["code"]
    signed.client.ping()


def test_the_socket_is_its_owners_alone(signed: Signed) -> None:
    assert stat.S_IMODE(signed.client.socket.stat().st_mode) == 0o600


def test_a_wrong_signature_of_the_process_is_not_stored(signed: Signed) -> None:
    n = unsealed(signed.house)

    class Wrong:
        def sign(self, task: SigningTask, /) -> tuple[bytes, ...]:
            (signature,) = signed.client.sign(task)
            return (signature[:-1] + bytes([signature[-1] ^ 1]),)

    signed.house.hand = Wrong()
    with pytest.raises(BadProof):
        signed.house.desk.seal(n)
    with signed.house.issuer() as issuer:
        assert not issuer.ledger.is_sealed(n)


def test_without_the_process_nothing_is_lost(signed: Signed, tmp_path: Path) -> None:
    n = unsealed(signed.house)
    gone = SigningClient(socket=tmp_path / "nobody")
    signed.house.hand = gone
    with pytest.raises(Unavailable):
        signed.house.desk.seal(n)
    signed.house.hand = signed.client
    assert signed.house.desk.seal(n) == 1


def test_a_token_behind_the_process_issues_a_pass(sqlite_files: Any, token: Token, tmp_path: Path) -> None:
    with sqlite_files.empty() as url:
        engine = open_engine(url)
        vault = Vault(engine=engine, keys=token, house=House(engine))
        with behind(tmp_path, vault) as client:
            house = House(engine, keys=client, hand=client).open()  # type: ignore[arg-type]  # the same port
            (n,) = house.numbers(house.permits(YULEISY))
            with house.issuer() as issuer:
                made = PublicKey(issuer.ledger.issuer("norma").public)
            integrity.check(house.credential(n), key=made, purpose="assertionMethod")
        engine.dispose()


def test_a_socket_that_was_left_behind_is_taken_over(signed: Signed, tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.touch()
    with serving(path, signed.vault) as process:  # type: ignore[arg-type]  # the part of a World that it uses
        assert isinstance(process, Process)
        with pytest.raises(Conflict), serving(path, signed.vault):  # type: ignore[arg-type]  # the same
            raise AssertionError("two answer on one socket")
        assert path.exists()
    assert not path.exists()

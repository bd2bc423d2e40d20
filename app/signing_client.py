"""The signing process as this one sees it: the ports KeyStore and Hand over a Unix socket. No private key is here.

An issuer's key signs by `Hand` alone, what stands in the ledger; as a Signer it refuses. Every signature is checked by
whoever asked.
"""

import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app import signing_wire
from app.shut_keys import ShutKeys
from kernel.encoding import base64url_decode, base64url_encode
from kernel.ports import KeptSigner, SigningTask
from schemas.identifiers import DidUrl, KeyId

_PATIENCE: Final = 60.0
_SIGNATURE: Final = 86


@dataclass(frozen=True, kw_only=True)
class SigningClient:
    """Asks the process behind `socket`; one connection a question."""

    socket: Path
    kept: dict[KeyId, bytes] = field(default_factory=dict, repr=False)
    """What the secrets of each issuer are derived from: this process needs them at every step."""

    def sign(self, task: SigningTask, /) -> tuple[bytes, ...]:
        told = self.ask({"do": "sign", "kind": task.kind, "of": task.of, "size": task.size})
        return tuple(base64url_decode(str(each), limit=_SIGNATURE) for each in told["signatures"])

    def signer(self, key: KeyId, /) -> KeptSigner:
        if key in self.kept:
            return RemoteSigner(client=self, key=key, method=DidUrl(""))
        told = self.ask({"do": "find", "key": key})
        public = base64url_decode(str(told["public"]), limit=43)
        return RemoteSigner(client=self, key=key, method=DidUrl(str(told["method"])), public=public)

    def create(self, key: KeyId, method: DidUrl, /) -> bytes:
        told = self.ask({"do": "create", "key": key, "method": method})
        return base64url_decode(str(told["public"]), limit=43)

    def ping(self, *, patience: float = _PATIENCE) -> None:
        """Raises Unavailable where nobody answers, within so many seconds."""
        self.ask({"do": "ping"}, patience=patience)

    def ask(self, told: dict[str, Any], *, patience: float = _PATIENCE) -> dict[str, Any]:
        """Raises what the process raised, or Unavailable `signer_unavailable`."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(patience)
                connection.connect(str(self.socket))
                signing_wire.write(connection, told)
                answer = signing_wire.read(connection, signing_wire.ANSWER)
        except OSError as error:
            raise ShutKeys("socket", where=str(self.socket), detail="the signing process does not answer") from error
        if "error" in answer:
            signing_wire.raise_refusal(answer)
        return answer


@dataclass(frozen=True, kw_only=True)
class RemoteSigner:
    """A key that the process holds: it derives an issuer's secrets, or signs metadata of the bundle."""

    client: SigningClient
    key: KeyId
    method: DidUrl
    public: bytes = b""

    def sign(self, data: bytes, /) -> bytes:
        if self.key in self.client.kept:
            return self.client.kept[self.key]
        told = self.client.ask({"do": "raw", "key": self.key, "data": base64url_encode(data)})
        signature = base64url_decode(str(told["signature"]), limit=_SIGNATURE)
        if self.key.endswith("/secrets"):
            self.client.kept[self.key] = signature
        return signature

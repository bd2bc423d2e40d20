"""The signing process, `puente sign`: a Unix socket in the data folder, behind which the private keys are.

It reads each row from the database itself, composes it and signs it (`issuer/signing.py`); an issuer's key never signs
bytes that came in. Only the same user of this machine may ask: the socket's mode is 0600 and the kernel says who calls.
"""

import json
import os
import socket
import socketserver
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import structlog

from app import signing_wire
from app.db import reading
from app.logs import fault_of
from app.provide import World
from issuer.secrets import LABEL
from kernel.encoding import base64url_decode, base64url_encode
from kernel.errors import Conflict, Forbidden, PuenteError
from kernel.ports import SigningTask
from schemas.bounds import TUF_TARGETS
from schemas.identifiers import DidUrl, KeyId

_PATIENCE: Final = 60.0
_REGISTRY: Final = "registry/"
_CREDENTIALS: Final = struct.Struct("3i")
_log = structlog.get_logger()


class _Asked(socketserver.BaseRequestHandler):
    """One question."""

    server: "Process"

    def handle(self) -> None:
        self.request.settimeout(_PATIENCE)
        try:
            _require_own_user(self.request)
            told = signing_wire.read(self.request, signing_wire.REQUEST)
            answer = self.server.answer(told)
        except PuenteError as error:
            _log.warning("signing_refused", story="signing", code=error.code)
            answer = signing_wire.refusal(error)
        except (KeyError, TypeError, ValueError):
            refused = Forbidden("not_allowed", detail="not a question that is answered here")
            answer = signing_wire.refusal(refused)
        except OSError:
            return
        try:
            signing_wire.write(self.request, answer)
        except OSError:
            return


class Process(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Answers one question a connection."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, world: World) -> None:
        self.world = world
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Asked)
        finally:
            os.umask(before)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the base class's face
        """What was not foreseen ends one question, and is told without a word of what it was about."""
        _log.error("signing_fault", story="signing", code="internal", **fault_of(sys.exc_info()[1]))

    def answer(self, told: dict[str, Any]) -> dict[str, Any]:
        """Raises what the work raises, and Forbidden, KeyError or ValueError for what is no question."""
        match told["do"]:
            case "sign":
                task = SigningTask(kind=told["kind"], of=str(told["of"]), size=int(told["size"]))
                with reading(self.world.engine) as session:
                    signatures = self.world.rooms.signing(session).sign(task)
                return {"signatures": [base64url_encode(one) for one in signatures]}
            case "find":
                signer = self.world.keys.signer(KeyId(str(told["key"])))
                return {"method": signer.method, "public": base64url_encode(signer.public)}
            case "create":
                public = self.world.keys.create(KeyId(str(told["key"])), DidUrl(str(told["method"])))
                return {"public": base64url_encode(public)}
            case "raw":
                limit = TUF_TARGETS.bytes * 4 // 3 + 4
                return {"signature": self._raw(str(told["key"]), base64url_decode(str(told["data"]), limit=limit))}
            case "ping":
                return {}
            case _:
                raise Forbidden("not_allowed", detail="not a question that is answered here")

    def _raw(self, key: str, data: bytes) -> str:
        """What an issuer's secrets are derived from, and the metadata of a role of the bundle: nothing else."""
        is_secrets = key.endswith("/secrets") and data == LABEL
        if not is_secrets and not _is_metadata(key, data):
            raise Forbidden("not_allowed", detail="this key signs no bytes that are sent")
        return base64url_encode(self.world.keys.signer(KeyId(key)).sign(data))


def _is_metadata(key: str, data: bytes) -> bool:
    """Whether a key `registry/ROLE/…` is asked to sign metadata of that very role (TUF 1.0.31 section 4)."""
    if not key.startswith(_REGISTRY) or len(data) > TUF_TARGETS.bytes:
        return False
    role = key.removeprefix(_REGISTRY).split("/")[0]
    signed = json.loads(data)
    wanted = role if role in {"root", "snapshot", "timestamp"} else "targets"
    return isinstance(signed, dict) and signed.get("_type") == wanted


def _require_own_user(connection: socket.socket) -> None:
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, user, _ = _CREDENTIALS.unpack(raw)
    if user != os.getuid():
        raise Forbidden("not_allowed", detail="another user of this machine")


@contextmanager
def serving(path: Path, world: World) -> Iterator[Process]:
    """A process on that socket, which is gone afterwards; what a killed one left behind is taken away first.

    Raises Conflict where one answers there: two would take each other's place.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        if path.exists() and probe.connect_ex(str(path)) == 0:
            raise Conflict("name_taken", detail="a signing process answers there already")
    path.unlink(missing_ok=True)
    with Process(path, world) as process:
        try:
            yield process
        finally:
            path.unlink(missing_ok=True)

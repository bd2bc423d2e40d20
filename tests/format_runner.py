"""Any folder of format vectors through both cores, a line a case: `python -m tests.format_runner DIR`.

DIR is laid out as FORMAT section 11 says: p*.json, negative.json, frames.json, status-lists.json, contexts.json,
tables.json, test-keys.json. The Python half runs first, writes WORLD.json (the bundles of `format_folder.py`), and
gives it to the TypeScript half.
"""

import base64
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from kernel import cborld, codec, frames, status
from kernel.canonical import canonical
from kernel.dids import controller, key_of_did_key, read_did_document
from kernel.errors import Invalid, PuenteError
from kernel.keys import read_multikey
from kernel.proofs import integrity
from schemas.identifiers import Did, DidUrl, Url
from tests.format_folder import Folder

PAGES = Path(__file__).resolve().parent.parent / "pwa"
LATER = frozenset(
    {"not_yet_valid", "expired", "status_missing", "status_mismatch", "revoked", "suspended", "stale", "status_too_old"}
)
"""Marks of V18-V22: what the vectors say speaks of the steps before (FORMAT section 11)."""


Check = tuple[str, Callable[[], str | None]]
"""A name, and what gives None when all is well or else what is wrong."""


def _same(found: object, wanted: object) -> str | None:
    return None if found == wanted else f"got {found!r:.160}"


def checks(folder: Folder) -> Iterator[Check]:
    """Every case of the folder."""
    for case in folder.positive:
        yield from _positive(folder, case)
    for case in folder.negative:
        yield f"{case['id']} refused", partial(_refused, folder, case)
    for number, case in enumerate(folder.frames):
        yield f"frames {number}", partial(_frames, case)
    for row in folder.lists:
        # Its signature and length were checked while the bundle was made of it; the bits are now what the bundle says.
        yield f"status list {row['id']}", partial(_listed, folder, row)
    for row in folder.refused_lists:
        yield f"status list {row['id']} refused", partial(_oversized, row)


def _positive(folder: Folder, case: dict[str, Any]) -> Iterator[Check]:
    for name, check in (
        ("jcs", _jcs),
        ("cborld", _cborld),
        ("text", _text),
        ("decode", _decoded),
        ("signatures", _signed),
        ("verdict", _verdict),
    ):
        yield f"{case['id']} {name}", partial(check, folder, case)


def _jcs(_folder: Folder, case: dict[str, Any]) -> str | None:
    return _same(sha256(canonical(case["document"])).hexdigest(), case["jcs_sha256"])


def _cborld(folder: Folder, case: dict[str, Any]) -> str | None:
    raw = cborld.encode(case["document"], dictionary=folder.dictionary, entry=case["registryEntryId"])
    return _same(raw.hex(), case["cborld_hex"])


def _text(folder: Folder, case: dict[str, Any]) -> str | None:
    text = cborld.to_text(case["document"], dictionary=folder.dictionary, entry=case["registryEntryId"])
    return _same(text, case["qr_text"])


def _decoded(folder: Folder, case: dict[str, Any]) -> str | None:
    back = cborld.from_text(case["qr_text"], dictionary=folder.dictionary)
    listed = list(back.documents) if isinstance(case["document"], list) else back.documents[0]
    return _same(back.presentation or listed, case["document"])


def _frames(case: dict[str, Any]) -> str | None:
    back = frames.join(case["frames"][::-1])
    told = [list(frames.split(case["text"])), back, sha256(back.encode()).hexdigest()]
    return _same(told, [case["frames"], case["text"], case["sha256"]])


def _listed(folder: Folder, row: Mapping[str, Any]) -> str | None:
    bits = status.expand_list(row["credentialSubject"]["encodedList"])
    if len(bits) != status.LIST_BYTES:
        return None
    return _same({one.lists[Url(row["id"])].sticky == bits for one in folder.installed.values()}, {True})


def _signed(folder: Folder, case: dict[str, Any]) -> str | None:
    return _signatures(folder, case["document"])


def _signatures(folder: Folder, document: Any) -> str | None:
    """Each proof verifies, and is reproduced byte for byte where the folder holds its key."""
    if isinstance(document, list):
        return next((wrong for one in document if (wrong := _signatures(folder, one)) is not None), None)
    proof = document["proof"]
    method = DidUrl(proof["verificationMethod"])
    integrity.check(document, key=_key(folder, method), purpose=proof["proofPurpose"])
    signer = folder.signers.get(method)
    if signer is not None:
        bare = {member: value for member, value in document.items() if member != "proof"}
        options = {name: proof.get(name) for name in ("created", "challenge", "domain")}
        again = integrity.add(bare, signer=signer, purpose=proof["proofPurpose"], **options)
        if again["proof"] != proof:
            return "another signature"
    return _signatures(folder, document["verifiableCredential"]) if "verifiableCredential" in document else None


def _key(folder: Folder, method: DidUrl) -> Any:
    did = controller(method)
    if did.startswith("did:key:"):
        return key_of_did_key(Did(did))
    return read_multikey(read_did_document(folder.contexts[did]).methods[method].multikey)


def _verdict(folder: Folder, case: dict[str, Any]) -> str | None:
    """`expected` speaks of the steps before status; a case may say its whole verdict and reasons."""
    report, expected = folder.judge(case["qr_text"], case), case["expected"]
    early = [code for code in report.reasons if code not in LATER]
    if expected.get("verified") and (early or not report.passes or any(one.claims is None for one in report.passes)):
        return f"{report.verdict} {report.reasons}"
    for member, found in (("verdict", report.verdict), ("reasons", list(report.reasons))):
        if member in expected and found != expected[member]:
            return f"{member}: got {found}"
    return None


def _refused(folder: Folder, case: dict[str, Any]) -> str | None:
    report, expected = folder.judge(case["qr_text"], case), case["expected"]
    wanted = {expected["error"], *expected.get("also_accept", [])}
    if report.verdict in ("valid", "valid_as_of") or not wanted & set(report.reasons):
        return f"{report.verdict} {report.reasons}"
    return None


def _oversized(row: Mapping[str, Any]) -> str | None:
    try:
        status.expand_list(row["credentialSubject"]["encodedList"])
    except Invalid as refused:
        return _same(refused.code, "limits_exceeded")
    return "accepted"


def run(folder: Folder, *, out: Callable[[str], None] = print) -> int:
    """The Python half; gives how many cases failed."""
    failed = 0
    for name, check in checks(folder):
        try:
            wrong = check()
        except PuenteError as error:
            wrong = str(error)
        failed += wrong is not None
        out(f"ok   py {name}" if wrong is None else f"FAIL py {name}: {wrong}")
    return failed


def world_json(folder: Folder) -> bytes:
    """What the TypeScript half needs: the bundles of the folder."""
    found = {
        now: {"container": _base64(one.container()), "root": _base64(one.root)} for now, one in folder.worlds.items()
    }
    return codec.write({"worlds": found})


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def main(path: str) -> int:
    """Both halves; exit code 1 on any failure."""
    folder = Folder(Path(path).resolve())
    failed = run(folder)
    with tempfile.TemporaryDirectory() as scratch:
        world = Path(scratch) / "WORLD.json"
        world.write_bytes(world_json(folder))
        command = ["node", "--import", "tsx", "tools/format.ts", str(folder.path), str(world)]
        pages = subprocess.run(command, cwd=PAGES, check=False)
    print(f"{failed} failed in Python; TypeScript {'failed' if pages.returncode else 'passed'}")
    return 1 if failed or pages.returncode else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

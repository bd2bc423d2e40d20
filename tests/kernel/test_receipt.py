"""kernel/receipt.py: says what came out then and nothing of whom; holds only whole, by its own key; is no credential.

The shared cases are written anew by `python -m tests.receipt_cases`, and their difference read in the commit.
"""

import json
from typing import Any

import pytest

from kernel import codec, receipt
from kernel.errors import Invalid
from kernel.verify import MemorySeen, judge
from schemas.verification import Report
from tests import makers, receipt_cases, worlds
from tests.case_documents import TEXTS
from tests.makers import NOW, spoiled
from tests.receipt_cases import DEVICE, good, signed


def report() -> Report:
    return worlds.world().judge(TEXTS["competence"])


def test_every_case_is_the_one_in_the_file() -> None:
    wanted: Any = json.loads(receipt_cases.FILE.read_text("utf-8"))
    assert json.loads(json.dumps(receipt_cases.cases())) == wanted


def test_what_is_made_holds_and_says_verdict_kinds_time_bundle_and_key() -> None:
    made = receipt.make(report(), signer=DEVICE.signer, now=makers.later(5), note="Caja 2")
    found = receipt.check(codec.write(made))
    assert (found.verdict, found.level, found.judged_at, found.signed_at) == ("valid", "copy", NOW, makers.later(5))
    assert [(one.type, one.scheme, one.verdict) for one in found.passes] == [("CompetencePass", "SENA-NSCL", "valid")]
    assert (found.verifier, found.note, found.bundle_version) == (DEVICE.did, "Caja 2", report().bundle_version)


def test_it_holds_nothing_of_the_person_and_no_trace_of_the_credential() -> None:
    document = makers.competence()
    for one in receipt_cases.reports():
        told = codec.write(receipt.make(one, signer=DEVICE.signer, now=NOW)).decode()
        claims = [str(claim) for claim in document["credentialSubject"].values() if claim not in ("SENA-NSCL", 2)]
        for word in (*claims, document["proof"]["proofValue"], "94567", "norma.example", "credentialSubject"):
            assert word not in told


def test_no_member_can_be_changed() -> None:
    document = good()
    for pointer, value in (("/verdict", "expired"), ("/judgedAt", "2026-11-23T00:30:20Z"), ("/note", "b")):
        with pytest.raises(Invalid) as caught:
            receipt.check(codec.write(spoiled(document, pointer, value)))
        assert caught.value.code == "invalid_signature"


def test_another_key_cannot_speak_for_the_device() -> None:
    with pytest.raises(Invalid) as caught:
        receipt.check(codec.write(signed({}, by=receipt_cases.OTHER.signer)))
    assert caught.value.code == "issuer_mismatch"


def test_a_receipt_is_no_credential_and_a_credential_no_receipt() -> None:
    raw = codec.write(good())
    bundle = worlds.world().bundle
    found = judge(raw, bundle=bundle, now=NOW, floor=None, session=None, seen=MemorySeen())
    assert (found.verdict, found.reasons, found.passes) == ("cannot_verify", ("unknown_context",), ())
    for document in (makers.competence(), makers.presented([makers.competence()], makers.holder())):
        assert not receipt.is_receipt(codec.write(document))


@pytest.mark.parametrize("note", ["a" * 201, "a\u202eb", "a\nb\x07"])
def test_a_note_is_bounded_and_plain(note: str) -> None:
    with pytest.raises(Invalid) as caught:
        receipt.make(report(), signer=DEVICE.signer, now=NOW, note=note)
    assert (caught.value.code, caught.value.pointer) == ("bad_request", "/note")

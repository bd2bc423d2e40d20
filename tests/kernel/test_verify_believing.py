"""V10-V17: type, proof, key, signature, scope, key state. Each test spoils one thing and names its step."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from kernel import issued_log
from kernel.encoding import base58btc_encode, multibase_decode
from kernel.issued_log import LogProof
from schemas.identifiers import Did, DidUrl, Url
from schemas.verification import Report
from tests import makers, worlds

HOLDER = makers.holder()
ORDER_L = 2**252 + 27742317777372353535851937790883648493


def judged(document: Mapping[str, Any], **changes: Any) -> Report:
    """The report on a document as JSON, in a world with these changes."""
    return worlds.world(**changes).judge(json.dumps(document).encode())


def ends(report: Report, code: str, step: str) -> None:
    """Assert that this code at this step ended the one pass, and that no claim is shown."""
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", (code,), (step,))
    assert all(one.claims is None and one.type is None for one in report.passes)


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/type", ["VerifiableCredential"], "unknown_type"),
        ("/type", ["VerifiableCredential", "CompetencePass", "PermitPass"], "unknown_type"),
        ("/type", ["CompetencePass", "VerifiableCredential"], "unknown_type"),
        ("/type", ["VerifiableCredential", "BitstringStatusListCredential"], "unknown_type"),
        ("/credentialSubject", {"name": "Ana", "scheme": "OTRO"}, "unknown_type"),
        ("/credentialSubject", {"name": "Ana"}, "unknown_type"),
        ("/credentialSubject", {"name": "Ana", "scheme": "SENA-NSCL", "norm": "220201501"}, "schema"),
        ("/credentialSubject", {"name": 7, "scheme": "SENA-NSCL"}, "schema"),
        ("/validFrom", "2026-02-30T00:00:00Z", "schema"),
        ("/validFrom", "2026-03-10", "schema"),
        ("/validFrom", "2026-03-10T00:00:00", "schema"),
        ("/validFrom", "2026-03-10t00:00:00z", "schema"),
        ("/validFrom", "2026-03-10T24:00:00Z", "schema"),
        ("/validFrom", "2026-03-10T23:59:60Z", "schema"),
        ("/validFrom", "2026-03-10T00:00:00+14:01", "schema"),
        ("/validFrom", "0001-01-01T00:00:00+01:00", "schema"),
        ("/validUntil", "9999-12-31T23:59:59-00:01", "schema"),
        ("/validUntil", "0000-01-01T00:00:00Z", "schema"),
    ],
)
def test_v10_type_schema_and_dates(pointer: str, value: Any, code: str) -> None:
    ends(judged(makers.resigned(makers.competence(), pointer, value)), code, "V10")


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-10T00:00:00.5Z",
        "2026-03-10T00:00:00.123456789Z",
        "2026-03-09T19:00:00-05:00",
        "2026-03-10T14:00:00+14:00",
    ],
)
def test_v10_a_reader_takes_offsets_and_fractions(value: str) -> None:
    report = judged(makers.resigned(makers.competence(), "/validFrom", value))
    assert report.verdict == "valid"
    assert report.passes[0].valid_from == value


def test_v10_no_begin_and_no_end_are_let_be_unless_policy_asks_for_an_end() -> None:
    assert judged(makers.resigned(makers.competence(valid_until=None), "/validFrom", ...)).verdict == "valid"
    ends(judged(makers.permit(valid_until=None)), "schema", "V10")


def test_v10_the_policy_may_speak_of_every_scheme() -> None:
    document = makers.resigned(makers.competence(), "/credentialSubject", {"name": "Ana"})
    issuer = worlds.issuer_row(makers.NORMA, scope=[{"type": "*", "scheme": "*"}])
    report = judged(document, rules=[worlds.rule("*", "*")], issuers=[issuer])
    assert report.verdict == "valid"
    assert report.passes[0].scheme is None


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/proof", ..., "invalid_shape"),
        ("/proof", [makers.competence()["proof"]], "invalid_shape"),
        ("/proof/expires", "2030-01-01T00:00:00Z", "invalid_shape"),
        ("/proof/proofValue", ..., "invalid_shape"),
        ("/proof/cryptosuite", "eddsa-rdfc-2022", "wrong_cryptosuite"),
        ("/proof/proofPurpose", "authentication", "wrong_proof_purpose"),
        ("/proof/@context", ["https://www.w3.org/ns/credentials/v2"], "unknown_context"),
    ],
)
def test_v11_the_form_of_the_proof(pointer: str, value: Any, code: str) -> None:
    ends(judged(makers.spoiled(makers.competence(), pointer, value)), code, "V11")


def test_v11_a_proof_for_another_purpose_is_refused_although_it_verifies() -> None:
    document = makers.sign(makers.unsigned(), makers.issuer_signer(makers.NORMA), purpose="authentication")
    ends(judged(document), "wrong_proof_purpose", "V11")


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("did:web:permiso.example#k1", "issuer_mismatch"),
        ("did:web:norma.example.evil.example#k1", "issuer_mismatch"),
        ("did:web:norma.example", "unknown_key"),
        ("did:web:norma.example#k2", "unknown_key"),
        ("did:web:norma.example#k1#k1", "unknown_key"),
    ],
)
def test_v12_the_issuer_controls_the_method_and_the_bundle_knows_the_key(method: str, code: str) -> None:
    ends(judged(makers.spoiled(makers.competence(), "/proof/verificationMethod", method)), code, "V12")


def test_v12_an_issuer_that_the_bundle_does_not_know() -> None:
    ends(judged(makers.competence(issuer=makers.OTRA)), "unknown_issuer", "V12")


def _self_declared(subject: Did | None, status: list[Any]) -> dict[str, Any]:
    unsigned = makers.unsigned(type_id="C10", claims=makers.SKILL, issuer=HOLDER.did, subject=subject, status=status)
    return makers.sign(unsigned, HOLDER.signer)


def test_v12_what_a_person_says_of_herself_is_shown_apart_and_never_green() -> None:
    report = judged(_self_declared(HOLDER.did, []))
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", ("self_declared",), ("V12",))
    one = report.passes[0]
    assert one.tier == "T3"
    assert one.claims is not None
    assert one.issuer is not None
    assert (one.issuer.did, dict(one.issuer.name)) == (HOLDER.did, {})


def test_v12_a_person_who_speaks_of_another_is_an_unknown_issuer() -> None:
    ends(judged(_self_declared(makers.holder("holder2").did, [])), "unknown_issuer", "V12")
    ends(judged(_self_declared(None, [])), "unknown_issuer", "V12")


def test_v12_a_person_who_claims_a_list_of_an_issuer_has_no_standing_there() -> None:
    report = judged(_self_declared(HOLDER.did, [makers.place(makers.TALLER)]))
    assert report.reasons == ("self_declared", "status_mismatch")


def test_v12_a_person_signs_with_her_own_method_alone() -> None:
    document = makers.spoiled(_self_declared(HOLDER.did, []), "/proof/verificationMethod", f"{HOLDER.did}#k1")
    report = judged(document)
    assert report.reasons == ("unknown_key",)
    assert report.passes[0].claims is None


def test_v13_a_key_of_small_order_is_named() -> None:
    identity = "did:key:z" + base58btc_encode(b"\xed\x01" + b"\x01" + bytes(31))
    signature = "z" + base58btc_encode(b"\x01" + bytes(63))
    document = makers.sign(
        makers.unsigned(type_id="C10", claims=makers.SKILL, issuer=Did(identity), subject=Did(identity), status=[]),
        HOLDER.signer,
    )
    document = makers.spoiled(document, "/proof/verificationMethod", f"{identity}#{identity.removeprefix('did:key:')}")
    report = judged(makers.spoiled(document, "/proof/proofValue", signature))
    assert (report.reasons, report.steps) == (("self_declared", "low_order_key"), ("V12", "V13"))
    assert report.passes[0].issuer is None


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/credentialSubject/name", "Ana María Pérez"),
        ("/credentialSubject/level", "avanzado"),
        ("/validUntil", "2039-03-10T00:00:00Z"),
        ("/validFrom", "2025-03-10T00:00:00Z"),
        ("/credentialStatus", ...),
        ("/proof/created", "2026-03-10T00:00:00Z"),
        ("/proof/proofValue", "z"),
        ("/proof/proofValue", "u" + makers.competence()["proof"]["proofValue"][1:]),
        ("/proof/proofValue", makers.competence()["proof"]["proofValue"] + "1"),
        ("/proof/proofValue", makers.permit()["proof"]["proofValue"]),
    ],
)
def test_v15_every_change_breaks_the_signature(pointer: str, value: Any) -> None:
    ends(judged(makers.spoiled(makers.competence(), pointer, value)), "invalid_signature", "V15")


def test_v15_s_beyond_the_group_order_is_refused() -> None:
    document = makers.competence()
    raw = multibase_decode(document["proof"]["proofValue"], limit=128)
    high = raw[:32] + (int.from_bytes(raw[32:], "little") + ORDER_L).to_bytes(32, "little")
    ends(
        judged(makers.spoiled(document, "/proof/proofValue", "z" + base58btc_encode(high))), "invalid_signature", "V15"
    )


def test_v16_the_scope_goes_by_type_and_scheme() -> None:
    for document in (makers.permit(issuer=makers.NORMA), makers.skill(issuer=makers.PERMISO)):
        report = judged(document)
        ends(report, "out_of_scope", "V16")
        assert report.passes[0].issuer is not None


def test_v16_an_employer_gives_its_own_tier() -> None:
    report = judged(makers.skill())
    assert (report.verdict, report.passes[0].tier) == ("valid", "T2")


def _keyed(**key: Any) -> dict[str, Any]:
    return {"issuers": [worlds.issuer_row(makers.NORMA, keys=[worlds.key_row(makers.NORMA, **key)])]}


@pytest.mark.parametrize(
    "key",
    [
        {"state": "announced"},
        {"notBefore": "2026-03-10T00:00:01Z"},
        {"notAfter": "2026-03-09T23:59:59Z"},
        {"state": "retired", "notAfter": "2026-03-09T23:59:59Z"},
    ],
)
def test_v17_a_pass_outside_the_keys_window(key: dict[str, Any]) -> None:
    report = judged(makers.competence(), **_keyed(**key))
    ends(report, "key_window", "V17")
    assert report.passes[0].tier == "T1"


@pytest.mark.parametrize("state", ["active", "retired", "destroyed"])
def test_v17_a_key_at_rest_still_verifies(state: str) -> None:
    window = {"notBefore": "2026-03-10T00:00:00Z", "notAfter": "2026-03-10T00:00:00Z"}
    assert judged(makers.competence(), **_keyed(state=state, **window)).verdict == "valid"


def test_v17_a_suspended_key_is_under_review_with_its_claims_shown() -> None:
    for report in (
        judged(makers.competence(), **_keyed(state="suspended")),
        judged(makers.competence(), suspended={"norma": ["did:web:norma.example#k1"]}),
    ):
        assert (report.verdict, report.reasons, report.steps) == ("under_review", ("key_review",), ("V17",))
        assert report.passes[0].claims is not None


def _log(document: Mapping[str, Any]) -> tuple[LogProof, bytes]:
    entry = document["credentialStatus"][0]
    proof = LogProof(
        method=DidUrl(document["proof"]["verificationMethod"]),
        signature_hash=sha256(multibase_decode(document["proof"]["proofValue"], limit=128)).digest(),
        list_url=Url(entry["statusListCredential"]),
        index=int(entry["statusListIndex"]),
        salt=bytes(16),
        leaf_index=1,
        size=3,
        path=(),
    )
    leaves = [bytes(32), proof.leaf(), bytes(32)]
    return replace(proof, path=issued_log.path(leaves, 1)), issued_log.root(leaves)


def test_v17_a_stolen_keys_pass_stands_only_with_its_log_proof() -> None:
    document = makers.competence()
    proof, root = _log(document)
    frozen = {"size": 3, "root": root.hex()}
    world = worlds.world(**_keyed(state="compromised", frozenCheckpoint=frozen))
    good = worlds.text(document)
    ends(world.judge(good), "key_compromised", "V17")
    text = issued_log.write_proof(proof)
    assert world.judge(good, log_proofs=[text]).verdict == "valid"
    assert world.judge([good, text]).verdict == "valid"
    assert world.judge([text, "VR1-R0", good]).verdict == "valid"
    other = makers.competence(status=makers.places(makers.NORMA, index=11))
    ends(world.judge([worlds.text(other), text]), "key_compromised", "V17")
    wrong = issued_log.write_proof(replace(proof, leaf_index=0))
    ends(world.judge([good, wrong]), "key_compromised", "V17")


def test_v17_the_log_speaks_of_the_place_for_revocation() -> None:
    document = makers.competence(status=makers.places(makers.NORMA)[::-1])
    entry = document["credentialStatus"][1]
    assert entry["statusPurpose"] == "revocation"
    proof, root = _log({**document, "credentialStatus": [entry]})
    world = worlds.world(**_keyed(state="compromised", frozenCheckpoint={"size": 3, "root": root.hex()}))
    assert world.judge([worlds.text(document), issued_log.write_proof(proof)]).verdict == "valid"


def test_v17_a_log_proof_without_a_place_speaks_of_no_pass() -> None:
    document = makers.competence(status=[])
    world = worlds.world(**_keyed(state="compromised"))
    ends(world.judge(worlds.text(document)), "key_compromised", "V17")


def test_a_window_is_closed_at_both_ends() -> None:
    begins = makers.BEGAN + timedelta(seconds=1)
    assert judged(makers.competence(valid_from=begins), **_keyed(notBefore="2026-03-10T00:00:01Z")).verdict == "valid"

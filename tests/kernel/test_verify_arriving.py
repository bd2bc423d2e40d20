"""V1-V9: bundle and clock, texts, frames, JSON; what is no pass of ours, and what it looks like."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kernel import frames
from kernel.verify import MemorySeen, judge
from kernel.verify.looks import looks_like
from tests import makers, worlds

HOLDER = makers.holder()
GOOD = worlds.text(makers.competence())


def test_v1_without_a_bundle_nothing_can_be_said() -> None:
    report = judge(GOOD, bundle=None, now=makers.NOW, floor=None, session=None, seen=MemorySeen())
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", ("no_bundle",), ("V1",))
    assert (report.bundle_version, report.passes, report.judged_at) == (None, (), makers.NOW)


def test_v1_an_expired_root_ends_it() -> None:
    world = worlds.world(root_life=timedelta(seconds=30))
    assert world.judge(GOOD).reasons == ("root_expired",)


def test_v1_a_list_that_does_not_hold_its_canaries_ends_it() -> None:
    world = worlds.World(bundle=replace(worlds.plain(), canary_fault=True))
    report = world.judge(GOOD)
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", ("canary",), ("V1",))
    assert report.bundle_version == 7


def test_v1_an_expired_timestamp_makes_everything_as_of() -> None:
    report = worlds.world(timestamp_life=timedelta(seconds=30)).judge(GOOD)
    assert (report.verdict, report.reasons, report.steps) == ("valid_as_of", ("bundle_expired",), ("V1",))


def test_v2_a_clock_set_back_does_not_revive_an_expired_pass() -> None:
    ended = worlds.text(makers.competence(valid_until=worlds.SIGNED_AT - timedelta(seconds=1)))
    report = worlds.world().judge(ended, now=makers.BEGAN)
    assert (report.verdict, report.reasons) == ("expired", ("clock_behind", "expired"))
    assert report.judged_at == worlds.SIGNED_AT


def test_v2_the_stored_floor_counts_and_five_minutes_are_let_be() -> None:
    floor = makers.NOW + timedelta(seconds=300)
    assert worlds.world().judge(GOOD, floor=floor).reasons == ()
    assert worlds.world().judge(GOOD, floor=floor + timedelta(seconds=1)).reasons == ("clock_behind",)


def test_v2_a_clock_far_ahead_is_doubted() -> None:
    far = worlds.world(timestamp_life=1000 * worlds.DAY)
    report = far.judge(worlds.text(makers.competence(valid_until=None)), now=worlds.SIGNED_AT + 401 * worlds.DAY)
    assert report.reasons == ("clock_far", "status_too_old")


@pytest.mark.parametrize(
    ("text", "reason", "step"),
    [
        ("VC1-R" + "0" * 4292, "limits_exceeded", "V3"),
        ("VC1-R" + "0" * 4291, "malformed_base45", "V5"),
        ("VF1-" + "0" * 4293, "limits_exceeded", "V3"),
        ("VF1-" + "0" * 4292, "frames_mismatch", "V4"),
        ("VC1-r0OR", "unsupported_prefix", "V4"),
        ("VC1-B3HFR3A", "unsupported_prefix", "V4"),
        (" " + GOOD, "unsupported_prefix", "V4"),
        (GOOD + "\n", "malformed_base45", "V5"),
        (GOOD.lower().replace("vc1-r", "VC1-R"), "malformed_base45", "V5"),
        ("VC1-RRJRJ90", "unsupported_tag", "V6"),
        ("VC1-R", "malformed_cbor", "V7"),
        (GOOD[: len(GOOD) // 3 * 3 - 4], "malformed_cbor", "V7"),
        ("VP1" + GOOD[3:], "prefix_mismatch", "V8"),
    ],
)
def test_a_text_that_holds_no_pass_ends_with_its_code(text: str, reason: str, step: str) -> None:
    report = worlds.world().judge(text)
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", (reason,), (step,))
    assert (report.level, report.passes) == (None, ())


def test_v4_frames_in_any_order_are_one_text() -> None:
    live = worlds.text(
        makers.presented([makers.competence(subject=HOLDER.did), makers.permit(subject=HOLDER.did)], HOLDER)
    )
    parts = frames.split(live)
    assert len(parts) >= 3
    report = worlds.world().judge([*reversed(parts), parts[0]])
    assert (report.verdict, report.level, report.same_holder) == ("valid", "live", True)
    assert worlds.world().judge(parts[1:]).reasons == ("frames_incomplete",)
    assert worlds.world().judge(parts[0]).reasons == ("frames_incomplete",)
    swapped = [*parts[:-1], parts[-1][:-1] + ("0" if parts[-1][-1] != "0" else "1")]
    assert worlds.world().judge(swapped).reasons == ("frames_mismatch",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://verifica.example/#" + GOOD, "url"),
        ("HTTPS://VERIFICA.EXAMPLE/", "url"),
        ("mailto:a@b.example", "url"),
        ("openid-credential-offer://?x", "url"),
        ("shc:/5676290952432060346029243740446031222959532654603460292540", "smart_health_card"),
        ("HC1:6BFOXN%TSMAHN-H2GZ4B", "eu_dcc"),
        ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln", "jwt"),
        ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln~WyJhIl0~", "jwt"),
        (' {"a":1}', "json"),
        ("[1]", "json"),
        ("VD1-RABC", "puente_update"),
        ("VR1-RABC", "puente_log_proof"),
        ("VQ1-I7K3M9QWX.CAFE", "puente_request"),
        ("VO1-7KQ4M2XW9T", "puente_claim"),
        ("4T7K9QZDM3XBW8HN2VCER6PJ5YAF", "puente_sheet"),
        ("4T7K-9QZD-M3XB-W8HN-2VCE-R6PJ-5YAF", "puente_sheet"),
        ("4T7K9QZDM3XBW8HN2VCER6PJ5YAU", "base45"),
        ("VP1-B3HFR", "other_credential"),
        ("NCFOXN%TSMAHN-H2GZ4BXYZ", "base45"),
        ("hola", None),
        ("", None),
    ],
)
def test_another_systems_text_is_named_and_never_opened(text: str, name: str | None) -> None:
    report = worlds.world().judge(text)
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", ("unsupported_prefix",), ("V4",))
    assert report.looks_like == name
    assert looks_like(text) == name


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def test_v9_a_credential_or_presentation_may_come_as_json() -> None:
    world = worlds.world()
    own = [makers.competence(subject=HOLDER.did)]
    assert world.judge(_json(makers.competence())).verdict == "valid"
    report = world.judge(_json(makers.presented(own * 8, HOLDER)))
    assert (report.verdict, report.level, len(report.passes)) == ("valid", "live", 8)


@pytest.mark.parametrize(
    ("raw", "reason", "step"),
    [
        (b"", "malformed_json", "V7"),
        (b"[]", "malformed_json", "V7"),
        (b'{"a":1,"a":1}', "malformed_json", "V7"),
        (GOOD.encode(), "malformed_json", "V7"),
        (b'{"a":"' + b"x" * 131_072 + b'"}', "limits_exceeded", "V7"),
        (b'{"a":["' + b'x","' * 8_192 + b'x"]}', "limits_exceeded", "V7"),
        (b"{}", "unknown_context", "V9"),
    ],
)
def test_bytes_that_are_no_document_end_with_their_code(raw: bytes, reason: str, step: str) -> None:
    report = worlds.world().judge(raw)
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", (reason,), (step,))


def test_v7_a_credential_has_a_smaller_bound_than_a_presentation() -> None:
    raw = _json(makers.competence())
    assert worlds.world().judge(raw + b" " * (32_768 - len(raw))).verdict == "valid"
    assert worlds.world().judge(raw + b" " * (32_769 - len(raw))).reasons == ("limits_exceeded",)
    raw = _json(makers.presented([makers.competence(subject=HOLDER.did)], HOLDER))
    assert worlds.world().judge(raw + b" " * (131_072 - len(raw))).verdict == "valid"
    assert worlds.world().judge(raw + b" " * (131_073 - len(raw))).reasons == ("limits_exceeded",)


@pytest.mark.parametrize(
    "contexts",
    [
        ["https://www.w3.org/ns/credentials/v2"],
        ["https://w3id.org/puente/v1", "https://www.w3.org/ns/credentials/v2"],
        [*makers.unsigned()["@context"], "https://x.example/v1"],
        "https://www.w3.org/ns/credentials/v2",
        None,
    ],
)
def test_v9_other_contexts_than_the_profiles_are_unknown(contexts: Any) -> None:
    document = makers.spoiled(makers.competence(), "/@context", contexts)
    assert worlds.world().judge(_json(document)).reasons == ("unknown_context",)


def test_v9_a_property_that_no_context_defines_is_refused_although_signed() -> None:
    document = makers.resigned(makers.competence(), "/credentialSubject/apodo", "Anita")
    assert worlds.world().judge(_json(document)).reasons == ("unknown_property",)
    presented = makers.presented([makers.resigned(makers.competence(), "/apodo", "x")], HOLDER)
    assert worlds.world().judge(_json(presented)).reasons == ("unknown_property",)


@pytest.mark.parametrize(
    ("pointer", "value", "reason"),
    [
        ("/verifiableCredential", ..., "invalid_shape"),
        ("/verifiableCredential", [], "invalid_shape"),
        ("/verifiableCredential", ["eyJ.eyJ.x"], "invalid_shape"),
        ("/verifiableCredential", [{}] * 9, "limits_exceeded"),
        ("/type", ["VerifiablePresentation", "X"], "invalid_shape"),
        ("/@context", ["https://w3id.org/puente/v1"], "unknown_context"),
    ],
)
def test_v9_a_presentation_has_one_shape(pointer: str, value: Any, reason: str) -> None:
    document = makers.presented([makers.competence(subject=HOLDER.did)], HOLDER)
    report = worlds.world().judge(_json(makers.spoiled(document, pointer, value)))
    assert (report.reasons, report.steps, report.passes) == ((reason,), ("V9",), ())

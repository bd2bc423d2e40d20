"""kernel/verify: the report as a whole: verdict and reasons by the fold of V26, what is shown when, levels."""

import json
from typing import Any

import pytest

from kernel.verify.marks import Mark
from kernel.verify.reporting import fold
from schemas.verification import Report
from tests import makers, worlds

HOLDER = makers.holder()
OLD = makers.NOW - 400 * worlds.DAY


def codes(report: Report) -> tuple[str, list[str]]:
    """What most tests ask of a report."""
    return report.verdict, list(report.reasons)


def test_a_good_pass_is_valid_with_no_reason() -> None:
    report = worlds.world().judge(worlds.text(makers.competence()))
    assert codes(report) == ("valid", [])
    assert report.level == "copy"
    assert report.bundle_version == 7
    one = report.passes[0]
    assert (one.tier, one.type, one.scheme) == ("T1", "CompetencePass", "SENA-NSCL")
    assert one.issuer is not None
    assert one.issuer.name == {"es": "Servicio de Normas", "en": "Norms Service"}
    assert one.claims is not None
    assert one.claims["name"] == "Ana María Pérez Gómez"
    assert (one.as_of, one.status_age) == (worlds.SIGNED_AT, 0)


def test_a_report_travels_in_camel_case_with_nothing_left_out() -> None:
    wire: Any = json.loads(json.dumps(worlds.world().judge(worlds.text(makers.competence())).to_json()))
    assert list(wire) == [
        "verdict",
        "level",
        "bundleVersion",
        "judgedAt",
        "reasons",
        "steps",
        "sameHolder",
        "looksLike",
        "seenBefore",
        "passes",
    ]
    assert wire["judgedAt"] == "2026-11-22T00:30:20Z"
    assert wire["passes"][0]["asOf"] == "2026-11-21T23:30:20Z"
    assert wire["passes"][0]["validUntil"] == "2029-03-10T00:00:00Z"


@pytest.mark.parametrize(
    ("marks", "verdict"),
    [
        ((), "valid"),
        (("shown_before",), "valid"),
        (("stale",), "valid_as_of"),
        (("clock_behind",), "valid_as_of"),
        (("clock_far",), "valid_as_of"),
        (("bundle_expired",), "valid_as_of"),
        (("not_yet_valid", "stale"), "cannot_verify"),
        (("clock_doubt", "clock_far"), "cannot_verify"),
        (("status_missing",), "cannot_verify"),
        (("status_mismatch",), "cannot_verify"),
        (("status_too_old",), "cannot_verify"),
        (("self_declared",), "cannot_verify"),
        (("self_declared", "expired"), "cannot_verify"),
        (("self_declared", "revoked", "suspended"), "cannot_verify"),
        (("expired", "status_missing"), "expired"),
        (("suspended", "expired"), "under_review"),
        (("key_review", "expired"), "under_review"),
        (("revoked", "suspended", "expired", "status_too_old"), "revoked"),
    ],
)
def test_the_fold_takes_the_gravest_mark(marks: tuple[str, ...], verdict: str) -> None:
    assert fold(Mark("V20", code) for code in marks) == verdict


def test_reasons_are_every_mark_in_step_order() -> None:
    world = worlds.world(
        bits={"https://norma.example/s/1": [94567], "https://norma.example/s/2": [94568]},
        lists_at=OLD,
        signed_at=makers.NOW - 10 * worlds.DAY,
    )
    document = makers.competence(valid_until=makers.BEGAN)
    report = world.judge(worlds.text(document))
    assert codes(report) == ("revoked", ["bundle_expired", "expired", "revoked", "suspended", "status_too_old"])
    assert list(report.steps) == ["V1", "V19", "V21", "V21", "V22"]
    assert report.passes[0].steps == report.steps


def test_a_code_that_ends_a_pass_stands_after_the_marks_of_the_time() -> None:
    world = worlds.world(signed_at=makers.NOW - 3 * worlds.DAY)
    report = world.judge(worlds.text(makers.spoiled(makers.competence(), "/issuer", makers.PERMISO)))
    assert codes(report) == ("cannot_verify", ["bundle_expired", "issuer_mismatch"])


def test_nothing_of_a_forged_pass_is_shown_not_even_a_name() -> None:
    forged = makers.spoiled(makers.competence(), "/credentialSubject/name", "Otra Persona")
    report = worlds.world().judge(worlds.text(forged))
    assert codes(report) == ("cannot_verify", ["invalid_signature"])
    assert report.steps == ("V15",)
    one = report.passes[0]
    assert (one.issuer, one.tier, one.claims, one.type, one.scheme) == (None, None, None, None, None)
    assert (one.valid_from, one.valid_until, one.as_of, one.status_age) == (None, None, None, None)


def test_out_of_scope_shows_who_signed_and_no_claim() -> None:
    report = worlds.world().judge(worlds.text(makers.permit(issuer=makers.TALLER)))
    assert codes(report) == ("cannot_verify", ["out_of_scope"])
    one = report.passes[0]
    assert one.issuer is not None
    assert one.issuer.did == makers.TALLER
    assert (one.tier, one.claims, one.type) == (None, None, None)


def test_several_passes_have_a_report_each_and_the_worst_is_the_headline() -> None:
    world = worlds.world(bits={"https://permiso.example/s/1": [5]})
    revoked = makers.permit(status=[makers.place(makers.PERMISO, index=5), *makers.places(makers.PERMISO)[1:]])
    report = world.judge(worlds.text([makers.competence(), revoked]))
    assert [one.verdict for one in report.passes] == ["valid", "revoked"]
    assert codes(report) == ("revoked", ["revoked"])
    assert report.level == "copy"
    assert not report.same_holder


def test_two_codes_on_one_paper_are_one_report() -> None:
    world = worlds.world()
    expired = makers.permit(valid_until=makers.BEGAN)
    report = world.judge(["https://example.org/", worlds.text(makers.competence()), worlds.text(expired)])
    assert codes(report) == ("expired", ["expired"])
    assert [one.verdict for one in report.passes] == ["valid", "expired"]
    assert report.level == "copy"


def test_a_live_code_beside_a_copy_is_a_copy() -> None:
    world = worlds.world()
    live = makers.presented([makers.competence(subject=HOLDER.did)], HOLDER)
    report = world.judge([worlds.text(live), worlds.text(makers.permit())])
    assert (report.verdict, report.level, len(report.passes)) == ("valid", "copy", 2)


def test_a_live_code_beside_one_that_cannot_be_read_has_no_level() -> None:
    world = worlds.world()
    live = makers.presented([makers.competence(subject=HOLDER.did)], HOLDER)
    report = world.judge([worlds.text(live), "VC1-R"])
    assert (report.verdict, report.level) == ("cannot_verify", None)
    assert report.reasons == ("malformed_cbor",)


def test_more_codes_than_a_look_can_hold_are_refused() -> None:
    report = worlds.world().judge([f"VC1-R{number}" for number in range(9)])
    assert codes(report) == ("cannot_verify", ["limits_exceeded"])
    assert worlds.world().judge([f"VC1-R{number}" for number in range(8)]).reasons == ("malformed_base45",)
    assert worlds.world().judge([str(number) for number in range(72)]).reasons == ("unsupported_prefix",)
    assert worlds.world().judge([str(number) for number in range(73)]).reasons == ("limits_exceeded",)


def test_nothing_at_all_is_no_code_of_ours() -> None:
    assert worlds.world().judge([]).reasons == ("unsupported_prefix",)
    assert worlds.world().judge("").reasons == ("unsupported_prefix",)

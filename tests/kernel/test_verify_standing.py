"""V18-V22: dates and status. Every mark goes on, so each test reads the whole list of reasons."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kernel import status
from schemas.identifiers import Url
from schemas.verification import Report
from tests import makers, worlds

SECOND = timedelta(seconds=1)
REVOKED = "https://norma.example/s/1"
SUSPENDED = "https://norma.example/s/2"


def judged(document: dict[str, Any], now: Any = makers.NOW, **changes: Any) -> Report:
    """The report on a document as JSON, in a world with these changes."""
    return worlds.world(**changes).judge(json.dumps(document).encode(), now=now)


def test_v18_a_pass_may_begin_within_five_minutes() -> None:
    soon = makers.NOW + timedelta(seconds=300)
    assert judged(makers.competence(valid_from=soon)).verdict == "valid"
    report = judged(makers.competence(valid_from=soon + SECOND))
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", ("not_yet_valid",), ("V18",))
    assert report.passes[0].claims is not None


def test_v19_the_last_second_is_still_inside() -> None:
    assert judged(makers.competence(valid_until=makers.NOW)).verdict == "valid"
    report = judged(makers.competence(valid_until=makers.NOW - SECOND))
    assert (report.verdict, report.reasons, report.steps) == ("expired", ("expired",), ("V19",))
    assert report.passes[0].valid_until == "2026-11-22T00:30:19Z"


def test_v19_an_end_that_only_a_clock_far_ahead_has_seen_is_doubted() -> None:
    far = worlds.SIGNED_AT + 401 * worlds.DAY
    long = {
        "timestamp_life": 1000 * worlds.DAY,
        "rules": [worlds.rule("*", "*", freshSeconds=10**9, maxAgeSeconds=10**9)],
    }
    report = judged(makers.competence(valid_until=worlds.SIGNED_AT), now=far, **long)
    assert (report.verdict, report.reasons) == ("cannot_verify", ("clock_far", "clock_doubt"))
    report = judged(makers.competence(valid_until=worlds.SIGNED_AT - SECOND), now=far, **long)
    assert (report.verdict, report.reasons) == ("expired", ("clock_far", "expired"))


def test_v20_a_purpose_that_policy_asks_for_must_be_there() -> None:
    one = makers.competence(status=makers.places(makers.NORMA)[:1])
    report = judged(one)
    assert (report.verdict, report.reasons, report.steps) == ("cannot_verify", ("status_missing",), ("V20",))
    assert report.passes[0].as_of == worlds.SIGNED_AT
    assert judged(one, rules=[worlds.rule("CompetencePass", "*", purposes=["revocation"])]).verdict == "valid"
    none = judged(makers.competence(status=[]))
    assert (none.reasons, none.passes[0].as_of, none.passes[0].status_age) == (("status_missing",), None, None)
    assert judged(makers.competence(status=[]), rules=[worlds.rule("*", "*", purposes=[])]).verdict == "valid"


def test_v20_a_list_that_the_bundle_lacks_is_missing() -> None:
    entries = [makers.place(makers.NORMA, number=3), *makers.places(makers.NORMA)[1:]]
    assert judged(makers.competence(status=entries)).reasons == ("status_missing",)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("type", ["BitstringStatusListEntry"]),
        ("statusPurpose", "message"),
        ("statusPurpose", "suspension"),
        ("statusListIndex", "131072"),
        ("statusListIndex", "-1"),
        ("statusListIndex", "007"),
        ("statusListIndex", "7.0"),
        ("statusListIndex", ""),
        ("statusListIndex", "٧"),
        ("statusListIndex", "99999999999"),
        ("statusListCredential", ...),
        ("statusListCredential", "https://permiso.example/s/1"),
    ],
)
def test_v20_an_entry_that_is_not_what_it_should_be(member: str, value: Any) -> None:
    entries = makers.unsigned()["credentialStatus"]
    first = makers.spoiled(entries[0], f"/{member}", value)
    wide = [worlds.rule("*", "*", purposes=["suspension"])]
    report = judged(makers.resigned(makers.competence(), "/credentialStatus", [first, entries[1]]), rules=wide)
    assert (report.verdict, report.reasons) == ("cannot_verify", ("status_mismatch",))


def test_v20_every_entry_is_looked_at() -> None:
    entries = makers.unsigned()["credentialStatus"]
    wrong = makers.spoiled(entries[0], "/statusListIndex", "x")
    document = makers.resigned(makers.competence(), "/credentialStatus", [wrong, *entries])
    report = judged(document, bits={SUSPENDED: [94568]})
    assert (report.verdict, report.reasons) == ("under_review", ("status_mismatch", "suspended"))


def test_v20_an_entry_that_is_no_object_is_of_the_wrong_shape() -> None:
    wrong: tuple[Any, ...] = ("x", ["x"], [[]])
    for entries in wrong:
        assert judged(makers.resigned(makers.competence(), "/credentialStatus", entries)).reasons in (
            ("schema",),
            ("invalid_value",),
        )


@pytest.mark.parametrize("index", [0, 7, 8, 94567, 131_071])
def test_v21_the_bit_is_read_most_significant_first(index: int) -> None:
    document = makers.competence(status=makers.places(makers.NORMA, index=index)[:1])
    rules = [worlds.rule("*", "*", purposes=["revocation"])]
    others = [n for n in (index - 1, index + 1, index ^ 7) if 0 <= n < 131_072 and n != index]
    assert judged(document, rules=rules, bits={REVOKED: others}).verdict == "valid"
    report = judged(document, rules=rules, bits={REVOKED: [index]})
    assert (report.verdict, report.reasons, report.steps) == ("revoked", ("revoked",), ("V21",))


def test_v21_suspended_is_under_review_and_revoked_is_graver() -> None:
    assert judged(makers.competence(), bits={SUSPENDED: [94568]}).verdict == "under_review"
    assert judged(makers.competence(), bits={SUSPENDED: [94568], REVOKED: [94567]}).verdict == "revoked"


def test_v22_the_age_of_the_list_decides_what_can_be_said() -> None:
    for age, verdict, reasons in (
        (timedelta(days=3), "valid", ()),
        (timedelta(days=3) + SECOND, "valid_as_of", ("stale",)),
        (timedelta(days=30), "valid_as_of", ("stale",)),
        (timedelta(days=30) + SECOND, "cannot_verify", ("status_too_old",)),
    ):
        report = judged(makers.competence(), lists_at=makers.NOW - age)
        assert (report.verdict, report.reasons) == (verdict, reasons)
        assert report.passes[0].status_age == age.days
        assert report.passes[0].as_of == makers.NOW - age


def test_v22_a_revocation_in_an_old_list_stays_one() -> None:
    report = judged(makers.competence(), bits={REVOKED: [94567]}, lists_at=makers.BEGAN)
    assert (report.verdict, report.reasons) == ("revoked", ("revoked", "status_too_old"))


def test_v22_a_list_from_the_future_is_fresh() -> None:
    report = judged(makers.competence(), lists_at=makers.NOW + worlds.DAY)
    assert (report.verdict, report.passes[0].status_age) == ("valid", 0)


def _with_list(url: str, **changes: Any) -> worlds.World:
    """The plain world with one list changed."""
    bundle = worlds.plain()
    found = {**bundle.lists, Url(url): replace(bundle.lists[Url(url)], **changes)}
    return worlds.World(bundle=replace(bundle, lists=found))


def test_v21_revocation_is_read_from_what_stays_and_suspension_from_what_is_newest() -> None:
    text = worlds.text(makers.competence())
    none = status.empty()
    first, second = status.set_bits(none, [94567]), status.set_bits(none, [94568])
    assert _with_list(REVOKED, sticky=first, signed=none).judge(text).verdict == "revoked"
    assert _with_list(REVOKED, sticky=none, signed=first).judge(text).verdict == "valid"
    assert _with_list(SUSPENDED, sticky=second, signed=none).judge(text).verdict == "valid"
    assert _with_list(SUSPENDED, sticky=none, signed=second).judge(text).verdict == "under_review"


@pytest.mark.parametrize("url", [REVOKED, SUSPENDED])
def test_v22_what_is_known_is_known_as_of_the_oldest_list(url: str) -> None:
    older = worlds.SIGNED_AT - 4 * worlds.DAY
    report = _with_list(url, signed_at=older).judge(worlds.text(makers.competence()))
    assert (report.verdict, report.reasons) == ("valid_as_of", ("stale",))
    assert (report.passes[0].as_of, report.passes[0].status_age) == (older, 4)


@pytest.mark.parametrize(
    ("hours", "heard", "outcome"),
    [
        (47, True, ("valid", ())),
        (49, False, ("valid_as_of", ("bundle_expired",))),
        (29 * 24, True, ("valid", ())),
        (31 * 24, True, ("valid_as_of", ("stale",))),
        (31 * 24, False, ("valid_as_of", ("bundle_expired", "stale"))),
        (181 * 24, True, ("cannot_verify", ("status_too_old",))),
    ],
)
def test_a_state_is_fresh_while_this_phone_has_heard_and_its_issuer_has_signed(
    hours: int, heard: bool, outcome: tuple[str, tuple[str, ...]]
) -> None:
    """Decision 69: a competence as `policy.json` has it. `heard`: the bundle is of today, only the list is old."""
    rule = worlds.rule("CompetencePass", "*", freshSeconds=30 * 86_400, maxAgeSeconds=180 * 86_400)
    life = 400 * worlds.DAY if heard else timedelta(hours=48)
    now = worlds.SIGNED_AT + timedelta(hours=hours)
    report = judged(makers.competence(), now=now, timestamp_life=life, rules=[rule])
    assert (report.verdict, report.reasons) == outcome

"""The shared cases of when an answer to a correction ends, by hand (decision 73); `succeeding_cases.py` writes them."""

from typing import Any

SENT, ANSWERED = "2026-11-01T10:00:00Z", "2026-11-22T12:00:00Z"
EARLY, LATE = "2026-11-29T11:59:59Z", "2026-11-29T12:00:00Z"
GOOD: tuple[str, list[str]] = ("valid", [])
LATER, REVIEW = ("valid_as_of", ["stale"]), ("under_review", ["suspended"])
UNKNOWN, LOST = ("cannot_verify", ["unknown_key"]), ("cannot_verify", ["invalid_signature"])
ROWS: list[tuple[list[Any], str | None, str]] = [
    ([], LATE, "holds"),
    ([GOOD, LATER], LATE, "holds"),
    ([GOOD, REVIEW], LATE, "waits"),
    ([GOOD, LOST], None, "never"),
    ([UNKNOWN, LOST], EARLY, "never"),
    ([("revoked", ["revoked"])], EARLY, "never"),
    ([("expired", ["expired"])], EARLY, "never"),
    ([GOOD, UNKNOWN], EARLY, "waits"),
    ([GOOD, UNKNOWN], LATE, "unlisted"),
    ([UNKNOWN, REVIEW], LATE, "unlisted"),
    ([UNKNOWN], None, "waits"),
    ([("cannot_verify", ["clock_far", "unknown_issuer"])], LATE, "unlisted"),
    ([("cannot_verify", ["status_missing"])], LATE, "unlisted"),
    ([("cannot_verify", ["unknown_table_value"])], LATE, "unlisted"),
    ([("cannot_verify", ["status_missing", "holder_mismatch"])], LATE, "never"),
    *(([("cannot_verify", [code])], LATE, "waits") for code in ("no_bundle", "root_expired", "canary")),
    *(([("cannot_verify", [code])], LATE, "waits") for code in ("status_too_old", "clock_doubt", "not_yet_valid")),
    *(([("cannot_verify", [code])], EARLY, "never") for code in ("holder_mismatch", "issuer_mismatch", "invented")),
    ([("cannot_verify", [])], LATE, "never"),
]
TOLD: list[tuple[Any, Any, str, str]] = [
    (SENT, None, "2026-11-08T10:00:00Z", "unlisted"),  # no time of an answer: since she asked
    (SENT, "ayer", "2026-11-08T09:59:59Z", "waits"),
    (None, None, EARLY, "unlisted"),
    (SENT, "9999-12-31T23:59:59Z", LATE, "waits"),
]


def endings() -> list[dict[str, Any]]:
    """What becomes of an answer by what its passes are judged as, and by the age of the list, as decision 73 says."""
    cases = [(SENT, ANSWERED, listed, judged, ends) for judged, listed, ends in ROWS]
    cases += [(asked, at, listed, [UNKNOWN], ends) for asked, at, listed, ends in TOLD]
    return [
        {
            "sentAt": asked,
            "answeredAt": at,
            "listed": listed,
            "judged": [{"verdict": verdict, "reasons": reasons} for verdict, reasons in judged],
            "ending": ends,
        }
        for asked, at, listed, judged, ends in cases
    ]

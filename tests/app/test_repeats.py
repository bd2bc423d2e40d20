"""Each POST of the API stands a lost answer: it takes a repeat key, or sent again it doubles nothing by what it is.

A new route stands in no list here: whoever adds it says which it is (docs/decisions/0064).
"""

import json
from pathlib import Path
from typing import Any, Final

HEADER: Final = "idempotency-key"
DOCUMENT: Final[dict[str, Any]] = json.loads((Path(__file__).resolve().parents[1] / "openapi.json").read_text("utf-8"))
ISSUER, STAFF, WALLET = "/v1/issuer", "/v1/staff", "/v1/wallet"

READS: Final = {
    f"{ISSUER}/batches/norms", f"{ISSUER}/bulk-acts/checks", f"{ISSUER}/searches", f"{ISSUER}/people",
    f"{ISSUER}/people/{{person}}", f"{ISSUER}/disputes/answers", "/v1/verifier/verify",
}  # fmt: skip
"""What is asked travels in a body so that no log has it; nothing is changed but what is told of who looked."""
CONTENT: Final = {
    f"{ISSUER}/batches", f"{ISSUER}/batches/forms", f"{ISSUER}/batches/permits", f"{ISSUER}/batches/skills",
    f"{ISSUER}/batches/{{batch}}/corrections", f"{WALLET}/files", f"{WALLET}/vaults/{{vault}}/passes",
}  # fmt: skip
"""The same bytes are the same thing: it is known by its hash."""
TURNS: Final = {
    f"{ISSUER}/{kind}/{turn}"
    for kind, turns in {
        "acts/{act}": ("approval", "refusal", "telling", "withdrawal"),
        "amendments/{amendment}": ("approval", "refusal"),
        "batches/{batch}": ("pause", "proposal", "refusal", "release", "resume"),
        "bulk-acts/{bulk}": ("approval", "refusal", "stop", "telling", "withdrawal"),
        "decisions/{decision}": ("approval", "refusal"),
        "reissues/{reissue}": ("approval", "refusal"),
        "webhooks/{id}": ("pause", "resume", "test"),
    }.items()
    for turn in turns
} | {f"{STAFF}/people/{{id}}/confirmation", f"{WALLET}/sync/devices/{{device}}/approval"}  # fmt: skip
"""One thing takes a turn: a second time it has it already, and is left as it is or refused."""
PAPERS: Final = {
    f"{ISSUER}/acts/{{act}}/notice", f"{ISSUER}/batches/{{batch}}/cards/{{part}}",
    f"{ISSUER}/bulk-acts/{{bulk}}/cards/{{part}}", f"{ISSUER}/bulk-acts/{{bulk}}/notices/{{part}}",
    f"{ISSUER}/credentials/{{credential}}/card",
    f"{ISSUER}/slips/{{slips}}/claims/{{part}}", f"{ISSUER}/slips/{{slips}}/messages/{{part}}",
    f"{ISSUER}/slips/{{slips}}/pins/{{part}}",
}  # fmt: skip
"""The same sheet again, of what is there; that it was printed is told."""
NAMED: Final = {f"{ISSUER}/webhooks", f"{STAFF}/people", f"{STAFF}/people/{{id}}/resets", f"{STAFF}/keys"}
"""By people in the console, never by a system's key: a name or address that is taken is refused, a code takes the place
of the one before, and of a system's keys there are two at most. No secret is kept to be told again."""
HOLDERS: Final = {
    f"{ISSUER}/disputes", f"{ISSUER}/disputes/withdrawals", f"{ISSUER}/pickups", f"{ISSUER}/pickups/{{pickup}}/present",
    f"{WALLET}/sync/recoveries", f"{WALLET}/vaults/{{vault}}/pickups",
}  # fmt: skip
"""Bound to a code or to a challenge that her key signed: the same one again gives the same."""
ENTRY: Final = {
    f"{ISSUER}/disputes/openings", f"{STAFF}/enrolments", f"{STAFF}/enrolments/{{id}}/passkeys",
    f"{STAFF}/enrolments/{{id}}/password", f"{STAFF}/enrolments/{{id}}/totp", f"{STAFF}/signins",
    f"{STAFF}/signins/password", f"{STAFF}/signins/{{id}}", f"{STAFF}/stepups", f"{STAFF}/stepups/password",
    f"{STAFF}/stepups/{{id}}", "/v1/verifier/challenges", f"{WALLET}/sync/challenges", f"{WALLET}/sync/sessions",
    f"{WALLET}/vaults", f"{WALLET}/vaults/{{vault}}/sessions", f"{WALLET}/vaults/{{vault}}/presentations",
}  # fmt: skip
"""A challenge, a session, an empty wallet, a thing shown: what nobody uses stands for nothing, and most of it ends."""
BY_NATURE: Final = (READS, CONTENT, TURNS, PAPERS, NAMED, HOLDERS, ENTRY)


def posts() -> dict[str, bool]:
    """Each POST, and whether it takes a repeat key."""
    told = {}
    for path, verbs in DOCUMENT["paths"].items():
        if "post" in verbs:
            named = [each for each in verbs["post"].get("parameters", ()) if each["name"].lower() == HEADER]
            assert all(each["required"] for each in named), path
            told[path] = bool(named)
    return told


def test_each_post_takes_a_repeat_key_or_doubles_nothing_by_what_it_is() -> None:
    found = posts()
    assert any(found.values())
    named = [path for paths in BY_NATURE for path in paths]
    assert len(named) == len(set(named))
    assert {path for path, takes_key in found.items() if not takes_key} == set(named)


def test_what_takes_a_repeat_key_says_how_it_can_fail() -> None:
    for path in (path for path, takes_key in posts().items() if takes_key):
        assert {"409", "422"} <= set(DOCUMENT["paths"][path]["post"]["responses"]), path

"""Who may do what: resource x role x verb, as data (TRUST section 10). Enforcing it is `kernel/access.py`'s.

A grant is written `verbs` or `verbs@scope`. Verbs: c create, r read, u change, a approve, x execute.
Scopes: any (default), own (the caller's rows), ctr (the caller's centre), iss (the caller's issuer),
agg (counts of 10 or more).
"""

from typing import Final, Literal

Role = Literal[
    "holder", "officer", "approver", "issuer_admin", "keeper", "employer", "analyst", "helper", "auditor", "public"
]
Verb = Literal["create", "read", "change", "approve", "execute"]
Scope = Literal["any", "own", "ctr", "iss", "agg"]
Resource = Literal[
    "bundle", "registry", "issuer_key", "staff", "batch", "batch_release", "credential", "status_act", "pickup",
    "dispute", "reissue", "wallet", "sync", "device", "verify", "audit", "api_key", "api", "health",
    "sign_in", "session", "figure", "metrics", "webhook", "erasure",
]  # fmt: skip

VERBS: Final[dict[str, Verb]] = {"c": "create", "r": "read", "u": "change", "a": "approve", "x": "execute"}

TABLE: Final[dict[Resource, dict[Role, str]]] = {
    "bundle": dict.fromkeys(
        ("holder", "officer", "approver", "issuer_admin", "keeper", "employer", "analyst", "helper", "auditor",
         "public"), "r"),
    "registry": {"issuer_admin": "c@iss", "keeper": "cra", "auditor": "r"},
    "issuer_key": {"issuer_admin": "crx@iss", "keeper": "arx", "auditor": "r"},
    "staff": {"issuer_admin": "crua@iss", "keeper": "ra", "auditor": "r"},
    "batch": {"officer": "cru@ctr", "approver": "r@ctr", "issuer_admin": "r@iss", "auditor": "r"},
    "batch_release": {"approver": "ax@ctr", "issuer_admin": "x@iss"},
    "credential": {"officer": "cr@ctr", "approver": "r@ctr"},
    "erasure": {"officer": "c@ctr", "approver": "a@ctr"},
    "status_act": {"officer": "cr@ctr", "approver": "ar@ctr", "auditor": "r"},
    "pickup": {"holder": "x@own", "officer": "c@ctr", "helper": "x", "public": "x"},
    "dispute": {"holder": "cx@own", "officer": "ru@ctr", "approver": "ra@ctr", "helper": "cx", "auditor": "r",
                "public": "cx"},
    "reissue": {"officer": "cru@ctr", "approver": "ra@ctr", "auditor": "r"},
    "wallet": {"holder": "cruax@own"},
    "sync": dict.fromkeys(("holder", "public"), "rux@own"),
    "device": dict.fromkeys(("holder", "public"), "rx@own"),
    "verify": dict.fromkeys(
        ("holder", "officer", "approver", "issuer_admin", "keeper", "employer", "helper", "public"), "x"),
    "audit": {"holder": "r@own", "issuer_admin": "r@iss", "keeper": "r", "auditor": "rx"},
    "api_key": {"issuer_admin": "cru@iss"},
    "figure": {"issuer_admin": "r@agg", "analyst": "r@agg", "auditor": "r@agg"},
    "webhook": {"issuer_admin": "crux@iss"},
    "metrics": {"auditor": "r"},
    "api": dict.fromkeys(("public",), "r"),
    "health": dict.fromkeys(("public",), "r"),
    "sign_in": dict.fromkeys(("public",), "x"),
    "session": dict.fromkeys(("officer", "approver", "issuer_admin", "keeper", "analyst", "auditor"), "rx@own"),
}  # fmt: skip
# Open to all are changes whose secret proves enough: a pick-up by its one-time code and PIN, a dispute by the holder's
# key, its answer by the ticket. Sync needs no account: whose rows are meant is proven by the vault's own key, of which
# every session is opened; staff come in by a code, a passkey or a password. Every other change needs a role.
# An auditor would read people's rows with a ticket alone (TRUST 10); there are none yet, so she does not read them.

STEP_UP: Final[frozenset[tuple[Resource, Verb]]] = frozenset({
    ("batch_release", "approve"), ("status_act", "create"), ("status_act", "approve"), ("dispute", "approve"),
    ("reissue", "approve"), ("registry", "create"), ("registry", "approve"), ("issuer_key", "create"),
    ("issuer_key", "approve"), ("issuer_key", "execute"), ("staff", "create"), ("staff", "change"),
    ("staff", "approve"), ("api_key", "create"), ("api_key", "change"), ("webhook", "create"), ("webhook", "change"),
})  # fmt: skip
"""What a session may only do with its passkey shown just now. An API key has none; its scopes bound it."""
STAFF: Final[frozenset[Role]] = frozenset({"officer", "approver", "issuer_admin", "keeper", "analyst", "auditor"})
"""Roles of the people who sign in."""
TWO_PASSKEYS: Final[frozenset[Role]] = frozenset({"approver", "issuer_admin", "keeper"})
"""They come in by passkey alone and have two of them; for the others a password with a code may stand."""
NEVER_TOGETHER: Final[frozenset[frozenset[Role]]] = frozenset({frozenset({"keeper", "issuer_admin"})})
"""Roles that no one person has: who proposes to the registry never says its word."""
KEY_SCOPES: Final[frozenset[str]] = frozenset(
    f"{resource}:{VERBS[letter]}"
    for resource, row in TABLE.items()
    if resource not in {"session", "verify", "bundle", "erasure"}
    for letter in row.get("officer", "").partition("@")[0]
)
"""What a system's key may be given: an officer's work, each part by its name. It prepares; people approve. To erase a
person is asked for and approved by people alone, at the machine (`puente erase`)."""

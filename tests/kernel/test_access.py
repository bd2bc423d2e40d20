"""The table of rights: every cell of it, and who may not."""

import pytest

from kernel.access import PUBLIC, Policy, Principal, allow
from kernel.errors import Forbidden
from schemas.access import TABLE, VERBS

ROLES = (
    "holder",
    "officer",
    "approver",
    "issuer_admin",
    "keeper",
    "employer",
    "analyst",
    "helper",
    "auditor",
    "public",
)


@pytest.mark.parametrize("resource", sorted(TABLE))
@pytest.mark.parametrize("verb", sorted(VERBS.values()))
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_exactly_what_its_cell_says(resource: str, verb: str, role: str) -> None:
    cell = {str(name): text for name, text in TABLE[resource].items()}.get(role, "")  # type: ignore[index]  # a name of the table
    letters, _, scope = cell.partition("@")
    granted = verb in {VERBS[letter] for letter in letters}
    who = Principal(person="p", roles=frozenset({role}))  # type: ignore[arg-type]
    policy = Policy(resource=resource, verb=verb)  # type: ignore[arg-type]
    if granted:
        assert allow(who, policy) == (scope or "any")
    else:
        with pytest.raises(Forbidden) as caught:
            allow(who, policy)
        assert caught.value.code == "not_allowed"


def test_of_several_roles_the_widest_scope_counts() -> None:
    who = Principal(person="p", roles=frozenset({"officer", "auditor"}))
    assert allow(who, Policy(resource="batch", verb="read")) == "any"


def test_the_public_may_change_nothing_but_what_a_secret_of_its_own_proves() -> None:
    changing = {"create", "change", "approve", "execute"}
    open_to_all = {
        (resource, verb)
        for resource, row in TABLE.items()
        for verb in (VERBS[letter] for letter in row.get("public", "").partition("@")[0])
        if verb in changing
    }
    sync = {("sync", "change"), ("sync", "execute"), ("device", "execute")}
    dispute = {("dispute", "create"), ("dispute", "execute")}
    assert open_to_all == {("pickup", "execute"), ("verify", "execute"), ("sign_in", "execute")} | dispute | sync
    with pytest.raises(Forbidden):
        allow(PUBLIC, Policy(resource="batch", verb="create"))


def test_who_prepares_may_not_approve() -> None:
    with pytest.raises(Forbidden) as caught:
        Principal(person="ana", roles=frozenset({"approver"})).require_other_hand("ana")
    assert caught.value.code == "same_hand"
    Principal(person="marta", roles=frozenset({"approver"})).require_other_hand("ana")

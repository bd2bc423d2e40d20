"""wallet/profiles.py: closed lists hold, member by member; requests are read strictly."""

import pytest

from kernel.errors import Invalid, Malformed, WrongShape
from schemas.json import JsonObject
from tests import makers
from tests.wallet.world import HIRING, PROFILES, competence, permit
from wallet.profiles import Request, may_show, read_request, require_within


def refused(document: JsonObject, profile: str) -> str | None:
    with pytest.raises(Invalid) as caught:
        require_within([document], profile=profile, profiles=PROFILES)
    assert caught.value.code == "over_asking"
    return caught.value.pointer


def test_the_interview_takes_a_competence_and_the_right_to_work() -> None:
    require_within([competence("did:key:z6Mk"), permit()], profile="interview", profiles=PROFILES)  # type: ignore[arg-type]  # any DID


def test_the_interview_refuses_what_is_for_hiring_and_says_which_member() -> None:
    """A17, A32: nationality, the kind of document, the state of a permit are not asked at an interview."""
    assert refused(permit(claims=HIRING), "interview") == "/0/credentialSubject/idTail"
    assert (
        refused(competence(claims={**makers.COMPETENCE, "idType": "PPT"}), "interview") == "/0/credentialSubject/idType"
    )


def test_hiring_takes_both() -> None:
    require_within([competence(), permit(claims=HIRING)], profile="hiring", profiles=PROFILES)


@pytest.mark.parametrize("claim", ["health", "address", "religion", "sex", "photo", "documentNumber"])
def test_no_profile_takes_what_none_lists(claim: str) -> None:
    document = makers.spoiled(permit(), f"/credentialSubject/{claim}", "x")
    for profile in ("interview", "hiring"):
        assert refused(document, profile) == f"/0/credentialSubject/{claim}"


def test_a_type_or_a_profile_that_the_policy_does_not_list_is_refused() -> None:
    health = makers.spoiled(permit(), "/type", ["VerifiableCredential", "HealthPass"])
    for profile in ("interview", "hiring"):
        refused(health, profile)
    for profile in ("health", "", "no such"):
        refused(competence(), profile)
    with pytest.raises(Invalid):
        require_within([competence()], profile="interview", profiles={})
    with pytest.raises(Invalid):
        require_within([competence()], profile="interview", profiles={"interview": {"shows": "all"}})


def test_a_history_of_a_former_permit_is_no_interview_s_business() -> None:
    former = makers.spoiled(permit(), "/credentialSubject/scheme", "PEP")
    assert not may_show(former, profile="interview", profiles=PROFILES)
    assert may_show(former, profile="hiring", profiles=PROFILES)


def test_a_pass_without_a_subject_is_no_pass() -> None:
    with pytest.raises(WrongShape):
        require_within([makers.spoiled(permit(), "/credentialSubject", "x")], profile="hiring", profiles=PROFILES)


def test_a_scanned_request_is_read() -> None:
    asked = read_request("VQ1-I7K3M9QWX.CAFE LA PALMA", profile="interview")
    assert asked == Request(profile="interview", challenge="7K3M9QWX", domain="CAFE LA PALMA")


@pytest.mark.parametrize("typed", ["7K3M9QWX", "7k3m-9qwx", " 7K3M 9QWX "])
def test_letters_are_read_as_people_type_them(typed: str) -> None:
    assert read_request(typed, profile="hiring") == Request(profile="hiring", challenge="7K3M9QWX", domain=None)


def test_look_alike_letters_are_one() -> None:
    assert read_request("oil1LI00", profile="interview").challenge == "01111100"


def test_a_request_for_more_than_the_holder_chose_is_over_asking() -> None:
    for text in ("VQ1-H7K3M9QWX.CAFE", "VQ1-S7K3M9QWX.CAFE"):
        with pytest.raises(Invalid) as caught:
            read_request(text, profile="interview")
        assert caught.value.code == "over_asking"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7K3M9QW",
        "7K3M9QWXX",
        "7K3M9QWU",
        "VQ1-",
        "VQ1-I7K3M9QWX",
        "VQ1-I7K3M9QWX.",
        "VQ1-I7K3M9QWX. ",
        "VQ1-I7K3M9QWX.-------",
        "VQ1-I7K3M9QWX.café",
        "VQ1-I7K3M9QWX." + "A" * 25,
        "VQ1-I7K3M9QWU.CAFE",
        "VQ1-I7K3M9QWX.CAFE\n",
        "https://evil.example/VQ1-I7K3M9QWX.CAFE",
    ],
)
def test_anything_else_is_no_request(text: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_request(text, profile="interview")
    assert caught.value.code == "bad_request"

"""What people of the staff do over HTTP: they are invited, enrol with their devices, come in, step up.

A browser here is a client with its own cookies, which sends what our pages send.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from fastapi.testclient import TestClient

from schemas.access import TWO_PASSKEYS, Role
from schemas.staff import Invitation
from staff.enrolling import OPERATOR
from staff.people import People, Wanted
from tests.journeys.inside import HOUSE
from tests.journeys.world import Place
from tests.staff.authenticator import TRUTH, Authenticator, Lie

NEAR: Final = {"X-Puente": "1", "Sec-Fetch-Site": "same-origin"}
"""What our pages send with every change."""


def invited(
    place: Place, person: str, *roles: Role, issuer: str | None = "formacion", centre: str | None = None
) -> Invitation:
    """By the operator at the machine."""
    wanted = Wanted(person=person, roles=frozenset(roles), issuer=issuer, centre=centre)
    with place.world.doors()[People]() as people:
        made: Invitation = people.invite(wanted, actor=OPERATOR)
    place.private.add(made.code)
    return made


@dataclass
class Browser:
    """Somebody's browser: cookies, and the devices in reach."""

    place: Place
    devices: list[Authenticator] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = TestClient(self.place.app, base_url=HOUSE)

    def ask(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        """Status and JSON; a refusal's body is kept by the place, which looks for what leaked."""
        headers = {**NEAR, **how.pop("headers", {})}
        answer = self.client.request(method, f"/v1{path}", json=body, headers=headers, **how)
        self.place.urls.append(str(answer.request.url))
        if answer.status_code >= 400:
            self.place.problems.append(answer.text)
        return answer

    def good(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        answer = self.ask(method, path, body, **how)
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def code(self, method: str, path: str, body: Any = None, **how: Any) -> tuple[int, str]:
        answer = self.ask(method, path, body, **how)
        assert answer.status_code >= 400, (method, path, answer.status_code)
        return answer.status_code, answer.json()["code"]

    def enrol(self, code: str, count: int, *, kind: str = "ed25519", seed: str = "device") -> Any:
        """With as many new devices; the last answer."""
        begun = self.good("POST", "/staff/enrolments", {"code": code})
        options, kept = begun["options"], None
        for number in range(count):
            device = Authenticator(seed=f"{seed}:{begun['id']}:{number}", kind=kind)
            made = {"credential": device.make(options), "label": f"llave {number + 1}"}
            kept = self.good("POST", f"/staff/enrolments/{begun['id']}/passkeys", made)
            options = kept["next"]
            self.devices.append(device)
        return kept

    def sign_in(self, device: int = 0, lie: Lie = TRUTH) -> Any:
        """The answer, whole."""
        begun = self.good("POST", "/staff/signins", {})
        return self.ask(
            "POST", f"/staff/signins/{begun['id']}", {"credential": self.devices[device].show(begun["options"], lie)}
        )

    def step_up(self, device: int = 0, lie: Lie = TRUTH) -> Any:
        begun = self.good("POST", "/staff/stepups", {})
        return self.ask(
            "POST", f"/staff/stepups/{begun['id']}", {"credential": self.devices[device].show(begun["options"], lie)}
        )


def signed_in(
    place: Place, person: str, *roles: Role, issuer: str | None = "formacion", centre: str | None = None
) -> Browser:
    """A new person, invited, enrolled, and in."""
    browser = Browser(place)
    made = invited(place, person, *roles, issuer=issuer, centre=centre)
    assert browser.enrol(made.code, 2 if set(roles) & TWO_PASSKEYS else 1, seed=person)["complete"]
    assert browser.sign_in().status_code == 200
    return browser

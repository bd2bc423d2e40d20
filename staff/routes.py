"""HTTP face of the staff: enrol by a code, come in by passkey, step up, see and end one's sessions.

The session travels in the cookie `__Host-s` and nowhere else. Every change that comes with it, and every way in, must
come from our own pages and carry the header `X-Puente` (TRUST section 10); `app/auth.py` asks for that.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from kit.near import Near
from schemas.problem import answers
from schemas.staff import (
    CodeTyped,
    Enrolled,
    Enrolment,
    InvitationCode,
    Me,
    NamedPassword,
    PasskeyMade,
    PasskeyShown,
    PasskeysKept,
    PasswordChosen,
    PasswordKept,
    PasswordTyped,
    Sessions,
    SigningIn,
)
from staff.by_password import DEVICE_LIFE
from staff.desk import StaffDesk
from staff.people_routes import router as people_router
from staff.service import Staff
from staff.sessions import Opened

router = APIRouter(prefix="/staff", tags=["staff"])

COOKIE: Final = "__Host-s"
DEVICE: Final = "__Host-d"
"""Says that its browser is known to somebody who came in by password; it opens nothing."""
House = Annotated[Staff, door(Staff)]
AtDesk = Annotated[StaffDesk, door(StaffDesk)]
Entering = Annotated[Principal, caller("sign_in", "execute")]
Seeing = Annotated[Principal, caller("session", "read")]
Acting = Annotated[Principal, caller("session", "execute")]


def _signed_in(opened: Opened, response: Response) -> Me:
    response.headers.update(NO_STORE)
    response.set_cookie(COOKIE, opened.token, path="/", secure=True, httponly=True, samesite="strict")
    if opened.device is not None:
        life = int(DEVICE_LIFE.total_seconds())
        response.set_cookie(DEVICE, opened.device, life, path="/", secure=True, httponly=True, samesite="strict")
    return opened.me


@router.post("/enrolments", status_code=201, summary="Begin with an invitation", responses=answers(403, 422, 503))
def enrol(asked: InvitationCode, _by: Entering, staff: House, response: Response) -> Enrolment:
    """Whom the code is for, and the options of her first passkey. It works until an enrolment is complete."""
    response.headers.update(NO_STORE)
    return staff.enrol(asked.code.get_secret_value())


@router.post("/enrolments/{id}/passkeys", summary="Add a passkey", responses=answers(403, 404, 409, 422, 503))
def add_passkey(id: str, made: PasskeyMade, _by: Entering, desk: AtDesk) -> PasskeysKept:  # noqa: A002 - the path's word
    """Approvers, administrators and keepers need two; `next` are the options of the second."""
    return desk.add_passkey(id, made)


@router.post("/enrolments/{id}/password", summary="Choose a password instead", responses=answers(403, 404, 422, 503))
def choose_password(id: str, asked: PasswordChosen, _by: Entering, desk: AtDesk, response: Response) -> PasswordKept:  # noqa: A002 - the path's word
    """Officers and analysts only. What is told here is told once; the app's first code completes it."""
    response.headers.update(NO_STORE)
    return desk.choose_password(id, asked.password.get_secret_value())


@router.post("/enrolments/{id}/totp", summary="The app's first code", responses=answers(403, 404, 422, 429, 503))
def confirm_password(id: str, asked: CodeTyped, _by: Entering, desk: AtDesk) -> Enrolled:  # noqa: A002 - the path's word
    """From now on the password stands."""
    return desk.confirm_password(id, asked.code.get_secret_value())


@router.post("/signins/password", summary="Come in by password", responses=answers(403, 422, 429, 503))
def sign_in_by_password(
    asked: NamedPassword, _by: Entering, near: Near, desk: AtDesk, request: Request, response: Response
) -> Me:
    """With a code of the app or one of the ten. One answer to whatever is wrong; many tries are slowed."""
    device = request.cookies.get(DEVICE, "")
    return _signed_in(desk.sign_in_by_password(asked, device=device, near=near), response)


@router.post("/signins", status_code=201, summary="Something to show a passkey for", responses=answers(403, 503))
def begin_sign_in(_by: Entering, staff: House, response: Response) -> SigningIn:
    """Five minutes, once. The passkey itself says whose it is."""
    response.headers.update(NO_STORE)
    return staff.begin_sign_in()


@router.post("/signins/{id}", summary="Come in by passkey", responses=answers(403, 422, 503))
def sign_in(id: str, shown: PasskeyShown, _by: Entering, desk: AtDesk, response: Response) -> Me:  # noqa: A002 - the path's word
    """A session: a quarter of an hour idle, ten hours in all."""
    return _signed_in(desk.sign_in(id, shown.credential), response)


@router.get("/me", summary="Who is signed in", responses=answers(401, 403, 404, 503))
def me(by: Seeing, staff: House, response: Response) -> Me:
    """And until when."""
    response.headers.update(NO_STORE)
    return staff.me(by)


@router.delete("/session", status_code=204, summary="Sign out", responses=answers(401, 403, 404, 503))
def sign_out(by: Acting, staff: House, response: Response) -> None:
    """Ended on the server; the cookie goes too."""
    staff.end_session(None, by=by)
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")


@router.get("/sessions", summary="One's open sessions", responses=answers(401, 403, 503))
def sessions(by: Seeing, staff: House, response: Response) -> Sessions:
    """Where one is signed in, and since when."""
    response.headers.update(NO_STORE)
    return staff.sessions(by)


@router.delete("/sessions/{id}", status_code=204, summary="End one of them", responses=answers(401, 403, 404, 503))
def end_session(id: str, by: Acting, staff: House) -> None:  # noqa: A002 - the path's word
    """Whoever sits there is nobody from now on."""
    staff.end_session(id, by=by)


@router.post("/stepups", status_code=201, summary="Begin a step up", responses=answers(401, 403, 404, 503))
def begin_step_up(by: Acting, staff: House, response: Response) -> SigningIn:
    """Before what needs a passkey shown just now (`step_up_needed`)."""
    response.headers.update(NO_STORE)
    return staff.begin_step_up(by)


@router.post("/stepups/password", summary="Step up by password", responses=answers(401, 403, 404, 422, 429, 503))
def step_up_by_password(asked: PasswordTyped, by: Acting, desk: AtDesk, response: Response) -> Me:
    """For who has no passkey."""
    return _signed_in(desk.step_up_by_password(asked, by=by), response)


@router.post("/stepups/{id}", summary="Step up", responses=answers(401, 403, 404, 422, 429, 503))
def step_up(id: str, shown: PasskeyShown, by: Acting, desk: AtDesk, response: Response) -> Me:  # noqa: A002 - the path's word
    """Five minutes; the session goes on under a new cookie."""
    return _signed_in(desk.step_up(id, shown.credential, by=by), response)


router.include_router(people_router)

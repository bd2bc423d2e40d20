"""What people do at the issuer's console: enrol with a virtual passkey, sign in, confirm, find their way."""

import re

from playwright.sync_api import CDPSession, Page, expect

from app.db import transaction
from schemas.access import Role
from staff.enrolling import OPERATOR
from staff.people import Wanted
from tests.browser.live import LiveSite

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def invited(
    live: LiveSite, person: str, *roles: Role, issuer: str | None = "formacion", centre: str | None = None
) -> str:
    """An invitation's code, as the operator's command prints it."""
    wanted = Wanted(person=person, roles=frozenset(roles), issuer=issuer, centre=centre)
    world = live.place.world
    with transaction(world.engine) as session:
        return world.staff_rooms.people(session).invite(wanted, actor=OPERATOR).code


def key_of(page: Page) -> tuple[CDPSession, str]:
    """A passkey device that is always touched; Chromium plays it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session, made["authenticatorId"]


def other_key(key: tuple[CDPSession, str]) -> tuple[CDPSession, str]:
    """Another device in place of the first, for those whose work asks for two."""
    session, device = key
    session.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": device, "enabled": False})
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session, made["authenticatorId"]


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=20_000)


def section(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()


def find(page: Page, words: str, name: str) -> None:
    """From the search to a person's file; no address ever holds what was looked for or found."""
    section(page, "Personas")
    page.get_by_label("Documento, nombre o certificado").fill(words)
    tap(page, "Buscar")
    page.get_by_role("region", name="Personas encontradas").get_by_role("button", name=name).click()
    heading(page, name)
    assert words not in page.url


def make_keys(page: Page, live: LiveSite, code: str, keys: int = 1) -> None:
    """With the invitation's code."""
    page.goto(f"{live.url}/issuer/")
    key = key_of(page)
    tap(page, "Tengo un código de invitación")
    page.get_by_label("Código de invitación").fill(code)
    tap(page, "Seguir")
    page.get_by_label("Nombre de este aparato").fill("Computador")
    tap(page, "Hacer mi llave de acceso")
    if keys > 1:
        expect(page.get_by_role("button", name="Hacer la segunda llave")).to_be_visible()
        other_key(key)
        page.get_by_label("Nombre de este aparato").fill("Teléfono")
        tap(page, "Hacer la segunda llave")


def enrol(page: Page, live: LiveSite, code: str, keys: int = 1) -> None:
    """From the invitation's code to the first view inside."""
    make_keys(page, live, code, keys)
    heading(page, "Ya puede entrar")
    tap(page, "Ir a la entrada")
    tap(page, "Entrar con mi llave de acceso")
    expect(page.locator(".side-nav")).to_be_visible(timeout=20_000)


def confirm(page: Page, name: str) -> None:
    """The hard button of the dialog that stands."""
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def compare(page: Page, yes: str) -> None:
    """Each that was drawn: until the last is ticked the button is closed, says how many are left, and leads to them."""
    same = page.get_by_label("Coincide", exact=True)
    expect(same.first).to_be_visible()
    button = page.get_by_role("button", name=yes, exact=True)
    for left, box in zip(range(same.count(), 0, -1), same.all(), strict=True):
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_have_accessible_description(re.compile(rf"Antes de aprobar, compare la.* \(?{left}\b"))
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(box).to_be_focused()
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    expect(button).to_have_attribute("aria-disabled", "false")
    expect(page.get_by_text("Antes de aprobar, compare")).to_have_count(0)


def hand_over(officer: Page) -> None:
    """The new one's slip: asked first, its codes and PINs each on a paper, and told in her file at once."""
    told = officer.get_by_text("Entregue el nuevo: la persona todavía no lo tiene.")
    expect(told).to_have_count(1)
    expect(officer.get_by_role("region", name="Hojas de reclamo")).to_have_count(0)
    tap(officer, "Hacer hoja de reclamo")
    expect(officer.get_by_role("dialog")).to_contain_text("Se hace un código y, en otro papel, su PIN.")
    confirm(officer, "Hacer la hoja")
    heading = officer.get_by_role("dialog").get_by_role("heading", name="Entregue la hoja de reclamo")
    expect(heading).to_be_focused()
    for paper in ("Códigos (PDF)", "PIN en otro papel (PDF)"):
        with officer.expect_download() as saved:
            tap(officer, paper)
        assert saved.value.path().read_bytes().startswith(b"%PDF")
    confirm(officer, "Cerrar")
    expect(officer.get_by_role("button", name="Hacer hoja de reclamo")).to_be_focused()
    expect(officer.get_by_role("region", name="Hojas de reclamo").get_by_role("row")).to_have_count(2)
    expect(told).to_have_count(0)

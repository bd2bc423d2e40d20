"""DOMAIN P8 and P14 in wallet and verifier: permits old and new, a market woman's training, without network."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from registry import contents
from schemas.identifiers import Did
from tests import makers, worlds
from tests.browser import planted, steps
from tests.browser import wallet_steps as wallet
from tests.browser.site import Site
from tests.browser.steps import in_storage
from tests.browser.wallet_steps import heading, tap
from wallet.holder import Sheet, open_wallet

pytestmark = pytest.mark.browser

PAIRS = (("PermitPass", "PPT"), ("PermitPass", "PEP"), ("SkillPass", "EMPRENDE"), ("SkillPass", "ALFADIG"))
VAULT = in_storage("puente-wallet-people", "people", "async (all) => [...(await settled(all.getAll()))[0].vault]")


@pytest.fixture
def site(pages: Path, wallet_pages: Path) -> Iterator[Site]:
    scope = [{"type": kind, "scheme": scheme} for kind, scheme in PAIRS]
    issuers = [worlds.issuer_row(did, scope=scope) for did in (makers.PERMISO, makers.TALLER)]
    plan = replace(
        planted.plan(planted.clock()),
        bits={},
        issuers=issuers,
        rules=[worlds.rule(*pair) for pair in PAIRS],
        profiles=contents.policy()["profiles"],  # type: ignore[arg-type]  # the product's own
    )
    served = Site({"wallet": wallet_pages, "verifier": pages, "bundle": planted.rooms(plan)})
    yield served
    served.stop()


@pytest.fixture
def holder(site: Site, open_page: Callable[..., Page]) -> tuple[Page, Did]:
    """An empty wallet whose vault is open, at the view that adds; and its key, as another program opens the vault."""
    page = wallet.settle(open_page(site), site)
    letters = wallet.first_time(page)
    did = open_wallet(bytes(page.evaluate(VAULT)), Sheet(letters=letters)).did
    tap(page, "Leer un código")
    return page, did


def add(page: Page, document: dict[str, Any], *, ended: bool = False) -> None:
    if page.get_by_role("heading", name="Agregue su pase", level=1).count() == 0:
        tap(page, "Agregar un pase")
    wallet.paste(page, worlds.text(document))
    wallet.keep(page, ended=ended)


def permit(scheme: str, days: int, **changes: Any) -> dict[str, Any]:
    """A permit's status that ends so many days from now."""
    now = planted.clock()
    type_id = {"PPT": "C01", "PEP": "C02"}[scheme]
    ends = {"valid_from": now - timedelta(days=400), "valid_until": now + timedelta(days=days)}
    return makers.permit(type_id=type_id, **ends, **changes)


def shown(page: Page) -> str:
    """The text of the code on the screen."""
    page.locator(".qr svg").wait_for(timeout=20_000)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".qr").screenshot())))
    return code.text


def test_the_holder_alone_is_warned_before_a_permit_ends(
    holder: tuple[Page, Did], site: Site, open_page: Callable[..., Page]
) -> None:
    page, did = holder
    add(page, permit("PPT", 60, subject=did))
    expect(page.locator(".note").filter(has_text="renovar")).to_be_visible()
    add(page, permit("PPT", 95, subject=did))
    expect(page.locator(".note").filter(has_text="renovar")).to_have_count(1)
    verifier = steps.settle(open_page(site), site)
    assert steps.check(verifier, worlds.text(permit("PPT", 60, subject=did))) == "valid"
    assert "renovar" not in verifier.locator("body").inner_text()


def test_an_old_permit_is_history_and_points_to_the_present_one(
    holder: tuple[Page, Did], site: Site, open_page: Callable[..., Page]
) -> None:
    page, did = holder
    old = permit("PEP", -300, subject=did)
    add(page, old, ended=True)
    expect(page.locator(".chip.is-expired")).to_be_visible()
    page.locator("button.pass").click()
    expect(page.locator(".note").first).to_be_visible()
    verifier = steps.settle(open_page(site), site)
    assert steps.check(verifier, worlds.text(old)) == "expired"
    expect(verifier.get_by_text("puede tener PPT")).to_be_visible()


def test_a_market_woman_shows_her_training_and_nothing_of_her_papers(
    holder: tuple[Page, Did], site: Site, open_page: Callable[..., Page]
) -> None:
    page, did = holder
    now = planted.clock()
    claims = {"name": "María Inés Quispe Mamani", "hours": 24, "skills": [101]}
    dates = {"valid_from": now - timedelta(days=10), "valid_until": None}
    add(page, makers.skill(type_id="C19", claims=claims, subject=did, **dates))
    add(page, permit("PPT", 500, subject=did, claims={**makers.PERMIT, "name": claims["name"]}))
    page.context.set_offline(True)
    tap(page, "Mostrar")
    page.get_by_role("button", name="Emprendimiento").click()
    heading(page, "Esto verá el empleador")
    assert page.locator(".pick").count() == 1
    expect(page.locator(".pick")).to_contain_text("María Inés Quispe Mamani")
    tap(page, "Confirmar con mi PIN")
    page.keyboard.type(wallet.PIN)
    text = shown(page)
    verifier = steps.settle(open_page(site), site)
    verifier.context.set_offline(True)
    assert steps.check(verifier, text) == "valid"
    assert verifier.locator("[data-level]").get_attribute("data-level") == "live"
    expect(verifier.locator(".tier").first).to_contain_text("Organización que da fe")


def test_who_has_cards_alone_is_led_to_showing_them(site: Site, open_page: Callable[..., Page]) -> None:
    page = wallet.begin(open_page(site), site)
    wallet.paste(page, worlds.text(planted.permit(planted.clock())))
    wallet.keep(page)
    tap(page, "Mostrar a un empleador")
    page.get_by_role("button", name="Entrevista").click()
    heading(page, "Lo que tiene aquí son tarjetas")
    page.locator("button.pass").click()
    heading(page, "Tarjeta para imprimir")
    expect(page.get_by_role("img", name="Código QR de la tarjeta")).to_be_visible()
    page.go_back()
    heading(page, "¿Para qué lo muestra?")
    wallet.close(page)
    wallet.enter(page)
    page.locator("button.pass").click()
    wallet.keep_from_the_pin(page, opening=True)
    wallet.close(page)
    wallet.enter(page)
    tap(page, "Mostrar")
    heading(page, "Aquí no hay pases")
    tap(page, "Abrir mi bóveda")
    wallet.open_vault(page)
    heading(page, "¿Para qué lo muestra?")
    page.get_by_role("button", name="Entrevista").click()
    heading(page, "Lo que tiene aquí son tarjetas")


def test_who_has_no_live_pass_of_what_she_chose_is_told_that_and_not_that_hers_are_cards(
    holder: tuple[Page, Did],
) -> None:
    page, did = holder
    add(page, permit("PPT", 500, subject=did))
    tap(page, "Mostrar a un empleador")
    page.get_by_role("button", name="Emprendimiento").click()
    heading(page, "Ninguno de los pases abiertos entra en Emprendimiento")
    text = page.locator("main").inner_text()
    assert "Siguen sirviendo igual para lo demás." in text
    assert "tarjeta" not in text
    assert "en vivo" not in text
    assert page.locator("button.pass").count() == 0

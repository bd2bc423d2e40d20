"""The console left to itself: opened where the tab remembers nothing, and where a view fell."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import heading, tap
from tests.browser.live import LiveSite
from tests.journeys.papers import cohort, row

pytestmark = pytest.mark.browser


def test_a_view_of_one_thing_opened_by_its_address_is_its_list(
    console: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(console)
    steps.enrol(page, console, steps.invited(console, "Óscar Rueda (DEMO)", "officer"))
    for view, section in (("batch", "cohorts"), ("person", "people"), ("dispute", "disputes"), ("slips", "papers")):
        page.goto("about:blank")
        page.goto(f"{console.url}/issuer/#{view}")
        expect(page.locator(".side-nav")).to_be_visible()
        expect(page.locator(".side-nav [aria-current=page]")).to_have_attribute("href", f"#{section}")
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_role("heading", name="Un momento")).to_have_count(0)


def test_where_a_view_fell_the_menu_goes_on_and_counts_no_faster(console: LiveSite, browser: Browser) -> None:
    console.place.check(cohort(row(number="000000200001")))
    page = browser.new_context(locale="es-CO").new_page()
    fallen: list[str] = []
    counted: list[str] = []
    page.clock.install()
    page.on("pageerror", lambda error: fallen.append(str(error)))
    steps.enrol(page, console, steps.invited(console, "Óscar Rueda (DEMO)", "officer"))
    page.route("**/v1/issuer/batches/*", lambda route: route.fulfill(json={}))
    page.get_by_role("row").get_by_role("button").first.click()
    heading(page, "Esta parte falló")
    page.on("request", lambda asked: counted.append(asked.url) if asked.url.endswith("/issuer/waiting") else None)
    for _ in range(18):
        page.clock.run_for(10_000)
    assert len(fallen) == 1
    assert 1 <= len(counted) <= 3
    page.unroute_all()
    tap(page, "Probar otra vez")
    expect(page.get_by_role("heading", name="Esta parte falló")).to_have_count(0)
    steps.section(page, "Cohortes")
    heading(page, "Cohortes")
    page.context.close()

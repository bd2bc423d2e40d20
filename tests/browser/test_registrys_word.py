"""A list of which so much changes that phones wait: each of the two sees in the act how far the registry's word is, who
administers too asks for it there, and the page shows by itself that it was given. In a real Chromium, with passkeys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import counter_steps as steps
from tests.browser.counter_steps import heading, tap
from tests.browser.live import LiveSite
from tests.journeys.papers import row
from tests.journeys.test_bulk_acts import acted, hold

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 800}
ASK = "Pedir la palabra del registro"
LOOKS = 30_000
"""Longer than the page waits until it looks again."""


def test_asked_and_given_in_the_same_screen(console: LiveSite, open_page: Callable[..., Page]) -> None:
    place = console.place
    names = place.issued(row(), row(name="Zoë", number="000000200002"))
    waits = acted(place, "revoke", reason="fraud", way="credentials", credentials=names)
    hold(place, waits)
    place.publish()
    (share,) = place.good("GET", f"/v1/issuer/bulk-acts/{waits['id']}", "oscar")["lists"]
    officer, both = open_page(console, viewport=WIDE), open_page(console, viewport=WIDE)
    steps.enrol(officer, console, steps.invited(console, "Óscar Paz (DEMO)", "officer"))
    steps.enrol(both, console, steps.invited(console, "Irene Gil (DEMO)", "approver", "issuer_admin"), keys=2)
    for page in (officer, both):
        steps.section(page, "Cambios de varios")
        tap(page, "Anular")
        heading(page, "Anular 2 certificados")
        expect(page.get_by_role("heading", name="Falta la palabra del registro")).to_be_visible()
    expect(officer.get_by_role("button", name=ASK)).to_have_count(0)
    expect(officer.get_by_text("La pide en esta página quien administra su entidad")).to_be_visible()
    tap(both, ASK)
    for page in (both, officer):
        asked = page.get_by_text("La pidió Irene Gil (DEMO). Pedida: 0 de 2 personas del registro ya dijeron que sí.")
        expect(asked).to_be_visible(timeout=LOOKS)
        expect(page.get_by_role("button", name=ASK)).to_have_count(0)
    (change,) = place.good("GET", "/v1/registry/changes", "camilo")["items"]
    assert change["change"]["hash"] == share["hash"]
    for keeper in ("camilo", "nelly"):
        once = {"Idempotency-Key": f"said-by-{keeper}-now"}
        place.good("POST", f"/v1/registry/changes/{change['id']}/approvals", keeper, headers=once)
    for page in (officer, both):
        expect(page.get_by_role("heading", name="El registro ya dio su palabra")).to_be_visible(timeout=LOOKS)
    place.publish()
    for page in (officer, both):
        expect(page.get_by_role("heading", name="El registro ya dio su palabra")).to_have_count(0, timeout=LOOKS)
        expect(page.get_by_text("Hecho", exact=True)).to_be_visible()

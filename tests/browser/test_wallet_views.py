"""Every view of the wallet, walked as a person would: axe, sideways scrolling, targets, forbidden words; pictures."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page

from tests.browser import planted
from tests.browser import wallet_steps as steps
from tests.browser.conftest import PWA, ROOT
from tests.browser.gallery import faults, narrow_faults, word_faults
from tests.browser.live import LiveSite
from tests.journeys.papers import permit, row

pytestmark = pytest.mark.browser

PICTURES = ("people", "pin", "empty", "add", "arrived", "home", "pass", "choose", "preview", "live", "over-asking",
            "history", "sheet", "backup", "recover", "easy")  # fmt: skip


@dataclass
class Look:
    """One walk in a language; what is wrong is gathered, so that one walk tells all of it."""

    page: Page
    language: str
    narrow: bool = False
    pictured: bool = False
    found: list[str] = field(default_factory=list)

    def say(self, key: str, **values: object) -> str:
        words: dict[str, str] = json.loads((PWA / f"src/words/languages/{self.language}.json").read_text("utf-8"))
        return words[key].format(**values)

    def tap(self, key: str, **values: object) -> None:
        self.page.get_by_role("button", name=self.say(key, **values), exact=True).first.click()

    def way(self, key: str) -> None:
        self.page.locator("button.way").filter(has_text=self.say(key)).first.click()

    def at(self, name: str) -> None:
        """Looks at the view that stands now. Looking takes its time, and a wallet that nobody touches locks."""
        self.page.keyboard.press("Shift")
        self.page.locator("main").first.wait_for()
        self.page.wait_for_timeout(150)
        self.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # the dock rests where it ends
        self.found += faults(self.page, name, self.language, never=())
        if self.narrow:
            self.found += narrow_faults(self.page, name) + word_faults(self.page, name)
        self.page.keyboard.press("Shift")
        if self.pictured and name in PICTURES:
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=ROOT / f"docs/pictures/wallet-{name}.png")


def walk(look: Look, live: LiveSite, offers: list[Any]) -> None:
    """From the drawings through every room and back."""
    _begin(look, live)
    _receive(look, offers)
    _show(look)
    _keep(look)


def _begin(look: Look, live: LiveSite) -> None:
    page = look.page
    page.goto(f"{live.url}/wallet/")
    page.locator(".symbols").wait_for()
    if look.language == "en":
        page.get_by_role("button", name="English").click()
        page.locator("html[lang=en]").wait_for()
    look.at("people")
    look.tap("recover.title")
    look.at("recover")
    look.tap("bar.back")
    look.tap("symbol.sun")
    look.at("pin")
    look.tap("bar.back")
    look.tap("people.first")
    look.at("first")
    look.tap("symbol.moon")
    look.at("newpin")
    for _time in range(2):
        page.keyboard.type(steps.PIN)
        page.wait_for_timeout(300)
    page.get_by_label(look.say("phrase.label")).fill(steps.PHRASE)
    look.at("phrase")
    look.tap("phrase.take")
    page.locator(".groups").wait_for(timeout=20_000)
    look.at("sheet")
    look.tap("sheet.copied", n=3)
    look.at("sheet-asked")
    look.tap("sheet.see")
    look.tap("sheet.later")
    look.at("empty")


def _receive(look: Look, offers: list[Any]) -> None:
    page = look.page
    look.tap("home.first")
    for place, offer in enumerate(offers):
        if place:
            look.tap("home.add")
        else:
            look.tap("slip.go")
            look.at("add")
        page.get_by_label(look.say("slip.code")).fill(offer["code"])
        page.get_by_label(look.say("slip.pin")).fill(offer["pin"])
        look.tap("slip.go")
        page.get_by_role("button", name=look.say("arrived.keep")).wait_for(timeout=20_000)
        if place == 0:
            look.at("arrived")
        look.tap("arrived.keep")
        page.locator("button.pass").nth(place).wait_for(timeout=20_000)
    look.at("home")
    page.locator("button.pass").first.click()
    look.at("pass")
    look.tap("pass.print")
    page.locator(".qr svg").wait_for()
    look.at("print")
    look.tap("bar.back")
    look.tap("correct.title")
    look.at("correct")
    look.tap("correct.cancel")
    look.tap("bar.back")


def _show(look: Look) -> None:
    page = look.page
    look.tap("dock.show")
    look.at("choose")
    look.way("show.question")
    look.at("question")
    look.way("question.scan")
    asked = planted.picture("VQ1-S7K3M9QWX.GESTION TOTAL")
    photo = FilePayload(name="q.png", mimeType="image/png", buffer=asked)
    page.locator("input[type=file]").first.set_input_files([photo])
    page.get_by_role("heading", name=look.say("over.title")).wait_for(timeout=20_000)
    look.at("over-asking")
    look.tap("over.allowed")
    look.at("preview")
    look.tap("show.confirm")
    look.at("confirm")
    page.keyboard.type(steps.PIN)
    page.locator(".qr svg").wait_for(timeout=20_000)
    look.at("live")
    look.tap("dock.history")
    look.at("history")


def _keep(look: Look) -> None:
    page = look.page
    look.tap("dock.help")
    look.at("settings")
    look.tap("backup.title")
    look.at("backup")
    look.tap("backup.start")
    page.get_by_text(look.say("sync.done")).wait_for(timeout=20_000)
    look.tap("devices.title")
    page.locator(".rows li").first.wait_for(timeout=20_000)
    look.at("devices")
    look.tap("bar.back")
    look.tap("backup.halves")
    page.locator(".groups").wait_for(timeout=20_000)
    look.at("halves")
    look.tap("bar.back")
    look.tap("bar.back")
    look.tap("start.about")
    look.at("about")
    look.tap("bar.back")
    look.tap("settings.pictures")
    look.tap("dock.passes")
    look.at("easy")


@pytest.fixture
def offers(live: LiveSite) -> list[Any]:
    """A competence and a permit of one person, to be picked up."""
    (skill,) = live.place.issued(row())
    (status,) = live.place.permitted(permit())
    made = [live.place.offer(skill), live.place.offer(status, "lucia")]
    live.place.publish()
    return made


@pytest.fixture(params=[("es", "light"), ("en", "dark")], ids="-".join)
def look(request: pytest.FixtureRequest, live: LiveSite, open_page: Callable[..., Page]) -> Look:
    language, scheme = request.param
    options: dict[str, Any] = {"color_scheme": scheme, "device_scale_factor": 1.25}
    pictured = os.environ.get("PUENTE_PICTURES") == "1" and request.param == ("es", "light")
    return Look(page=open_page(live, **options), language=language, pictured=pictured)


def test_axe_finds_nothing_on_any_view(look: Look, live: LiveSite, offers: list[Any]) -> None:
    walk(look, live, offers)
    assert look.found == []


def test_nothing_scrolls_sideways_and_targets_are_large(
    live: LiveSite, open_page: Callable[..., Page], offers: list[Any]
) -> None:
    """The walk at its narrowest and largest; every view by itself, in both languages and sizes, is the gallery's."""
    page = open_page(live, viewport={"width": 320, "height": 640})
    size = "document.documentElement.style.fontSize = '32px'"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {size} }})")
    look = Look(page=page, language="es", narrow=True)
    walk(look, live, offers)
    assert look.found == []


def test_the_pictures_of_the_readme_are_there() -> None:
    folder: Path = ROOT / "docs/pictures"
    assert [name for name in PICTURES if not (folder / f"wallet-{name}.png").is_file()] == []

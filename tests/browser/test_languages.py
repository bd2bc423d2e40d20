"""A third language is one file: a made-up one, with marks around every text, is dropped in; both pages speak it."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import planted
from tests.browser.conftest import PWA
from tests.browser.conftest import build as build_page
from tests.browser.site import Site
from tests.browser.steps import IN_CHARGE

pytestmark = pytest.mark.browser

HOLES = re.compile(r"(\{[a-z]+\})")
ACCENTS = str.maketrans("aeiouAEIOU", "äëïöüÄËÏÖÜ")
CODE = "qps"
OWN_NAMES = ("Español", "English", CODE, CODE.capitalize())
# Every text that a person sees lies in an element whose whole text carries the marks; names of languages are their own.
FOREIGN = """(names) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const words = node.textContent.trim();
    if (!/\\p{L}{2}/u.test(words) || node.parentElement.closest('script,noscript,code')) continue;
    const whole = node.parentElement.closest('p,li,dd,dt,button,h1,h2,label,summary,small,b,span,legend');
    const marked = [words, whole?.textContent ?? ''].some((text) => text.includes('⟦'));
    if (!marked && !names.includes(words)) found.push(words);
  }
  for (const part of document.querySelectorAll('[aria-label],[alt],[placeholder],[title]')) {
    for (const name of ['aria-label', 'alt', 'placeholder', 'title']) {
      const words = part.getAttribute(name);
      if (words && /\\p{L}{2}/u.test(words) && !words.includes('⟦')) found.push(`${name} ${words}`);
    }
  }
  return found;
}"""


def pseudo(text: str) -> str:
    """Marked at both ends, longer by a third, holes left whole."""
    body = "".join(part if HOLES.fullmatch(part) else part.translate(ACCENTS) for part in HOLES.split(text))
    return f"⟦{body}{'~' * (len(text) // 3)}⟧"


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Both pages built from a copy that has one file more."""
    copy = tmp_path_factory.mktemp("copy") / "pwa"
    kept = shutil.ignore_patterns("node_modules", "test", "bench")
    shutil.copytree(PWA, copy, ignore=kept)
    (copy / "node_modules").symlink_to((PWA / "node_modules").resolve())
    languages = copy / "src/words/languages"
    spanish = json.loads((languages / "es.json").read_text("utf-8"))
    made = {key: text if key.startswith("language.") else pseudo(text) for key, text in spanish.items()}
    (languages / f"{CODE}.json").write_text(json.dumps(made), "utf-8")
    rooms: dict[str, Path | dict[str, bytes]] = {"bundle": planted.rooms(planted.plan(planted.clock()))}
    for page in ("verifier", "wallet"):
        rooms[page] = build_page(page, copy.parent / page, root=copy)
    served = Site(rooms)
    yield served
    served.stop()


def speak(page: Page, site: Site, name: str) -> None:
    """Opens a page and taps through its languages to the made-up one."""
    page.goto(f"{site.url}/{name}/")
    page.evaluate(IN_CHARGE)
    for language in ("English", CODE):
        page.get_by_role("button", name=re.compile(language, re.IGNORECASE)).click()
        page.locator(f"html[lang={'en' if language == 'English' else CODE}]").wait_for()


def test_the_verifier_speaks_it_also_without_network(made_up: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(made_up)
    speak(page, made_up, "verifier")
    page.context.set_offline(True)
    page.reload()
    page.locator(f"html[lang={CODE}]").wait_for()
    assert page.evaluate(FOREIGN, OWN_NAMES) == []
    page.locator("textarea").fill("VC1-RXX")
    page.locator("button[type=submit]").click()
    page.locator("[data-verdict]").wait_for()
    assert page.evaluate(FOREIGN, OWN_NAMES) == []
    page.context.set_offline(False)


def test_the_wallet_speaks_it(made_up: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(made_up)
    speak(page, made_up, "wallet")
    assert page.evaluate(FOREIGN, OWN_NAMES) == []
    page.evaluate("document.querySelector('main').append('suelto')")
    assert page.evaluate(FOREIGN, OWN_NAMES) == ["suelto"], "the look finds a text that stands in code"

"""What is asked of every view over written states: turn to it, words that never stand in it, narrow and large."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.steps import axe_faults

FORBIDDEN = re.compile(r"\b(fals[oa]s?|falsificad\w+|fraude|ilegal\w*|no (?:revocad|anulad)o|vigente)\b", re.IGNORECASE)
NEVER = ("error", "inválido", "sospechoso", "rechazado", "alerta", "!", "¡")
"""Words and signs that no screen of a holder or of a counter has (LOOK section 5)."""
WIDTH = 320
SMALL = """() => [...document.querySelectorAll('a,button,summary,textarea,input')].filter((part) => {
  const box = part.getBoundingClientRect(), label = part.labels?.[0]?.getBoundingClientRect();
  return box.width && !part.classList.contains('skip') && Math.max(box.height, label?.height ?? 0) < 47.5;
}).map((part) => part.tagName + ' ' + part.textContent.trim().slice(0, 24))"""
BROKEN = r"""() => {
  const found = new Set(), range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const part = text.parentElement;
    if (!part.checkVisibility() || part.closest('.only-read, .skip, code, textarea')) continue;
    for (const { 0: word, index } of text.data.matchAll(/(?<![^\s("«¿-])[\p{L}\p{M}]{2,}(?![^\s.,:;?)"»-])/gu)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.add(word);
    }
  }
  return [...found];
}"""
"""Words that stand on two lines; what has other signs in it is a code, and may."""
CUT = """() => [...document.body.querySelectorAll('*')].filter((part) => {
  const box = part.getBoundingClientRect();
  const apart = part.closest('.only-read, .skip, svg, input, textarea, select');
  if (box.width < 2 || !part.checkVisibility() || apart) return false;
  const hides = ['hidden', 'clip'].includes(getComputedStyle(part).overflowX);
  return (hides && part.scrollWidth > part.clientWidth + 1) || (box.right > innerWidth + 1 && !part.closest('.scroll'));
}).map((part) => part.tagName + '.' + part.className + ' ' + part.textContent.trim().slice(0, 24))"""
"""What an edge cuts off, be it its own or the screen's; regions that scroll by name may hold more."""
DRAWN = """new Promise((done) => {
  const next = (then) => requestAnimationFrame(() => setTimeout(then));
  next(() => next(done));
})"""
"""Two pictures later: what a view draws after its first drawing stands too."""


def turn(page: Page, name: str, language: str) -> None:
    """Another view on the same page, whole, with its details open."""
    page.evaluate("(address) => { location.hash = address }", f"{name}/{language}")
    page.locator(f"html[lang={language}]").wait_for()
    page.evaluate(DRAWN)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


def scenes(page: Page) -> list[str]:
    """The names of all views that a gallery has."""
    found: list[str] = page.evaluate("window.scenes")
    return found


def faults(page: Page, name: str, language: str, never: tuple[str, ...] = NEVER) -> list[str]:
    """What axe finds, and Spanish words that must not be there."""
    found = axe_faults(page, name)
    if language == "es":
        text = page.locator("body").inner_text()
        found += [f"{name} says {word}" for word in never if word in text.lower()]
        found += [f"{name} has a forbidden word" for _ in FORBIDDEN.findall(text)]
    return found


def enlarge(page: Page, percent: int) -> None:
    """Text as large as people set it."""
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", f"{16 * percent // 100}px")


def narrow_faults(page: Page, name: str) -> list[str]:
    """On the narrowest screen: what is wider than it, and what is too small for a finger."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{name} is {wide} px wide"] if wide > WIDTH else []
    return found + [f"{name} target {part}" for part in page.evaluate(SMALL)]


def word_faults(page: Page, name: str) -> list[str]:
    """Words that are broken on the narrowest screen, and what is cut off there."""
    cut = [f"{name} cuts {part}" for part in page.evaluate(CUT)]
    return [f"{name} breaks {word}" for word in page.evaluate(BROKEN)] + cut


def size_faults(page: Page, name: str, also: Callable[[Page, str], list[str]] = lambda _page, _name: []) -> list[str]:
    """The same with letters as they come and twice as large, and what else is asked of it narrow; it is drawn once."""
    found = []
    for percent in (200, 100):  # it is left as it was found
        enlarge(page, percent)
        found += [*narrow_faults(page, f"{name} at {percent} %"), *also(page, f"{name} at {percent} %")]
    return found


def count_faults(page: Page, name: str) -> list[str]:
    """Each view has one heading of the first level, one main part, and at most one filled button."""
    heading, main, filled = (page.locator(each).count() for each in ("h1", "main", "main .tap.main, main .way.main"))
    found = f"{name} has {heading} headings, {main} main parts, {filled} filled buttons"
    return [] if (heading, main) == (1, 1) and filled <= 1 else [found]

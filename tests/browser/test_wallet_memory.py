"""After the wallet's page has locked, nothing of a pass can be reached in its memory."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import makers, worlds
from tests.browser import planted
from tests.browser.site import Site
from tests.browser.wallet_steps import PIN, add_first, first_time, heading, settle

pytestmark = pytest.mark.browser

NAME = "Canario Amarillo Uno"


HELD = """(name) => {
  const seen = new Set();
  const waiting = [RegExp.input, RegExp.lastMatch, document.getElementById("app")];
  while (waiting.length > 0) {
    const thing = waiting.pop();
    if (typeof thing === "string" && thing.includes(name)) return true;
    if (thing === null || !["object", "function"].includes(typeof thing)) continue;
    if (seen.has(thing) || thing === window) continue;
    seen.add(thing);
    for (const key of Reflect.ownKeys(thing)) {
      const { value } = Object.getOwnPropertyDescriptor(thing, key) ?? {};
      waiting.push(value);
    }
    if (thing instanceof Node) waiting.push(...thing.childNodes);
  }
  return false;
}"""
"""Whether that name can be reached from the page: by the engine's last match, or from what is drawn."""


def test_after_locking_by_itself_nothing_in_memory_holds_a_pass(
    wallet_site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(wallet_site)
    page.clock.install()
    settle(page, wallet_site)
    first_time(page, "Luna", PIN)
    add_first(page, worlds.text(planted.competence(planted.clock(), claims={**makers.COMPETENCE, "name": NAME})))
    page.locator("button.pass").click()
    heading(page, "Norma 220201501, versión 2")
    page.wait_for_timeout(500)
    assert page.evaluate(HELD, NAME)
    page.clock.fast_forward(61_000)
    heading(page, "Toque su dibujo")
    assert not page.evaluate(HELD, NAME)
    assert strings_of(page, NAME) == []


def strings_of(page: Page, name: str) -> list[str]:
    """What the page's script can still reach that holds the name, out of a picture of its whole memory."""
    session = page.context.new_cdp_session(page)
    chunks: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.detach()
    snapshot = json.loads("".join(chunks))
    fields = snapshot["snapshot"]["meta"]["node_fields"]
    kinds = snapshot["snapshot"]["meta"]["node_types"][0]
    nodes, words = snapshot["nodes"], snapshot["strings"]
    found = []
    for at in range(0, len(nodes), len(fields)):
        kind, word = kinds[nodes[at]], words[nodes[at + 1]]
        if "string" in kind and name in word:
            found.append(f"{kind} {word[:200]}")
    return found

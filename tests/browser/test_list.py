"""The list on a device, in a real browser: what changed is all that is fetched; files and codes bring it as well."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from registry.build import Published
from tests import small_registry as small
from tests import worlds
from tests.browser import planted
from tests.browser.conftest import node, violations
from tests.browser.site import Site
from tests.tuf_cases import NEW_ROOTS, NOW, Rooted

pytestmark = pytest.mark.browser

LIST = "https://norma.example/s/1"
DAY = timedelta(days=1)
OLDER = "Esta lista es más vieja que la que tengo. Sigo con la mía."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("list")
    config = "test/list/vite.config.ts"
    node("node_modules/vite/bin/vite.js", "build", "--config", config, "--outDir", str(made), "--logLevel", "warn")
    return made


def states(count: int = 3) -> list[Published]:
    """So many lists, six hours apart, each with one more revoked than the one before; the last of an hour ago."""
    now = planted.clock()
    made: list[Published] = []
    for step in range(count):
        at = now - timedelta(hours=1) - (count - 1 - step) * timedelta(hours=6)
        plan = replace(planted.plan(now), signed_at=at, bits={LIST: [planted.REVOKED, *range(91_000, 91_000 + step)]})
        made.append(worlds.pack(plan) if not made else worlds.follow(made[-1], plan))
    return made


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    served = Site({"list": folder, "bundle": planted.served(states(1)[0])})
    yield served
    served.stop()


def opened(page: Page, site: Site, version: int) -> Page:
    page.goto(f"{site.url}/list/")
    expect(page.locator("#version")).to_have_text(str(version))
    refresh(page)  # the page looks for a newer list by itself: after this it has
    return page


def asked(site: Site, work: Callable[[], Any]) -> list[str]:
    """What was asked of the bundle meanwhile."""
    before = len(site.asked)
    work()
    return sorted(path.removeprefix("/bundle/") for path in site.asked[before:] if path.startswith("/bundle/"))


def refresh(page: Page, *, by_hand: bool = True) -> str:
    outcome: str = page.evaluate("byHand => trust.refresh(byHand)", by_hand)
    return outcome


def test_only_what_changed_is_fetched(site: Site, open_page: Callable[..., Page]) -> None:
    first, second, _ = states()
    site.rooms["bundle"] = planted.served(first)
    page = open_page(site)
    assert set(asked(site, lambda: opened(page, site, 7))) >= {"bundle.puente", "root.json"}
    assert refresh(page) == "current"
    assert asked(site, lambda: refresh(page)) == ["metadata/2.root.json", "metadata/timestamp.json"]
    site.rooms["bundle"] = planted.served(second)
    changed = [path for path in second.files if path not in first.files]
    assert asked(site, lambda: refresh(page)) == sorted(["metadata/2.root.json", "metadata/timestamp.json", *changed])
    expect(page.locator("#version")).to_have_text("8")
    assert len([path for path in changed if path.startswith("targets/")]) == 1
    page.reload()
    expect(page.locator("#version")).to_have_text("8")


def test_where_a_part_is_missing_the_whole_list_comes(site: Site, open_page: Callable[..., Page]) -> None:
    first, second, third = states()
    site.rooms["bundle"] = planted.served(first)
    page = opened(open_page(site), site, 7)
    served = planted.served(second)
    site.rooms["bundle"] = {name: raw for name, raw in served.items() if "status-norma" not in name}
    assert "bundle.puente" in asked(site, lambda: refresh(page))
    expect(page.locator("#version")).to_have_text("8")
    site.rooms["bundle"] = {name: raw for name, raw in planted.served(third).items() if "/" not in name}
    assert refresh(page) == "installed"
    expect(page.locator("#version")).to_have_text("9")


def test_a_new_root_comes_by_itself(site: Site, open_page: Callable[..., Page]) -> None:
    def served(files: Any) -> dict[str, bytes]:
        return {**files, "bundle.puente": small.container(files), "root.json": files["metadata/1.root.json"]}

    site.rooms["bundle"] = served(small.good(NOW))
    page = opened(open_page(site), site, 1)
    site.rooms["bundle"] = served(Rooted(({"root": NEW_ROOTS},))())
    found = asked(site, lambda: refresh(page))
    assert {"metadata/2.root.json", "metadata/3.root.json"} <= set(found)
    assert "bundle.puente" not in found
    expect(page.locator("#version")).to_have_text("2")


def test_an_older_list_is_refused_and_told_whoever_offers_it(site: Site, open_page: Callable[..., Page]) -> None:
    first, second, _ = states()
    site.rooms["bundle"] = planted.served(second)
    page = opened(open_page(site), site, 8)
    site.rooms["bundle"] = planted.served(first)
    assert refresh(page) == "older"
    assert refresh(page, by_hand=False) == "older"
    expect(page.get_by_role("alert")).to_have_text(
        "Me ofrecieron una lista más vieja que la que tengo. Sigo con la mía."
    )
    choose(page, first.container())
    page.get_by_text(OLDER, exact=True).wait_for()
    choose(page, small.container(small.good(NOW)))  # of another registry, and of a lower number
    page.get_by_text("La lista que llegó no pasó la revisión. Sigo con la que tengo.", exact=True).wait_for()
    expect(page.locator("#version")).to_have_text("8")
    site.rooms["bundle"] = {"bundle.puente": b"\x1f\x8b no list", "root.json": b"{}", "metadata/timestamp.json": b"{}"}
    assert refresh(page) == "refused"
    site.stop()
    assert refresh(page) == "offline"
    page.evaluate("trust.noticed()")
    expect(page.locator("#version")).to_have_text("8")


def choose(page: Page, raw: bytes) -> None:
    file = FilePayload(name="lista.puente", mimeType="application/gzip", buffer=raw)
    page.get_by_label("Traer una lista de un archivo").set_input_files([file])


def test_a_file_brings_the_list_from_phone_to_phone(site: Site, open_page: Callable[..., Page], tmp_path: Path) -> None:
    first, second, _ = states()
    site.rooms["bundle"] = planted.served(first)
    here, there = opened(open_page(site), site, 7), opened(open_page(site), site, 7)
    site.rooms["bundle"] = planted.served(second)
    assert refresh(there) == "installed"
    site.stop()
    with there.expect_download() as saving:
        there.get_by_role("link", name="Guardar el archivo").click()
    assert saving.value.suggested_filename == "puente-8.puente"
    saving.value.save_as(tmp_path / "list.puente")
    choose(here, (tmp_path / "list.puente").read_bytes())
    here.get_by_text("Listo. Este teléfono ya tiene la versión 8.").wait_for()
    choose(here, (tmp_path / "list.puente").read_bytes())
    here.get_by_text("Ya tengo la lista más nueva.").wait_for()
    choose(here, b"no list at all")
    here.get_by_text("Ese archivo no es una lista de confianza.").wait_for()
    expect(here.locator("#version")).to_have_text("8")


def by_camera(page: Page) -> None:
    page.locator("#camera").click()
    page.get_by_text("Listo. Este teléfono ya tiene la versión 9.").wait_for(timeout=60_000)


def test_codes_bring_the_list_from_phone_to_phone(
    site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    """Some lists later the other phone shows what changed, and this one's camera takes it in; nothing is asked for."""
    first, second, third = states()
    site.rooms["bundle"] = planted.served(first)
    there = opened(open_page(site), site, 7)
    for published in (second, third):
        site.rooms["bundle"] = planted.served(published)
        assert refresh(there) == "installed"
    there.get_by_label("¿Qué versión tiene el otro teléfono?").select_option("7")
    there.get_by_role("button", name="Mostrar los códigos").click()
    expect(there.get_by_role("img", name="Códigos de la actualización")).to_be_visible()
    shown = there.evaluate("trust.showOnward(7)")
    assert (shown["from"], shown["to"]) == (7, 9)
    assert 2 <= len(shown["frames"]) <= 8
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(planted.video(shown["frames"]))
    site.rooms["bundle"] = planted.served(first)
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        here = opened(open_page(site, within=camera, permissions=["camera"]), site, 7)
        brought = asked(site, lambda: by_camera(here))
        assert (brought, violations(here)) == ([], [])
    finally:
        camera.close()


def test_a_text_that_is_no_update_or_for_another_version(site: Site, open_page: Callable[..., Page]) -> None:
    first, second, third = states()
    site.rooms["bundle"] = planted.served(first)
    page = opened(open_page(site), site, 7)
    for published in (second, third):
        site.rooms["bundle"] = planted.served(published)
        refresh(page)
    late, whole = page.evaluate("Promise.all([trust.showOnward(null), trust.showOnward(7)])")
    assert (late["from"], whole["from"]) == (8, 7)
    assert page.evaluate("trust.showOnward(3)") == "not_kept"
    site.rooms["bundle"] = planted.served(first)
    other = opened(open_page(site), site, 7)
    take = "texts => trust.takeUpdate(texts)"
    assert other.evaluate(take, [late["text"]]) == "other_version"
    assert other.evaluate(take, ["VD1-R0000"]) == "unreadable"
    assert other.evaluate(take, ["VC1-RANYTHING"]) is None
    assert other.evaluate(take, whole["frames"][1:]) is None
    assert other.evaluate(take, [*reversed(whole["frames"])]) == "installed"
    assert other.evaluate(take, [whole["text"]]) == "current"
    assert other.evaluate(take, [late["text"]]) == "current"


def test_a_registry_that_changed_goes_by_file_alone(site: Site, open_page: Callable[..., Page]) -> None:
    now = planted.clock()
    site.rooms["bundle"] = planted.served(worlds.pack(planted.plan(now)))
    page = opened(open_page(site), site, 7)
    page.get_by_text("este teléfono guarda todavía una sola.").wait_for()
    site.rooms["bundle"] = planted.served(worlds.pack(planted.plan(now, age=timedelta(minutes=5), version=8)))
    assert refresh(page) == "installed"
    page.get_by_role("button", name="Mostrar los códigos").click()
    expect(page.get_by_role("alert")).to_have_text("Cambió más que los estados. Pase la lista con el archivo.")


def test_a_clock_that_was_set_back_or_far_ahead_is_told(site: Site, open_page: Callable[..., Page]) -> None:
    first, second, _ = states()
    site.rooms["bundle"] = planted.served(first)
    page = opened(open_page(site), site, 7)
    floor = page.evaluate("trust.floor()")
    page.clock.set_fixed_time(planted.clock() - 730 * DAY)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("La fecha de este teléfono está atrasada.")
    assert page.evaluate("trust.floor()") == floor
    site.rooms["bundle"] = planted.served(second)
    assert refresh(page) == "installed"
    site.rooms["bundle"] = {}
    page.evaluate("store.put({ list: undefined, formers: undefined })")
    page.reload()
    page.wait_for_function("() => 'trust' in globalThis")
    assert page.evaluate("trust.bundle().then(bundle => bundle === null && trust.floor())") >= floor


def test_a_list_that_is_old_is_told_with_its_date(site: Site, open_page: Callable[..., Page]) -> None:
    now = planted.clock()
    site.rooms["bundle"] = planted.served(worlds.pack(planted.plan(now, age=10 * DAY)))
    page = opened(open_page(site), site, 7)
    expect(page.get_by_role("alert")).to_contain_text("Mi lista es del")
    page.clock.set_fixed_time(now + 500 * DAY)
    page.reload()
    expect(page.get_by_role("alert").filter(has_text="va más de un año adelante")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="ya es tan vieja que no puedo decir «Válido»")).to_be_visible()


def test_two_pages_of_one_phone_do_not_set_each_other_back(site: Site, open_page: Callable[..., Page]) -> None:
    first, second, third = states()
    site.rooms["bundle"] = planted.served(first)
    page = opened(open_page(site), site, 7)
    other = opened(page.context.new_page(), site, 7)
    site.rooms["bundle"] = planted.served(third)
    assert refresh(other) == "installed"
    site.stop()
    choose(page, second.container())
    page.get_by_text(OLDER, exact=True).wait_for()
    expect(page.locator("#version")).to_have_text("9")

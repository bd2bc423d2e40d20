"""Journey P2 in real Chromium, against the real app: slip and PIN, card, file; what is refused is explained."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser.conftest import violations
from tests.browser.live import LiveSite
from tests.browser.site import Site
from tests.browser.wallet_steps import (
    PHRASE,
    add_first,
    begin,
    choose,
    claim,
    close,
    enter,
    first_time,
    heading,
    keep,
    open_vault,
    paste,
    settle,
    tap,
    titles,
)
from tests.journeys.papers import permit, row

pytestmark = pytest.mark.browser


def offered(live: LiveSite, name: str, who: str = "oscar") -> Any:
    """A claim code and its PIN for a credential, published."""
    live.place.publish()
    return live.place.offer(name, who)


def competence(live: LiveSite, **changes: str) -> Any:
    (name,) = live.place.issued(row(**changes))
    return offered(live, name)


def test_a_slip_and_its_pin_bring_the_pass_and_it_is_there_without_network(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(live), live)
    offer = competence(live)
    choose(page, "hoja.png", "image/png", planted.picture(f"VO1-{offer['code']}", level="q"))
    expect(page.get_by_text("Leí el código de su hoja.")).to_be_visible()
    expect(page.get_by_label("Código de reclamo")).to_have_value(offer["code"])
    page.get_by_label("PIN del papel aparte").fill(offer["pin"][:-1])
    tap(page, "Recibir mi pase")
    expect(page.get_by_text("Faltan números: van 5 de 6.")).to_be_visible()
    page.get_by_label("PIN del papel aparte").fill(offer["pin"])
    tap(page, "Recibir mi pase")
    heading(page, "Revise su pase antes de guardarlo")
    expect(page.get_by_text("Yuleisy Rojas Peña")).to_be_visible()
    expect(page.locator(".chip.is-valid")).to_be_visible()
    keep(page)
    assert len(titles(page)) == 1
    page.context.set_offline(True)
    page.reload()
    enter(page)
    assert len(titles(page)) == 1
    expect(page.locator(".chip.is-valid").first).to_be_visible()
    page.context.set_offline(False)


def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(live), live)
    offer = competence(live, name="Zoë", number="000000200003")
    paste(page, f"VO1-{offer['code']}")
    read = page.get_by_text("Leí el código de su hoja.")
    expect(read).to_be_visible()
    expect(page.get_by_label("PIN del papel aparte")).to_be_focused()
    page.get_by_label("Código de reclamo").fill(offer["code"][:9])
    tap(page, "Recibir mi pase")
    expect(page.get_by_text("Falta una letra: van 9 de 10.")).to_be_visible()
    wrong = f"{(int(offer['pin']) + 1) % 10**6:06d}"
    claim(page, offer, wrong)
    alert = page.locator(".reason[role=alert]")
    expect(alert).to_contain_text("El código y el PIN no van juntos.")
    expect(page.locator(".phone-code")).to_contain_text("W-22")
    expect(read).to_have_count(0)
    letters = page.get_by_label("Código de reclamo")
    typed = letters.input_value()
    letters.fill(typed[:5])
    tap(page, "Recibir mi pase")
    expect(page.get_by_text("Faltan 5 letras")).to_be_visible()
    expect(page.locator(".phone-code")).to_have_count(0)
    letters.fill(typed)
    expect(page.get_by_label("Código de reclamo")).to_have_value(offer["code"])
    page.context.set_offline(True)
    claim(page, offer)
    expect(alert).to_contain_text("No pude conectarme con quien da el pase.")
    page.context.set_offline(False)
    claim(page, offer)
    heading(page, "Revise su pase antes de guardarlo")
    tap(page, "No guardar")
    heading(page, "Mis pases")
    assert titles(page) == []


def test_storage_taken_away_before_a_pick_up_is_told_as_what_it_is(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(live), live)
    offer = competence(live, name="Mar", number="000000200007")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.clearDataForOrigin", {"origin": live.url, "storageTypes": "indexeddb"})
    claim(page, offer)
    expect(page.get_by_role("heading", name="Este teléfono ya no guarda su billetera")).to_be_visible()
    expect(page.get_by_text("Cierre la billetera, ábrala otra vez")).to_have_count(0)
    with page.expect_download() as download:
        tap(page, "Guardar en un archivo")
    assert Path(download.value.path()).read_bytes().startswith(b"PVW1")


def test_a_page_closed_before_keeping_may_ask_again_with_the_same_code(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(live), live)
    offer = competence(live, name="Luz", number="000000200004")
    claim(page, offer)
    heading(page, "Revise su pase antes de guardarlo")
    page.reload()
    enter(page)
    tap(page, "Leer un código")
    open_vault(page)
    heading(page, "Agregue su pase")
    claim(page, offer)
    heading(page, "Revise su pase antes de guardarlo")
    keep(page)
    assert len(titles(page)) == 1
    tap(page, "Agregar un pase")
    claim(page, offer)  # her key fetches the same copies again for 30 days
    heading(page, "Revise su pase antes de guardarlo")
    keep(page)
    assert len(titles(page)) == 1


def test_a_permit_comes_for_interview_and_hiring_and_an_end_date_is_told_early(
    live: LiveSite, open_page: Callable[..., Page]
) -> None:
    page = begin(open_page(live), live)
    soon = (planted.clock() + 40 * planted.DAY).date().isoformat()
    (name,) = live.place.permitted(permit(cardValidUntil=soon))
    claim(page, offered(live, name, "lucia"))
    heading(page, "Revise su pase antes de guardarlo")
    keep(page)
    assert {title.split(" hasta ")[0] for title in titles(page)} == {"Puede trabajar"}
    expect(page.get_by_text("Averigüe desde ahora cómo renovarlo o actualizarlo.").first).to_be_visible()


def test_the_camera_reads_a_card(
    wallet_site: Site, open_page: Callable[..., Page], launch: Callable[..., Browser], tmp_path: Path
) -> None:
    film = tmp_path / "card.mjpeg"
    film.write_bytes(planted.video([worlds.text(planted.competence(planted.clock()))]))
    camera = launch(f"--use-file-for-fake-video-capture={film}")
    try:
        page = begin(open_page(wallet_site, within=camera, permissions=["camera"]), wallet_site)
        wallet_site.stop()
        page.get_by_role("button", name="Leer el código del papel").click()
        heading(page, "Revise su pase antes de guardarlo")
        assert page.locator("video").count() == 0
        keep(page)
        assert titles(page) == ["Norma 220201501, versión 2"]
    finally:
        assert violations(page) == []
        camera.close()


def test_files_of_every_kind_that_passes_come_in(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = begin(open_page(wallet_site), wallet_site)
    now = planted.clock()
    good = planted.competence(now)
    choose(page, "pase.vc.json", "application/json", json.dumps(good).encode("utf-16"))
    heading(page, "Revise su pase antes de guardarlo")
    expect(page.get_by_text("Final del documento")).to_be_visible()
    page.go_back()
    heading(page, "Agregue su pase")
    choose(page, "pase.vc1.txt", "text/plain", worlds.text(good).encode() + b"\r\n")
    heading(page, "Revise su pase antes de guardarlo")
    page.go_back()
    choose(page, "pase.png", "image/png", planted.picture(worlds.text(planted.permit(now))))
    heading(page, "Revise su pase antes de guardarlo")
    keep(page)
    assert len(titles(page)) == 1
    tap(page, "Agregar un pase")
    for content in (b"{}", b"\x00\x01"):
        choose(page, "otro.bin", "application/octet-stream", content)
        expect(page.get_by_role("alert")).to_contain_text(
            "Ese archivo no es un pase de Puente. Busque el que le mandaron. Los pases que ya tiene siguen aquí."
        )
        choose(page, "fotos.tar.gz", "application/gzip", gzip.compress(b"fotos/1.jpg"))
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_text("Ese archivo no es una lista de confianza.")).to_be_visible()
    a_list_a_wallet_a_pdf_and_a_film_are_told_as_what_they_are(page, wallet_site)


def a_list_a_wallet_a_pdf_and_a_film_are_told_as_what_they_are(page: Page, wallet_site: Site) -> None:
    choose(page, "lista.puente", "", page.request.get(f"{wallet_site.url}/bundle/bundle.puente").body())
    expect(page.get_by_text("Ya tengo la lista más nueva.")).to_be_visible()
    choose(page, "billetera.pvw", "", b"PVW1" + bytes(100))
    expect(page.get_by_role("alert")).to_contain_text("Ese archivo es una billetera guardada.")
    choose(page, "pase.pdf", "application/pdf", b"%PDF-1.7")
    expect(page.get_by_role("alert")).to_contain_text("Ese archivo es un PDF.")
    choose(page, "hoja.png", "image/png", planted.picture("4T7K9QZDM3XBW8HN2VCER6PJ5YAF"))
    expect(page.get_by_role("alert")).to_contain_text("Parece una hoja de recuperación")
    choose(page, "película.mp4", "video/mp4", bytes(9 * 1024 * 1024))
    expect(page.get_by_role("alert")).to_contain_text("El archivo es más grande de lo permitido.")


def test_an_ended_permit_is_kept_as_history(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = begin(open_page(wallet_site), wallet_site)
    now = planted.clock()
    old = makers.permit(valid_from=now - 900 * planted.DAY, valid_until=now - 600 * planted.DAY)
    paste(page, worlds.text(old))
    heading(page, "Revise su pase antes de guardarlo")
    expect(page.locator(".chip.is-expired")).to_be_visible()
    keep(page, ended=True)
    expect(page.locator(".chip.is-expired")).to_be_visible()
    assert "Puede trabajar" not in page.locator("main").inner_text()
    close(page)


def test_the_same_pass_twice_is_one(wallet_site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(wallet_site), wallet_site)
    first_time(page, phrase=PHRASE)
    text = worlds.text(planted.competence(planted.clock()))
    add_first(page, text)
    tap(page, "Agregar un pase")
    paste(page, text)
    keep(page)
    assert len(titles(page)) == 1


def test_a_wrong_name_is_told_with_the_pass_kept(live: LiveSite, open_page: Callable[..., Page]) -> None:
    page = begin(open_page(live), live)
    claim(page, competence(live, name="Yuleisi", number="000000200006"))
    heading(page, "Revise su pase antes de guardarlo")
    tap(page, "Mi nombre está mal")
    heading(page, "Pida una corrección")
    expect(page.get_by_label("Cómo se escribe su nombre")).to_have_value("Yuleisi Rojas Peña")
    page.get_by_label("Cómo se escribe su nombre").fill("Yuleisy Rojas Peña")
    tap(page, "Enviar")
    heading(page, "Se envió")
    tap(page, "Volver al pase")
    expect(page.get_by_text("Esperando respuesta")).to_be_visible()
    expect(page.get_by_text("Usted pidió que diga: Yuleisy Rojas Peña")).to_be_visible()
    tap(page, "Atrás")
    heading(page, "Mis pases")

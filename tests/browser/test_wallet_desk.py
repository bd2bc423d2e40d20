"""A desk that lies (TRUST T13): what it sends takes the place of none of her passes that it may not take."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import makers, worlds
from tests.browser import planted
from tests.browser import steps as verifier
from tests.browser import wallet_steps as wallet
from tests.browser.hostile import Desk, answered
from tests.browser.wallet_steps import heading, tap

pytestmark = pytest.mark.browser

UNTAKEN = "el pase nuevo no puede llegar por aquí"


@pytest.fixture
def desk(wallet_pages: Path, pages: Path) -> Iterator[Desk]:
    bundle = planted.rooms(planted.plan(planted.clock()))
    served = Desk({"wallet": wallet_pages, "verifier": pages, "bundle": bundle})
    yield served
    served.stop()


@pytest.fixture
def holder(desk: Desk, open_page: Callable[..., Page]) -> Page:
    """A wallet with a competence and a permit from that desk, at home."""
    page = open_page(desk)
    wallet.settle(page, desk)
    wallet.first_time(page)
    tap(page, "Leer un código")
    wallet.claim(page, wallet.SLIP)
    wallet.keep(page)
    return page


def ask(page: Page, name: str = "Ana Gomes") -> None:
    """A correction of the first pass, sent; back at home."""
    page.locator("button.pass").first.click()
    wallet.ask_correction(page, name)
    page.go_back()
    heading(page, "Mis pases")


def again(page: Page, desk: Desk) -> None:
    """Closed and opened, vault and all, until the desk was asked."""
    before = desk.answers
    wallet.reopen(page)
    heading(page, "Mis pases")
    for _wait in range(100):
        if desk.answers > before:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the desk was not asked")


def corrected(desk: Desk, *, at: int = 0, bound: bool = True, **claims: Any) -> dict[str, Any]:
    """The answer that the competence was corrected: to this, in the place of the pass of that number."""
    subject = desk.passes[0]["credentialSubject"]["id"] if bound else None
    told = {**makers.COMPETENCE, **claims}
    new = planted.competence(planted.clock(), subject=subject, index=50_000, claims=told)
    return answered("corrected", "Listo", (new, desk.passes[at]))


def test_what_is_hers_and_of_the_kind_she_asked_about_takes_its_place(desk: Desk, holder: Page) -> None:
    ask(holder)
    desk.answer = corrected(desk, name="Ana María Pérez Gomes")
    again(holder, desk)
    expect(holder.get_by_text("Corregido: el pase nuevo ya está aquí")).to_be_visible()
    tap(holder, "Ver la respuesta")
    expect(holder.get_by_text("Ana María Pérez Gomes").first).to_be_visible()


LIES: dict[str, dict[str, Any]] = {
    "a stranger's paper": {"bound": False, "name": "Mallory Falsa", "idTail": "0666", "level": "basico"},
    "another's name": {"name": "Mallory Falsa"},
    "the place of her permit": {"at": 1, "name": "Ana Gomes"},
}


@pytest.mark.parametrize("challenge", ["0", "TY2K9N23"])
def test_she_signs_for_no_question_that_a_verifier_could_ask(desk: Desk, holder: Page, challenge: str) -> None:
    desk.opening = {"challenge": challenge, "domain": "PANADERIA SOL"}
    holder.locator("button.pass").first.click()
    tap(holder, "Pida una corrección")
    holder.get_by_label("Cómo se escribe su nombre").fill("Ana Gomes")
    tap(holder, "Enviar")
    expect(holder.get_by_text("No se envió nada y su pase no cambia.")).to_be_visible()
    assert desk.presentation == {}


def test_what_she_signs_names_her_passs_own_issuer_and_is_live_for_no_verifier(
    desk: Desk, holder: Page, open_page: Callable[..., Page]
) -> None:
    desk.opening["domain"] = "PANADERIA SOL"
    ask(holder)
    assert desk.presentation["proof"]["domain"] == makers.NORMA
    employer = verifier.settle(open_page(desk), desk)
    assert verifier.check(employer, worlds.text(desk.presentation)) == "cannot_verify"
    assert verifier.reasons(employer) == ["challenge_mismatch"]


@pytest.mark.parametrize("lie", LIES)
def test_what_may_not_stand_in_her_passs_place_is_told_and_hers_stays(desk: Desk, holder: Page, lie: str) -> None:
    before = wallet.titles(holder)
    ask(holder)
    desk.answer = corrected(desk, **LIES[lie])
    again(holder, desk)
    expect(holder.get_by_text(UNTAKEN)).to_be_visible()
    assert wallet.titles(holder) == before
    tap(holder, "Ver la respuesta")
    expect(holder.get_by_text("Ana María Pérez Gómez").first).to_be_visible()
    expect(holder.get_by_text("Mallory Falsa")).to_have_count(0)
    expect(holder.get_by_text("Corregido")).to_have_count(0)


SPOILT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "of another key": lambda _: planted.competence(planted.clock(), subject=makers.holder("holder2").did),
    "changed after it was signed": lambda right: {**right, "validFrom": "2020-01-01T00:00:00Z"},
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_an_answer_with_a_pass_that_never_holds_ends_and_is_asked_for_no_more(
    desk: Desk, holder: Page, spoilt: str
) -> None:
    before = wallet.titles(holder)
    ask(holder)
    right = corrected(desk, name="Ana Gomes")
    (row,) = right["credentials"]
    desk.answer = {**right, "credentials": [{**row, "credential": SPOILT[spoilt](row["credential"])}]}
    again(holder, desk)
    told = holder.get_by_text("el pase que mandaron no vale para esta billetera")
    expect(told).to_be_visible()
    assert wallet.titles(holder) == before
    tap(holder, "Ver la respuesta")
    expect(told).to_be_visible()
    expect(holder.get_by_text("Respuesta: Listo")).to_be_visible()
    expect(holder.get_by_role("button", name="Pida una corrección")).to_be_visible()
    asked = desk.answers
    wallet.reopen(holder)
    heading(holder, "Mis pases")
    holder.wait_for_timeout(3000)  # what goes on by itself begins after half of that
    assert desk.answers == asked


def test_its_sentence_is_drawn_within_bounds_and_nothing_is_called_corrected_without_a_pass(
    desk: Desk, holder: Page
) -> None:
    ask(holder)
    desk.answer = answered("corrected", "\u202eOLLAF " + "A" * 5000)
    again(holder, desk)
    expect(holder.get_by_text(UNTAKEN)).to_be_visible()
    tap(holder, "Ver la respuesta")
    said = holder.get_by_text("Respuesta: ").inner_text()
    assert "\u202e" not in said
    assert len(said) == len("Respuesta: ") + 200


def test_a_state_that_nobody_knows_is_no_answer_and_is_asked_after_again(desk: Desk, holder: Page) -> None:
    ask(holder)
    desk.answer = answered("later", "espere")
    again(holder, desk)
    desk.answer = answered("rejected", "No cambia.")
    again(holder, desk)
    expect(holder.get_by_text("Quien lo firmó no lo cambió")).to_be_visible()

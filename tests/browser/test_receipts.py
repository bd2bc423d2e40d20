"""A receipt only when it is asked for: of nobody, by this device's own key, checked later by page and command."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kernel import receipt
from kit.words import HERE
from tests.browser import planted
from tests.browser.conftest import ROOT
from tests.browser.site import Site
from tests.browser.steps import check, in_storage, settle

pytestmark = pytest.mark.browser

SAID = ("Ana", "4821", "220201501")
NO_ED25519 = """
const generate = SubtleCrypto.prototype.generateKey;
SubtleCrypto.prototype.generateKey = function (algorithm, ...more) {
  if ((algorithm.name ?? algorithm) === 'Ed25519') return Promise.reject(new DOMException('', 'NotSupportedError'));
  return generate.call(this, algorithm, ...more);
};
"""
DEVICE_KEY = """async (kept) => {
  const found = await settled(kept.get('device-key'));
  if (found?.privateKey === undefined) return Object.keys(found ?? {}).join();
  return crypto.subtle.exportKey('pkcs8', found.privateKey).then(() => 'read', () => 'sealed');
}"""
PRIVATE = in_storage("puente-verifier", "kept", DEVICE_KEY)


def save(page: Page, folder: Path, name: str = "receipt.json", note: str = "") -> Path:
    """From a verdict to the file."""
    page.get_by_role("button", name="Guardar constancia sin datos personales").click()
    page.get_by_label("Nota suya (opcional)").fill(note)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Descargar constancia").click()
    waiting.value.save_as(folder / name)
    judged = datetime.fromisoformat(json.loads((folder / name).read_bytes())["judgedAt"])
    assert waiting.value.suggested_filename == f"constancia-{judged.astimezone(HERE).date()}.json"
    return folder / name


def look(page: Page, file: Path) -> None:
    page.get_by_role("button", name="Revisar una constancia").click()
    page.get_by_label("Elegir el archivo").set_input_files(file)


def test_a_receipt_of_nobody_that_page_and_command_check(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = settle(open_page(site), site)
    site.stop()
    check(page, planted.paper(planted.clock())[2].texts[0])
    file = save(page, tmp_path, note="Entrevista cocina, turno mañana")
    page.get_by_text("quedó en las descargas de este aparato").wait_for()
    raw = file.read_bytes()
    made = receipt.check(raw)
    assert (made.verdict, made.level, made.bundle_version) == ("valid", "copy", 7)
    assert [one.type for one in made.passes] == ["CompetencePass", "PermitPass"]
    assert made.note == "Entrevista cocina, turno mañana"
    plain = {name: value for name, value in json.loads(raw).items() if name not in ("verifier", "proof")}
    assert set(plain) == {"@context", "type", "judgedAt", "verdict", "level", "bundleVersion", "passes", "note"}
    assert not [said for said in SAID if said in json.dumps(plain)]
    look(page, file)
    page.get_by_text("La firma de esta constancia está bien.").wait_for()
    assert page.get_by_text("La firmó este aparato").is_visible()
    assert page.get_by_text(made.verifier).is_visible()
    assert page.get_by_text("La nota la escribió quien comprobó; lo demás no dice de quién se trata.").is_visible()
    told = subprocess.run(
        [sys.executable, "-m", "app.cli", "verify", str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Su firma está bien." in told.stdout, told.stdout + told.stderr
    assert page.evaluate(PRIVATE) == "sealed"


def test_in_the_evening_its_file_bears_the_day_that_it_still_is_in_bogota(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(site)
    evening = planted.clock().replace(hour=2, minute=30, second=0) + timedelta(days=1)
    page.clock.set_fixed_time(evening)
    check(settle(page, site), planted.paper(planted.clock())[0].texts[0])
    judged = json.loads(save(page, tmp_path).read_bytes())["judgedAt"]
    assert datetime.fromisoformat(judged) == evening


def test_a_changed_receipt_is_refused_and_another_devices_is_named_so(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    one, other = (settle(open_page(site), site) for _ in range(2))
    for page, name in ((one, "one.json"), (other, "other.json")):
        check(page, planted.paper(planted.clock())[3].texts[0])
        save(page, tmp_path, name)
    document = json.loads((tmp_path / "one.json").read_text())
    assert document["verdict"] == "revoked"
    (tmp_path / "changed.json").write_text(json.dumps({**document, "verdict": "valid"}))
    look(one, tmp_path / "changed.json")
    expect(one.get_by_role("alert")).to_contain_text("No puedo comprobar esta constancia.")
    one.get_by_label("Elegir el archivo").set_input_files(tmp_path / "other.json")
    one.get_by_text("La firmó otro aparato").wait_for()
    (tmp_path / "none.json").write_bytes(b"\xff not a receipt")
    one.get_by_label("Elegir el archivo").set_input_files(tmp_path / "none.json")
    expect(one.get_by_role("alert")).to_contain_text("Pida la original.")


def test_the_key_is_made_when_it_is_first_needed_kept_and_erased(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = settle(open_page(site), site)
    code = planted.paper(planted.clock())[0].texts[0]
    check(page, code)
    assert page.evaluate(PRIVATE) == ""
    first = json.loads(save(page, tmp_path).read_text())["verifier"]
    page.reload()
    check(page, code)
    assert json.loads(save(page, tmp_path).read_text())["verifier"] == first
    page.get_by_role("button", name="Volver", exact=True).click()
    page.get_by_role("button", name="Volver al inicio").click()
    page.get_by_role("button", name="Acerca de esta página").click()
    page.evaluate(
        "() => { window.__delete = IDBObjectStore.prototype.delete; delete IDBObjectStore.prototype.delete; }"
    )
    page.get_by_role("button", name="Borrar lo guardado").click()
    page.get_by_role("button", name="Borrar", exact=True).click()
    left = (
        "No pude borrar esto: nombre corto, avisos, modo con dibujos e idioma, la lista de la feria, "
        "la llave de sus constancias."
    )
    expect(page.get_by_role("alert")).to_contain_text(left)
    assert page.evaluate(PRIVATE) != ""
    page.evaluate("() => { IDBObjectStore.prototype.delete = window.__delete; }")
    page.get_by_role("button", name="Borrar lo guardado").click()
    page.get_by_role("button", name="Borrar", exact=True).click()
    page.get_by_text("Listo: ya no guardo nada suyo.").wait_for()
    page.wait_for_function(f"async () => (await ({PRIVATE})()) === ''")
    page.reload()
    check(page, code)
    assert json.loads(save(page, tmp_path).read_text())["verifier"] != first


def test_where_the_browser_knows_no_ed25519_a_seed_serves(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(site)
    page.add_init_script(NO_ED25519)
    settle(page, site)
    check(page, planted.paper(planted.clock())[0].texts[0])
    assert receipt.check(save(page, tmp_path).read_bytes()).verdict == "valid"
    assert page.evaluate(PRIVATE) == "seed"


def test_a_note_that_it_cannot_carry_is_said(site: Site, open_page: Callable[..., Page]) -> None:
    page = settle(open_page(site), site)
    check(page, planted.paper(planted.clock())[0].texts[0])
    page.get_by_role("button", name="Guardar constancia sin datos personales").click()
    page.get_by_label("Nota suya (opcional)").fill("a" * 201)
    page.get_by_role("button", name="Descargar constancia").click()
    expect(page.get_by_role("alert")).to_contain_text("La nota es muy larga")

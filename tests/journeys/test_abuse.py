"""Promise: the attacks of DOMAIN section 9 end in the answer that is required there; each test names its case.

A4, A6, A15, A24, A26, A27 and A30 stand with the journeys that they attack.
"""

import io
import json
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from sqlalchemy import func, inspect, select, table

from app.demo import plant
from app.logs import set_up_logs
from kernel import qr
from kernel.encoding import base45_encode
from kernel.errors import Malformed
from tests.journeys.papers import cohort, permit, row
from tests.journeys.world import Place

JSON, PNG = "application/json", "image/png"


def rows(place: Place) -> dict[str, int]:
    """How much every table holds."""
    with place.world.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def refused(place: Place, raw: str | bytes, *reasons: str, media: str = "text/plain") -> Any:
    """The report of what cannot be checked: these reasons, and not one claim."""
    report = place.judged(raw, media)
    assert (report["verdict"], tuple(report["reasons"])) == ("cannot_verify", reasons)
    assert all(one["claims"] is None and one["validFrom"] is None for one in report["passes"])
    return report


@pytest.fixture
def good(plain: Place) -> Any:
    """A good credential as JSON, published."""
    (name,) = plain.issued(row())
    plain.publish()
    return plain.good("GET", f"/v1/issuer/credentials/{name}", "oscar")


def test_a1_a_forged_qr_shows_no_field_and_leaves_nothing(plain: Place, good: Any) -> None:
    before = rows(plain)
    subject = {**good["credentialSubject"], "name": "Inventada Del Todo"}
    changed, _, unknown = plant.made_by_hand(plain.world, {**good, "credentialSubject": subject}, plain.clock.now())
    told = refused(plain, changed.whole, "invalid_signature")
    assert "Inventada" not in json.dumps(told, ensure_ascii=False)
    assert refused(plain, unknown.whole, "unknown_issuer")["passes"][0]["issuer"] is None
    refused(plain, json.dumps({**good, "credentialSubject": subject}), "invalid_signature", media="application/vc")
    assert rows(plain) == before


def test_a3_altered_and_truncated_codes_are_never_read_in_part(plain: Place, good: Any) -> None:
    text = plant.text_of(plain.world, good)
    assert plain.judged(text)["verdict"] == "valid"
    turned = [text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :] for at in range(0, len(text), 11)]
    for raw in (*turned, *(text[:length] for length in range(0, len(text), 23)), text + "0", text[1:], text.lower()):
        report = plain.judged(raw)
        assert report["verdict"] == "cannot_verify", raw
        assert all(one["claims"] is None for one in report["passes"])


def test_a7_the_end_day_itself_is_still_inside_by_bogotas_time(plain: Place) -> None:
    (name,) = plain.permitted(permit(cardValidUntil="2026-12-01"))
    text = plain.text(name, "lucia")
    plain.clock.at = datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)
    plain.publish()
    assert plain.judged(text)["verdict"] == "valid"
    plain.clock.tick(1)
    report = plain.judged(text)
    assert (report["verdict"], report["reasons"], report["steps"]) == ("expired", ["expired"], ["V19"])
    assert report["passes"][0]["validUntil"] == "2026-12-02T04:59:59Z"


def test_a8_a_real_issuer_beyond_its_scope_is_named_and_its_claims_are_not(plain: Place, good: Any) -> None:
    _, beyond, _ = plant.made_by_hand(plain.world, good, plain.clock.now())
    report = refused(plain, beyond.whole, "out_of_scope")
    assert report["passes"][0]["issuer"]["name"]["es"] == "Fundación Acoge (DEMO)"


@pytest.mark.parametrize(
    "issuer",
    [
        "did:web:formacion.demo.puente.example.oficial.example",
        "did:web:formacion.demo.puente.examp1e",
        "did:web:sena-certificados-oficial.example",
        "did:web:FORMACION.demo.puente.example",
    ],
)
def test_a9_a_look_alike_issuer_is_nobody_and_no_name_of_its_is_shown(plain: Place, good: Any, issuer: str) -> None:
    proof = {**good["proof"], "verificationMethod": f"{issuer}#k1"}
    report = refused(
        plain, json.dumps({**good, "issuer": issuer, "proof": proof}), "unknown_issuer", media="application/vc"
    )
    assert report["passes"][0]["issuer"] is None
    named = {**good, "issuer": {"id": issuer, "name": "SENA Certificados Oficial"}}
    told = plain.judged(json.dumps(named), "application/vc")
    assert told["verdict"] == "cannot_verify"
    assert "Oficial" not in json.dumps(told)


def test_a10_a_clock_that_is_set_back_revives_nothing(plain: Place) -> None:
    (name,) = plain.permitted(permit(cardValidUntil="2026-11-30"))
    text = plain.text(name, "lucia")
    plain.clock.tick(20 * 86_400)
    plain.publish()
    assert plain.judged(text)["verdict"] == "expired"
    plain.clock.tick(-19 * 86_400)
    report = plain.judged(text)
    assert (report["verdict"], report["reasons"]) == ("expired", ["clock_behind", "expired"])
    again = Place(url=plain.url, folder=plain.folder, clock=plain.clock, keys=plain.keys)
    assert again.judged(text)["verdict"] == "expired"
    again.close()


def test_a12_an_older_bundle_never_takes_the_place_of_a_newer_one(plain: Place, good: Any) -> None:
    file = plain.folder / "bundle.puente"
    older = file.read_bytes()
    plain.clock.tick(60)
    plain.publish()
    newer, version = file.read_bytes(), plain.judged("x")["bundleVersion"]
    log = io.StringIO()
    set_up_logs(log)
    file.write_bytes(older)
    assert plain.judged(json.dumps(good), "application/vc")["bundleVersion"] == version
    assert '"event": "bundle_refused"' in log.getvalue()
    structlog.reset_defaults()
    restarted = Place(url=plain.url, folder=plain.folder, clock=plain.clock, keys=plain.keys)
    assert restarted.judged(json.dumps(good), "application/vc")["reasons"] == ["no_bundle"]
    file.write_bytes(newer)
    assert restarted.judged(json.dumps(good), "application/vc")["bundleVersion"] == version
    restarted.close()


def test_a13_a_forged_or_altered_bundle_is_not_installed_and_the_old_one_stays(plain: Place, good: Any) -> None:
    file = plain.folder / "bundle.puente"
    version = plain.judged(json.dumps(good), "application/vc")["bundleVersion"]
    raw = file.read_bytes()
    spoiled = bytearray(raw)
    spoiled[len(raw) // 2] ^= 0x40
    for forged in (bytes(spoiled), raw[:-20], b"", b"not a bundle", zlib.compress(bytes(50 << 20))):
        file.write_bytes(forged)
        report = plain.judged(json.dumps(good), "application/vc")
        assert (report["verdict"], report["bundleVersion"]) == ("valid", version)


LINKS = ("https://verificar.example/c/1", "HTTP://1.2.3.4/", "mailto:x@y.example", "otpauth://totp/x", "geo:4,-74")


@pytest.mark.parametrize("link", LINKS)
def test_a36_a_link_in_a_code_is_never_opened(plain: Place, link: str) -> None:
    report = refused(plain, link, "unsupported_prefix")
    assert report["looksLike"] == "url"
    assert plain.urls == [f"{plain.client.base_url}/v1/verifier/verify"]


def test_a36_a_link_in_a_picture_is_not_opened_either(plain: Place) -> None:
    picture = qr.png(qr.symbol_fast("HTTPS://VERIFICAR.EXAMPLE/C/1", level="M"), 6)
    assert refused(plain, picture, "unsupported_prefix", media=PNG)["looksLike"] == "url"


def _png(width: int, height: int) -> bytes:
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    data = b"IDAT" + zlib.compress(bytes(1 << 16), 9)
    parts = (head, data, b"IEND")
    packed = b"".join((len(part) - 4).to_bytes(4) + part + zlib.crc32(part).to_bytes(4) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + packed


def test_a40_bombs_of_every_kind_are_bounded_before_they_are_opened(plain: Place) -> None:
    refused(plain, "VC1-R" + "0" * 4292, "limits_exceeded")
    tag = bytes.fromhex("d9cb1d82191690")
    for bomb in (b"\x81" * 2000, b"\x9a\xff\xff\xff\xff", b"\xbb" + b"\xff" * 8, b"\x5b" + b"\xff" * 8):
        report = plain.judged("VC1-R" + base45_encode(tag + bomb))
        assert (report["verdict"], report["passes"]) == ("cannot_verify", [])
    deep = '{"a":' * 15_000 + "1" + "}" * 15_000
    assert plain.judged(deep, "application/vc")["reasons"] in (["limits_exceeded"], ["malformed_json"])
    for picture, code in ((_png(60_000, 60_000), "limits_exceeded"), (_png(100, 100)[:60], "picture_unreadable")):
        answer = plain.ask("POST", "/v1/verifier/verify", content=picture, headers={"Content-Type": PNG})
        assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\x07", "\u00ad"])
def test_a40_signs_that_nobody_sees_stop_the_row(plain: Place, sign: str) -> None:
    batch = plain.check(cohort(row(name=f"Yuleisy{sign}Roja")))
    (wrong,) = plain.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    assert (wrong["code"], wrong["sentence"]) == ("CONTROL_CHARACTER", "La celda tiene caracteres que no se ven.")


def test_a40_letters_that_look_alike_are_told_and_text_is_made_one(plain: Place) -> None:
    batch = plain.check(cohort(row(name="Yul\u0435isy"), row(name="Zoe\u0308", number="000000200002")))
    found = plain.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    assert [each["warnings"] for each in found] == [["MIXED_SCRIPT"], ["NORMALISED"]]


def test_pictures_have_one_reader_that_says_what_it_cannot_read(plain: Place) -> None:
    with pytest.raises(Malformed):
        plain.world.picture.texts(b"\x89PNG\r\n\x1a\n")

"""Promise: an officer's file becomes verified QR codes by two people's hands, each row told, nothing issued twice."""

from app.demo.cohorts import demo_file, expected
from tests.journeys.papers import cohort, permit, row
from tests.journeys.world import Place

COHORT = "cohort-demo.csv"
VERSIONS = [f"{code}:{version}" for code, version in expected()["normVersion"]["map"].items()]


def test_a_cohort_is_judged_row_by_row_released_by_another_hand_and_verified(place: Place) -> None:
    batch = place.check(demo_file(COHORT), normVersion=VERSIONS)
    facts = expected()["files"][COHORT]
    assert {name: batch[name] for name in ("issue", "skip", "error")} == facts["summary"]
    assert (batch["file"]["encoding"], batch["file"]["separator"]) == ("utf-8", ",")
    told = place.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    wrong = {each["row"] - 1: each for each in told if each["outcome"] == "error"}
    assert {str(n): f"error:{each['code']}" for n, each in wrong.items()} == {
        n: outcome for n, outcome in facts["rows"].items() if outcome.startswith("error")
    }
    assert (wrong[95]["column"], wrong[95]["sentence"]) == ("Documento", "Falta el documento.")
    assert place.names(batch) == []
    done = place.release(batch)
    assert (done["state"], done["sealed"], done["releasedBy"]) == ("done", 162, "marta")
    place.publish()
    name = place.names(batch)[0]
    report = place.judged(place.text(name))
    assert (report["verdict"], report["level"], report["reasons"]) == ("valid", "copy", [])
    (one,) = report["passes"]
    assert (one["claims"]["name"], one["tier"], one["type"]) == ("Julián Rincón Yépez", "T1", "CompetencePass")
    picture = place.ask("GET", f"/v1/issuer/credentials/{name}/qr.png", "oscar")
    assert place.judged(picture.content, "image/png")["passes"] == report["passes"]
    stored = place.ask("GET", f"/v1/issuer/credentials/{name}", "oscar")
    assert stored.headers["content-type"] == "application/vc"
    assert place.judged(stored.content, "application/vc")["verdict"] == "valid"


def test_who_prepares_never_releases_also_not_by_another_account(place: Place) -> None:
    batch = place.check(cohort(row()))
    path = f"/v1/issuer/batches/{batch['id']}"
    asked = {"digest": batch["digest"]}
    assert place.code("POST", f"{path}/release", "oscar", json=asked) == (403, "not_allowed")
    place.good("POST", f"{path}/proposal", "oscar")
    assert place.code("POST", f"{path}/release", "oscar-otra-cuenta", json=asked) == (403, "same_hand")
    assert place.code("POST", f"{path}/refusal", "oscar-otra-cuenta") == (403, "same_hand")
    assert place.code("POST", f"{path}/release", "marta", json={"digest": "0" * 64}) == (409, "stale_version")
    assert place.good("GET", path, "marta")["state"] == "proposed"
    assert place.names(batch) == []


def test_who_prepares_never_releases_what_another_proposes(plain: Place) -> None:
    batch = plain.check(cohort(row()))
    plain.good("POST", f"/v1/issuer/batches/{batch['id']}/proposal", "only-officer")
    path, asked = f"/v1/issuer/batches/{batch['id']}/release", {"json": {"digest": batch["digest"]}}
    assert plain.code("POST", path, "oscar-otra-cuenta", **asked) == (403, "same_hand")
    assert plain.code("POST", path, "only-officer-otra-cuenta", **asked) == (403, "same_hand")
    plain.good("POST", path, "marta", **asked)


def test_rows_in_error_are_issued_around_only_when_the_approver_takes_them(place: Place) -> None:
    batch = place.check(cohort(row(), row(number="")))
    place.good("POST", f"/v1/issuer/batches/{batch['id']}/proposal", "oscar")
    path, asked = f"/v1/issuer/batches/{batch['id']}/release", {"digest": batch["digest"]}
    assert place.code("POST", path, "marta", json=asked) == (409, "errors_not_accepted")
    place.good("POST", path, "marta", json={**asked, "acceptErrors": True})
    assert place.code("POST", path, "marta", json={**asked, "acceptErrors": True}) == (409, "already_released")
    place.work(batch)
    assert len(place.names(batch)) == 1


def test_a_row_has_one_number_everywhere_also_behind_a_cell_of_two_lines(plain: Place) -> None:
    batch = plain.check(cohort(row(group='"a\nb"', judgement="2"), row(number=""), row(number="000000200004")))
    path = f"/v1/issuer/batches/{batch['id']}"
    found = plain.good("GET", f"{path}/findings", "oscar")["items"]
    plain.release(batch)
    (made,) = plain.good("GET", f"{path}/credentials", "oscar")["items"]
    assert ([each["row"] for each in found], made["row"]) == ([2, 3], 4)  # the header is row 1


def test_a_refused_batch_is_never_issued(plain: Place) -> None:
    batch = plain.check(cohort(row()), normVersion=["290801106:1"])
    title = "Manipular alimentos de acuerdo con procedimiento técnico y normativa de alimentos"
    assert (batch["norm"]["code"], batch["norm"]["version"], batch["norm"]["title"]) == ("290801106", 1, title)
    plain.good("POST", f"/v1/issuer/batches/{batch['id']}/refusal", "marta")
    assert plain.code("POST", f"/v1/issuer/batches/{batch['id']}/proposal", "oscar") == (409, "not_possible_now")
    assert plain.names(batch) == []


def test_a27_the_same_file_twice_issues_nothing_twice(place: Place) -> None:
    raw = cohort(row(), row(name="Zoë", number="000000200002"))
    first = place.check(raw)
    assert place.check(raw)["id"] == first["id"]
    done = place.release(first)
    assert (done["promised"], done["sealed"]) == (2, 2)
    assert place.check(raw)["id"] == first["id"]
    longer = place.check(raw + row(name="Álvaro", number="000000200003").encode())
    assert longer["id"] != first["id"]
    again = place.release(longer)
    assert (again["promised"], again["alreadyIssued"], again["sealed"]) == (1, 2, 1)
    assert len(place.names(first) + place.names(longer)) == 3


def test_a27_a_row_twice_in_one_file_is_an_error_and_a_new_assessment_is_not(plain: Place) -> None:
    batch = plain.check(cohort(row(), row(), row(judgement="1")))
    (again,) = plain.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    assert (again["row"], again["code"], again["sentence"]) == (3, "DUPLICATE_ROW", "Esta fila repite la fila 2.")
    done = plain.release(batch)
    assert (done["sealed"], done["alreadyIssued"]) == (2, 0)  # nothing had been issued before


def test_a24_a_formula_is_named_and_nothing_is_evaluated(plain: Place) -> None:
    batch = plain.check(cohort(row(name="=cmd|' /C calc'!A0"), row()))
    (wrong,) = plain.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    assert (wrong["code"], wrong["column"], wrong["row"]) == ("FORMULA_INJECTION", "Nombre", 2)
    assert "calc" not in str(wrong)
    assert plain.release(batch)["sealed"] == 1


def test_a26_damage_by_a_spreadsheet_is_told_and_never_mended_by_guess(plain: Place) -> None:
    rows = [row(number=f"{number:012}") for number in range(100, 104)]
    cut = [row(number=str(number)) for number in range(200, 203)]
    assert plain.check(cohort(*rows, *cut))["warnings"] == ["LOST_ZEROS"]
    flipped = plain.check(cohort(row(date="09/28/2025"), row(number="000000200005", date="2025-09-28")))
    found = plain.good("GET", f"/v1/issuer/batches/{flipped['id']}/findings", "oscar")["items"]
    assert [each["code"] for each in found] == ["DATE_FORMAT", "DATE_FORMAT"]
    mixed = cohort(row(name="Zoë")) + row(name="Ángel").encode("cp1252")
    batch = plain.check(mixed)
    found = plain.good("GET", f"/v1/issuer/batches/{batch['id']}/findings", "oscar")["items"]
    assert (batch["issue"], [(each["row"], each["code"]) for each in found]) == (1, [(3, "ENCODING_MIXED")])


def test_a30_judgements_0_and_2_leave_no_credential_and_no_message(place: Place) -> None:
    batch = place.check(cohort(row(judgement="0", date=""), row(judgement="2"), row(number="000000200009")))
    assert (batch["issue"], batch["skip"]) == (1, 2)
    done = place.release(batch)
    assert (done["promised"], done["sealed"]) == (1, 1)
    items = place.good("GET", f"/v1/issuer/batches/{batch['id']}/credentials", "oscar")["items"]
    assert [each["row"] for each in items] == [4]
    place.publish()
    numbers = [place.good("GET", f"/v1/issuer/status-lists/formacion/{number}") for number in (1, 2)]
    assert all("000000200001" not in str(each) for each in numbers)


def test_permits_need_two_people_too_and_end_with_the_card(place: Place) -> None:
    (name,) = place.permitted(permit(cardValidUntil="2031-12-31"))
    place.publish()
    report = place.judged(place.text(name, "lucia"))
    (one,) = report["passes"]
    assert (report["verdict"], one["claims"]) == (
        "valid",
        {"name": "Yuleisy Rojas Peña", "scheme": "PPT", "workAllowed": True},
    )
    assert one["validUntil"] == "2031-05-31T04:59:59Z"
    assert place.code("GET", f"/v1/issuer/credentials/{name}", "oscar") == (404, "not_found")

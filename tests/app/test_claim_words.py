"""What a credential says is told in words at the command line: a raw name or code is compared with no paper."""

from app.claim_words import CORRECTED, changes, compared
from schemas.counter import SampleRow
from schemas.disputes import Correction, Present


def test_a_row_to_compare_is_told_in_words() -> None:
    said = {
        "name": "Ana Peña", "workAllowed": True, "idTail": "0001", "country": "VEN", "permitStatus": "en-tramite",
        "level": "intermedio", "occupation": "51201", "skills": [110001, 7], "norm": 290801106, "normVersion": 1,
        "hours": 40, "certificate": "000145",
    }  # fmt: skip
    assert compared(SampleRow(row=3, claims=said)) == (
        "fila 3  Nombre: Ana Peña, Puede trabajar: sí, Documento terminado en: 0001, Nacionalidad: Venezuela, "
        "Estado del permiso: En trámite, Nivel: Intermedio, Ocupación: Cocineros, Qué sabe hacer: Español, 7, "
        "Norma: 290801106, Versión: 1, Horas: 40, Número del certificado: 000145"
    )


def test_whatever_a_correction_may_change_has_words() -> None:
    assert set(CORRECTED) == set(Correction.model_fields)


def test_a_correction_is_told_in_words_before_and_after() -> None:
    should = Correction.model_validate(
        {"permitStatus": "vigente", "workAllowed": False, "cardValidUntil": "2027-02-03", "judgement": "3"}
    )
    now = Present.model_validate({"permitStatus": "vencido", "workAllowed": True, "cardValidUntil": "2026-02-03"})
    assert list(changes(should, now)) == [
        "\n    Juicio: Intermedio",
        "\n    Estado del permiso: Vencido → Vigente",
        "\n    Puede trabajar: sí → no",
        "\n    Último día del documento: 03/02/2026 → 03/02/2027",
    ]
    assert list(changes(Correction.model_validate({"country": "COL"}), None)) == ["\n    Nacionalidad: Colombia"]
    assert list(changes(None, None)) == []

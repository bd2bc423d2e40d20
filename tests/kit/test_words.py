"""kit/words.py: a pass in words, from labels alone; days where they end."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kit.words import day, pass_words

BOGOTA = timezone(timedelta(hours=-5))
LABELS: dict[str, Any] = {
    "types": {
        "CompetencePass/SENA-NSCL": "Certificado de competencia laboral",
        "PermitPass/PPT": "Estado del Permiso por Protección Temporal (PPT)",
    },
    "norms": {"220201501/2": {"title": "Servir alimentos y bebidas a la mesa (título de muestra)"}},
    "levels": {"basico": "básico", "intermedio": "intermedio", "avanzado": "avanzado"},
    "occupations": {"51201": "Cocineros"},
    "skills": {"B2": "Inglés B2"},
}
FORMAT_VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "format"


def vector(name: str) -> dict[str, Any]:
    """One case of our format vectors."""
    found: dict[str, Any] = json.loads((FORMAT_VECTORS / f"{name}.json").read_text())
    return found


def words_of(subject: dict[str, Any], *, kind: str = "SkillPass", **more: Any) -> Any:
    document = {"type": ["VerifiableCredential", kind], "credentialSubject": subject, **more}
    return pass_words(document, labels=LABELS, issuer="Entidad", zone=BOGOTA)


def test_a_competence_in_words() -> None:
    said = pass_words(vector("p01-competence-paper")["document"], labels=LABELS, issuer="Entidad", zone=BOGOTA)
    assert said.kind == "Certificado de competencia laboral"
    assert said.what.startswith("Servir alimentos")
    assert (said.level, said.tail, said.norm) == ("intermedio", "4821", "Norma 220201501, versión 2")
    assert (said.starts, said.ends, said.issuer) == ("10 de marzo de 2026", "10 de marzo de 2029", "Entidad")


def test_a_permit_in_words() -> None:
    said = pass_words(vector("p03-permit-paper")["document"], labels=LABELS, issuer="Entidad", zone=BOGOTA)
    assert (said.what, said.tail, said.norm, said.level) == ("Puede trabajar", "", "", "")


def test_a_permit_without_work_says_nothing_about_work() -> None:
    assert words_of({"name": "A", "scheme": "PPT", "workAllowed": False}, kind="PermitPass").what == ""


def test_what_the_labels_lack_is_shown_as_its_code() -> None:
    said = words_of({"name": "A", "scheme": "NUEVO", "norm": 299001001, "level": "experto"}, kind="CompetencePass")
    assert (said.kind, said.what, said.level) == ("CompetencePass/NUEVO", "Norma 299001001", "experto")


def test_skills_and_occupations_are_named() -> None:
    assert words_of({"name": "A", "scheme": "MCER", "skills": ["B2", 7]}).what == "Inglés B2, 7"
    assert words_of({"name": "A", "scheme": "EMPLEADOR", "occupation": 51201}).what == "Cocineros"


def test_a_title_too_long_for_a_card_ends_at_a_word() -> None:
    labels = {"norms": {"1/1": {"title": "palabra " * 40}}}
    said = pass_words({"type": [], "credentialSubject": {"norm": 1}}, labels=labels, issuer="", zone=BOGOTA).what
    assert said.endswith("palabra…")
    assert len(said) <= 141


def test_a_last_day_is_the_day_where_it_was_issued() -> None:
    said = words_of({"name": "A"}, validFrom="2026-01-05T12:00:00Z", validUntil="2031-05-31T04:59:59Z")
    assert (said.starts, said.ends) == ("5 de enero de 2026", "30 de mayo de 2031")
    assert words_of({"name": "A"}, validUntil="2031-05-30T00:00:00Z").ends == "30 de mayo de 2031"


def test_dates_are_said_with_the_month_s_name() -> None:
    assert day(datetime(2026, 11, 22, 3, tzinfo=UTC), BOGOTA) == "21 de noviembre de 2026"

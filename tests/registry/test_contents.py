"""`registry/contents.py`: a word for every code in both languages, and tables in the order that the format fixes."""

import json
from pathlib import Path
from typing import Any, cast

from kernel.bundle.reading import read_policy, read_schemas
from registry import contents
from registry.contents import Block
from schemas import credential_types
from schemas.identifiers import Did

VECTORS = Path(__file__).parent.parent / "vectors" / "format" / "tables.json"
BLOCKS = [
    Block(number=n, did=Did(f"did:web:{host}"), host=host)
    for n, host in enumerate(("norma.example", "permiso.example", "taller.example"))
]


def labels(language: str) -> dict[str, Any]:
    return cast(dict[str, Any], contents.labels(language))


def tables() -> dict[str, dict[str, int]]:
    rows = cast(Any, contents.tables(5790, BLOCKS))["entries"]["5790"]
    return {row["type"]: row["table"] for row in rows}


def test_every_type_that_travels_has_its_words() -> None:
    for language in contents.LANGUAGES:
        types = labels(language)["types"]
        for row in credential_types.ROWS:
            if row.shown_as is not None:
                assert types[f"{row.shown_as.type}/{row.shown_as.scheme}"]


def test_both_languages_know_the_same_codes() -> None:
    spanish, english = labels("es"), labels("en")
    assert {name: set(table) for name, table in spanish.items()} == {name: set(t) for name, t in english.items()}
    assert spanish["levels"]["basico"] == "Básico"
    assert english["permitStatus"]["en-tramite"] == "In process"
    assert spanish["municipalities"]["05001"] == "Medellín"
    assert spanish["countries"]["VEN"] == "Venezuela"


def test_a_replaced_norm_says_by_which() -> None:
    assert labels("es")["norms"]["290801023/2"]["replacedBy"] == "290801106 v1"
    assert "replacedBy" not in labels("es")["norms"]["290801106/1"]


def test_every_value_of_a_table_has_a_word() -> None:
    found, words = tables(), labels("es")
    for term, name in (("level", "levels"), ("idType", "idTypes"), ("permitStatus", "permitStatus")):
        assert set(found[f"https://w3id.org/puente/vocab#{term}Code"]) <= set(words[name])
    assert set(found["https://w3id.org/puente/vocab#countryCode"]) == set(words["countries"])


def test_the_tables_have_the_order_of_the_format() -> None:
    found = tables()
    vectors = {row["type"]: row["table"] for row in json.loads(VECTORS.read_text())["entries"]["5799"]}
    for same in ("url", "none", "https://w3id.org/security#cryptosuiteString"):
        assert found[same] == vectors[same]
    assert found.keys() == vectors.keys()
    for table in found.values():
        assert sorted(table.values()) == list(range(1, len(table) + 1))
    assert list(found["https://w3id.org/puente/vocab#levelCode"]) == ["basico", "intermedio", "avanzado"]
    assert list(found["https://w3id.org/puente/vocab#schemeCode"])[:6] == [
        "PPT",
        "PEP",
        "PEPT",
        "CE",
        "CTPPT",
        "SENA-NSCL",
    ]


def test_the_policy_is_that_of_the_design() -> None:
    policy = read_policy(contents.policy())
    for pair, days in ((("PermitPass", "PPT"), (3, 30)), (("CompetencePass", "SENA-NSCL"), (30, 180))):
        rule = policy.rule(*pair)
        assert rule is not None
        assert (rule.fresh.days, rule.max_age.days, rule.purposes) == (*days, ("revocation", "suspension"))
    assert set(policy.profiles) >= {"interview", "hiring"}
    assert set(read_schemas(contents.schemas())) == {"CompetencePass", "PermitPass", "SkillPass"}


def test_the_law_names_its_sources() -> None:
    law = cast(Any, contents.law())
    assert {rule["id"]: rule["days"] for rule in law["CO"]} == {
        "rutec-register": 120,
        "rutec-rehire": 120,
        "rutec-change": 30,
        "rutec-end": 30,
        "sire-start": 15,
        "sire-end": 15,
        "vacancy-register": None,
        "social-security": None,
    }
    for rule in law["CO"]:
        assert (rule["days"] is None) == (rule["dayKind"] is None)
        assert rule["confirmed"] or rule["days"] is None, "what is not confirmed tells no date"
        assert bool(rule["source"]) == rule["confirmed"]

"""`kernel/claims.py`: the subset agrees with the jsonschema package, names the place, and refuses other keywords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from kernel.claims import compile_schema
from kernel.errors import WrongShape
from schemas.json import JsonObject, JsonValue

PASS: JsonObject = {
    "type": "object",
    "required": ["issuer", "credentialSubject"],
    "properties": {
        "issuer": {"type": "string", "minLength": 1},
        "credentialStatus": {"type": ["object", "array"]},
        "credentialSubject": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "x-maxBytes": 8, "minLength": 1},
                "norm": {"type": "integer", "minimum": 200000000, "maximum": 299999999},
                "workAllowed": {"type": "boolean"},
                "level": {"enum": ["basico", "intermedio", 1]},
                "skills": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
                "kind": {"const": True},
                "a/b~c": {"type": "null"},
            },
        },
    },
}
CHECKER = compile_schema(PASS)


def _subject(**claims: JsonValue) -> JsonObject:
    return {"issuer": "did:x:y", "credentialSubject": {"name": "Ana", **claims}}


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"norm": 220201501, "workAllowed": True, "level": "basico", "skills": [1, 2, 3], "kind": True, "a/b~c": None},
        {"norm": 220201501.0},
        {"level": 1},
        {"name": "Ñandú"},
    ],
)
def test_what_fits_is_let_through(claims: dict[str, JsonValue]) -> None:
    CHECKER.check(_subject(**claims))


@pytest.mark.parametrize(
    ("claims", "pointer"),
    [
        ({"name": ""}, "/credentialSubject/name"),
        ({"name": "Ñandúúúú"}, "/credentialSubject/name"),
        ({"norm": 1}, "/credentialSubject/norm"),
        ({"norm": 300000000}, "/credentialSubject/norm"),
        ({"norm": True}, "/credentialSubject/norm"),
        ({"norm": 220201501.5}, "/credentialSubject/norm"),
        ({"workAllowed": 1}, "/credentialSubject/workAllowed"),
        ({"level": True}, "/credentialSubject/level"),
        ({"skills": []}, "/credentialSubject/skills"),
        ({"skills": [1, 2, 3, 4]}, "/credentialSubject/skills"),
        ({"skills": [1, "2"]}, "/credentialSubject/skills/1"),
        ({"kind": 1}, "/credentialSubject/kind"),
        ({"a/b~c": 0}, "/credentialSubject/a~1b~0c"),
        ({"other": 0}, "/credentialSubject/other"),
    ],
)
def test_a_fault_has_its_place(claims: dict[str, JsonValue], pointer: str) -> None:
    with pytest.raises(WrongShape) as fault:
        CHECKER.check(_subject(**claims))
    assert (fault.value.code, fault.value.pointer, fault.value.step) == ("schema", pointer, "V10")


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(WrongShape) as fault:
        CHECKER.check({"issuer": "did:x:y"})
    assert fault.value.pointer == ""


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "^a$"},
        {"$ref": "#/x"},
        {"type": "text"},
        {"type": []},
        {"type": 3},
        {"enum": []},
        {"enum": [[1]]},
        {"const": {"a": 1}},
        {"minLength": "1"},
        {"maximum": True},
        {"items": 3},
        {"properties": {"a": {"format": "date"}}},
        {"properties": []},
        {"required": "name"},
        {"required": [1]},
        {"additionalProperties": {}},
    ],
)
def test_what_is_outside_the_subset_is_refused(schema: JsonObject) -> None:
    with pytest.raises(WrongShape):
        compile_schema(schema)


def test_a_schema_without_end_is_refused() -> None:
    schema: JsonObject = {"type": "integer"}
    for _ in range(20):
        schema = {"items": schema}
    with pytest.raises(WrongShape):
        compile_schema(schema)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    max_leaves=8,
)
_LEAF = st.sampled_from(
    [
        {"type": "integer"},
        {"type": "number", "minimum": -1, "maximum": 2},
        {"type": ["string", "null"]},
        {"enum": ["a", 1, None, False]},
        {"const": 0},
        {"minLength": 1, "maxLength": 2},
        {"minItems": 1, "maxItems": 2, "items": {"type": "boolean"}},
    ]
)
_SCHEMA = st.fixed_dictionaries(
    {},
    optional={
        "properties": st.dictionaries(st.sampled_from(["a", "b", "c"]), _LEAF, max_size=3),
        "required": st.lists(st.sampled_from(["a", "b"]), max_size=2, unique=True),
        "additionalProperties": st.booleans(),
        "items": _LEAF,
        "type": st.sampled_from(["object", "array", "string", "number"]),
    },
)


@given(schema=_SCHEMA, value=_JSON)
def test_the_subset_means_what_json_schema_means(schema: JsonObject, value: JsonValue) -> None:
    other = Draft202012Validator(schema).is_valid(value)
    try:
        compile_schema(schema).check(value)
    except WrongShape:
        assert not other
    else:
        assert other

"""Contexts: which terms are active where, in what order ids are born, and what is refused (FORMAT 2.2-2.4, 4)."""

from typing import Any

import pytest

from kernel.cborld import decode, encode, from_text, read_dictionary, require_defined, to_text
from kernel.cborld.context import Active, Contexts, Graph
from kernel.cborld.ids import first_ids
from kernel.errors import Invalid, PuenteError
from schemas import contexts
from tests.kernel.cborld_documents import CONTEXTS, ENTRY, TABLES, V1, VC2, VECTORS, fresh, pass_with

IDS = {
    "BitstringStatusList": 102, "DataIntegrityProof": 108, "VerifiableCredential": 118, "VerifiablePresentation": 120,
    "description": 130, "id": 140, "name": 150, "type": 156, "x5u": 158, "CompetencePass": 160, "SkillPass": 164,
    "birthYear": 166, "certificate": 168, "workAllowed": 194, "confidenceMethod": 196, "credentialStatus": 200,
    "validUntil": 220, "statusListCredential": 222, "statusSize": 232, "challenge": 234, "verificationMethod": 252,
    "assertionMethod": 254, "authentication": 256,
}  # fmt: skip
"""Of FORMAT 4."""
V1_TERMS = (
    "birthYear", "certificate", "hours", "idTail", "municipality", "norm", "normVersion", "occupation", "name",
    "skills", "workAllowed", "country",
)  # fmt: skip


def place(*documents: Any, **named: Any) -> Active:
    """Behind these contexts, pinned under their number; `named` under their name."""
    pinned = {str(number): {"@context": context} for number, context in enumerate(documents)}
    graph = Graph(Contexts(pinned | {name: {"@context": context} for name, context in named.items()}))
    return graph.root.embedded(tuple(str(number) for number in range(len(documents))))[0]


def code(active: Active, *path: Any) -> str:
    with pytest.raises(PuenteError) as caught:
        follow(active, *path)
    return caught.value.code


def follow(active: Active, *path: Any) -> Active:
    for step in path:
        active = active.typed(tuple(step))[0] if isinstance(step, list) else active.into(step)[0]
    return active


def test_ids_are_born_in_the_published_order() -> None:
    graph = Graph(Contexts(CONTEXTS))
    ids = first_ids(graph)
    active, loads = graph.root.embedded((VC2, V1))
    ids = ids.load(loads)
    outer = active
    paths: list[list[Any]] = [
        [["VerifiableCredential"]],
        [["VerifiableCredential"], "credentialStatus", ["BitstringStatusListEntry"]],
        [["VerifiableCredential"], "proof", ["DataIntegrityProof"], "proofPurpose"],
    ]
    for path in paths:
        active = outer
        for step in path:
            active, loads = active.typed(tuple(step)) if isinstance(step, list) else active.into(step)
            ids = ids.load(loads)
    assert {name: ids.of_term[name] for name in IDS} == IDS
    assert ids.load(()) is ids


def test_equal_places_are_one() -> None:
    graph = Graph(Contexts(CONTEXTS))
    active = graph.root.embedded((VC2, V1))[0]
    credential = follow(active, ["VerifiableCredential"])
    assert follow(credential, "credentialSubject") is follow(active, "name")
    assert graph.root.embedded((VC2, V1, VC2))[0].terms.keys() == active.terms.keys()


def test_a_type_scope_ends_with_its_object_and_a_property_scope_does_not() -> None:
    scoped = {"@context": {"inner": "urn:inner"}}
    active = place({"Type": {"@id": "urn:Type", **scoped}, "has": {"@id": "urn:has", **scoped}, "any": "urn:any"})
    typed = follow(active, ["Type"])
    assert "inner" in typed.terms
    assert "inner" not in follow(typed, "any").terms
    assert "inner" in follow(active, "has", "any").terms
    assert "inner" in follow(follow(active, ["Type"]), "has", "any").terms


def test_a_term_that_does_not_propagate_goes_back_to_what_it_was() -> None:
    active = place({"Type": {"@id": "urn:T", "@context": {"term": "urn:two"}}, "term": "urn:one", "any": "urn:any"})
    typed = follow(active, ["Type"])
    assert [each.terms["term"].iri for each in (active, typed, follow(typed, "any"))] == [
        "urn:one",
        "urn:two",
        "urn:one",
    ]
    lasting = place({"Type": {"@id": "urn:T", "@context": {"@propagate": True, "term": "urn:two"}}, "any": "urn:any"})
    assert follow(lasting, ["Type"], "any").terms["term"].iri == "urn:two"
    brief = place({"has": {"@id": "urn:h", "@context": {"@propagate": False, "term": "urn:x"}}, "any": "urn:any"})
    assert "term" in follow(brief, "has").terms
    assert "term" not in follow(brief, "has", "any").terms


def test_a_protected_term_stays() -> None:
    guarded = {"@protected": True, "term": "urn:one", "any": "urn:any"}
    assert place(guarded, {"term": {"@id": "urn:one"}}).terms["term"].protected
    assert code_of(guarded, {"term": "urn:two"}) == "unknown_context"
    assert code_of(guarded, {"term": {"@id": "urn:one", "@type": "@id"}}) == "unknown_context"
    inside = {**guarded, "has": {"@id": "urn:has", "@context": {"term": "urn:two"}}}
    assert follow(place(inside), "has").terms["term"].iri == "urn:two"
    scoped = {**guarded, "Type": {"@id": "urn:T", "@context": {"term": "urn:two"}}}
    assert code(place(scoped), ["Type"]) == "unknown_context"


def code_of(*documents: Any) -> str:
    with pytest.raises(PuenteError) as caught:
        place(*documents)
    return caught.value.code


def test_terms_are_cleared_imported_and_resolved() -> None:
    assert "term" not in place({"term": "urn:one"}, {"term": None}).terms
    imported = place({"@import": "other", "own": "urn:own", "both": "urn:mine"}, other={"a": "urn:a", "both": "urn:b"})
    iris = {name: each.iri for name, each in imported.terms.items()}
    # `@import` is no keyword of the format's list, so it has an id like every other term.
    assert iris == {"@import": "other", "a": "urn:a", "both": "urn:mine", "own": "urn:own"}
    curie = place(
        {"p": "urn:base#", "term": {"@id": "p:x", "@type": "p:t"}, "p:own": {"@type": "@id"}}, {"later": "p:y"}
    )
    assert (curie.terms["term"].iri, curie.terms["term"].kind) == ("urn:base#x", "urn:base#t")
    assert (curie.terms["p:own"].iri, curie.terms["later"].iri) == ("urn:base#own", "urn:base#y")


@pytest.mark.parametrize(
    "context",
    [
        {"term": 5}, {"term": ["urn:a"]}, {"term": {}}, {"term": {"@id": 5}}, {"a": "a:x"}, {"a": "b:x", "b": "a:y"},
        {"@import": "nowhere"}, {"@import": "0"}, ["https://example.org"], "https://example.org", None, 5,
    ],
)  # fmt: skip
def test_a_context_that_we_do_not_read_is_unknown(context: Any) -> None:
    assert code_of(context) == "unknown_context"


def test_scoped_contexts_may_be_urls_and_lists_but_not_null() -> None:
    named = place({"has": {"@id": "urn:h", "@context": ["other", {"c": "urn:c"}]}}, other={"b": "urn:b"})
    assert {"b", "c"} <= follow(named, "has").terms.keys()
    for bad in (None, [None], 5, "nowhere"):
        assert code(place({"has": {"@id": "urn:h", "@context": bad}}), "has") == "unknown_context"
        assert code(place({"has": {"@id": "urn:h", "@context": bad}}), ["has"]) == "unknown_context"


def test_what_walks_keep_is_let_go_when_it_is_too_much() -> None:
    dictionary = fresh()
    entry = dictionary.entry(ENTRY)
    first = entry.plans()
    for mask in range(1, 2**12):
        subject = {name: 1 for bit, name in enumerate(V1_TERMS) if mask >> bit & 1}
        encode(pass_with(subject), dictionary=dictionary, entry=ENTRY)
        assert entry.plans().graph.size <= 2100
    assert entry.plans() is not first
    assert from_text(VECTORS[0]["qr_text"], dictionary=dictionary).documents


def test_pinned_contexts_are_those_of_the_vectors() -> None:
    assert contexts.documents() == {VC2: CONTEXTS[VC2], V1: CONTEXTS[V1]}


def tabled(*rows: Any) -> Any:
    return {"entries": {"5": list(rows)}}


def row(table: Any, kind: Any = "t") -> Any:
    return {"type": kind, "table": table}


@pytest.mark.parametrize(
    "tables",
    [
        {}, {"entries": []}, {"entries": {"x": []}}, {"entries": {"0": []}}, {"entries": {"07": []}},
        {"entries": {"12345678901": []}}, {"entries": {"5": {}}}, tabled("a"), tabled({"type": "t"}),
        tabled(row({}, 1)), tabled(row({"a": -1})), tabled(row({"a": True})), tabled(row({"a": 2**32 - 1})),
        tabled(row({"a": 1, "b": 1})),        tabled(row({}), row({})), tabled(row({"a": 1}, "http://www.w3.org/2001/XMLSchema#integer")),
    ],
)  # fmt: skip
def test_a_dictionary_of_another_form_is_refused(tables: Any) -> None:
    with pytest.raises(Invalid) as caught:
        read_dictionary(CONTEXTS, tables)
    assert caught.value.code == "bundle_refused"


def test_ids_come_from_the_file() -> None:
    """Another deployment has other numbers: the same pass, other bytes, the same document."""
    rows = TABLES["entries"][str(ENTRY)]
    shifted = [{"type": row["type"], "table": {name: at + 300 for name, at in row["table"].items()}} for row in rows]
    dictionary = read_dictionary(CONTEXTS, {"entries": {"70000": shifted}})
    for vector in VECTORS:
        raw = encode(vector["document"], dictionary=dictionary, entry=70000)
        assert raw.hex() != vector["cborld_hex"]
        found = decode(raw, dictionary=dictionary)
        assert (found.presentation or list(found.documents)) == (
            vector["document"] if found.presentation or isinstance(vector["document"], list) else [vector["document"]]
        )


JSON_FAULTS = [
    ({"apodo": "x"}, "unknown_property"), ({"@type": "x"}, "unknown_property"),
    ({"statusPurpose": "x"}, "unknown_property"),
    ({"evidence": {"apodo": 1}}, "unknown_property"), ({"@context": [V1, VC2]}, "unknown_context"),
    ({"@context": VC2}, "unknown_context"), ({"@context": []}, "unknown_context"),
    ({"@context": [VC2, V1, {}]}, "unknown_context"),
    ({"evidence": {"@context": [VC2]}}, "unknown_context"),
    ({"proof": {"type": "DataIntegrityProof", "@context": [5]}}, "unknown_context"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "expected"), JSON_FAULTS)
def test_json_is_held_to_the_same_rules(members: Any, expected: str) -> None:
    dictionary = fresh()
    require_defined(pass_with(), dictionary=dictionary)
    for one in (pass_with(**members), {**VECTORS[5]["document"], "verifiableCredential": [pass_with(**members)]}):
        with pytest.raises(PuenteError) as caught:
            require_defined(one, dictionary=dictionary)
        assert (caught.value.code, caught.value.step) == (expected, "V9")
    with pytest.raises(PuenteError):
        to_text(pass_with(**members), dictionary=dictionary, entry=ENTRY)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_vectors_hold_as_json(vector: Any) -> None:
    document = vector["document"]
    for one in document if isinstance(document, list) else [document]:
        require_defined(one, dictionary=fresh())

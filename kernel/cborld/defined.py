"""Step V9: the profile's contexts and no others, and every member defined by them where it stands.

`require_contexts` serves all documents. `require_defined` is for those that came as JSON: the same walk as
`compress.py` with nothing written, so values, tables and sizes do not matter; from a QR, reading finds it by the way.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from kernel.cborld.compress import types_of, urls_of
from kernel.cborld.context import Active
from kernel.cborld.dictionary import EMPTY_ENTRY, Dictionary
from kernel.cborld.plans import refused
from kernel.errors import WrongShape
from schemas import terms
from schemas.json import JsonObject, JsonValue

PASSES: Final = "verifiableCredential"


def require_contexts(parts: Sequence[JsonObject], *, presented: bool) -> None:
    """The profile's list in its order for each part, a presentation being the first if there is one; inside, only a
    proof may have a context of its own (V11 compares it). Raises unknown_context."""
    for place, part in enumerate(parts):
        profile = terms.PRESENTATION_CONTEXTS if presented and place == 0 else terms.PASS_CONTEXTS
        inside = any(_has_context(value) for name, value in part.items() if name not in {"@context", "proof"})
        if part.get("@context") != list(profile) or inside:
            raise WrongShape("unknown_context", detail="not the contexts of the profile", step="V9")


def require_defined(document: JsonObject, *, dictionary: Dictionary) -> None:
    """V9 for one credential, or for a presentation with its passes, as JSON.

    Raises unknown_context, unknown_property; a presentation's passes are looked at where they are objects.
    """
    passes = document.get(PASSES)
    presented = is_presentation(document)
    parts: list[JsonObject] = [document]
    if presented:
        inside = passes if isinstance(passes, list) else [passes]
        parts = [without_passes(document), *(each for each in inside if isinstance(each, Mapping))]
    require_contexts(parts, presented=presented)
    walk = _Walk(dictionary)
    try:
        for part in parts:
            walk.document(part)
    except WrongShape as fault:
        fault.step = "V9"
        raise


def is_presentation(document: JsonObject) -> bool:
    """Whether a document is a presentation by its type."""
    types = document.get("type")
    return types == terms.VERIFIABLE_PRESENTATION or (
        isinstance(types, list) and terms.VERIFIABLE_PRESENTATION in types
    )


def without_passes(presentation: JsonObject) -> JsonObject:
    """The presentation as it travels: detached from its passes."""
    return {name: value for name, value in presentation.items() if name != PASSES}


class _Walk:
    def __init__(self, dictionary: Dictionary) -> None:
        self._plans = dictionary.entry(EMPTY_ENTRY).plans()
        self._ids = self._plans.ids

    def document(self, document: JsonObject) -> None:
        self._map(document, self._plans.graph.root)

    def _map(self, document: JsonObject, active: Active) -> None:
        if "@context" in document:
            active, loads = active.embedded(urls_of(document["@context"]))
            self._ids = self._ids.load(loads)
        active, loads = active.typed(types_of(document, active))
        self._ids = self._ids.load(loads)
        for row in self._plans.writing(active, self._ids, tuple(document)):
            if row.inside is None:
                raise refused()
            self._ids = self._ids.load(row.loads)
            self._value(document[row.term], row.inside)

    def _value(self, value: JsonValue, inside: Active) -> None:
        if isinstance(value, Mapping):
            self._map(value, inside)
        elif isinstance(value, list):
            for each in value:
                self._value(each, inside)


def _has_context(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return "@context" in value or any(_has_context(each) for each in value.values())
    return isinstance(value, list) and any(_has_context(each) for each in value)

"""JSON as values: the types every room shares. Reading and writing them is `kernel/codec.py`'s."""

from collections.abc import Mapping, Sequence

JsonScalar = str | int | float | bool | None
# Read-only views on purpose: what came from outside is looked at, never edited in place.
JsonValue = JsonScalar | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
JsonObject = Mapping[str, JsonValue]

"""Term ids: born while contexts are loaded, in the order of the walk, shared by all maps of a payload (FORMAT 2.2).

A `TermIds` never changes: loading more contexts leads to another one, and each remembers where it leads.
"""

from typing import Final

from kernel.cborld.context import KEYWORDS, Graph, Loads

_FIRST: Final = 100


class TermIds:
    """The ids born so far. Even id = one value; the odd one behind it = an array of values."""

    __slots__ = ("_graph", "_loaded", "_next", "of_term", "term_of")

    def __init__(self, graph: Graph, of_term: dict[str, int], term_of: dict[int, str], following: int) -> None:
        self.of_term = of_term
        self.term_of = term_of
        self._next = following
        self._graph = graph
        self._loaded: dict[Loads, TermIds] = {}

    def load(self, contexts: Loads) -> "TermIds":
        """The ids after these contexts, each loaded in order; a term that has an id keeps it."""
        found = self._loaded.get(contexts)
        if found is None:
            found = self._loaded[contexts] = self._after(contexts)
        return found

    def _after(self, contexts: Loads) -> "TermIds":
        of_term, following = dict(self.of_term), self._next
        for context in contexts:
            for name in context.terms:
                if name not in of_term:
                    of_term[name] = following
                    following += 2
        if following == self._next:
            return self
        self._graph.size += 1
        return TermIds(self._graph, of_term, {number: name for name, number in of_term.items()}, following)


def first_ids(graph: Graph) -> TermIds:
    """The keywords, before any context."""
    return TermIds(graph, dict(KEYWORDS), {number: name for name, number in KEYWORDS.items()}, _FIRST)

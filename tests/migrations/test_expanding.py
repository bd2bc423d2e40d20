"""No revision takes away what the code before it uses: old and new processes run side by side while a house is updated.

A change that takes something away is two releases: one that stops using it, a later one that drops it. What a revision
does to a table of its own is free; to another's it may add a table, an index, a column that is nullable or has a
default in the database. Exceptions stand in ALLOWED with their reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

VERSIONS: Final = sorted((Path(__file__).resolve().parents[2] / "migrations" / "versions").glob("*.py"))[1:]
"""Nothing was before the first."""
FREE: Final = frozenset({"create_table", "create_index", "get_bind", "get_context", "f", "bulk_insert"})
"""What never hurts who does not know of it."""
NAMED_FIRST: Final = frozenset(
    {"drop_index", "drop_constraint", "create_unique_constraint", "create_check_constraint", "create_foreign_key"}
)
_EMPTY: Final = "over a new column that may be empty: who does not know it leaves it so, and empty ones never meet"
_FOLLOWS: Final = "the code before writes each line of the audit chain after the last one too"
_REPLACED: Final = "only what the code before would do wrong is refused: it took a replacement for a revocation"
_STOPPED: Final = (
    "refuses and mends only what the code before does wrong: it did parts of what was stopped, and announced"
)
_FILLS: Final = "fills a column that the code before does not know"
ALLOWED: Final[dict[tuple[str, str], str]] = {
    ("0006", "execute (made)"): _FILLS,
    ("0006", "create_index ix_issuer_offer_stands"): _EMPTY,
    ("0010", "create_index uq_kit_api_key_slot"): _EMPTY,
    ("0011", "execute (made)"): "the queue's own tables, which the code before does not use",
    ("0016", "execute UPDATE issuer_issuer SET"): _FILLS,
    ("0020", "execute UPDATE issuer_act SET"): _FILLS,
    ("0020", "execute UPDATE issuer_issuer SET"): _FILLS,
    ("0027", "execute CREATE TRIGGER issuer_audit_follows"): _FOLLOWS,
    ("0027", "execute CREATE FUNCTION issuer_audit_require_next()"): _FOLLOWS,
    ("0029", "execute (made)"): _REPLACED,
    ("0029", "execute CREATE TRIGGER issuer_act_takes_place"): _REPLACED,
    ("0029", "execute CREATE TRIGGER issuer_bulk_took_places"): _REPLACED,
    ("0032", "execute (made)"): _FILLS,
    ("0033", "execute (made)"): _STOPPED,
    ("0033", "execute UPDATE issuer_act SET"): _STOPPED,
    ("0033", "execute UPDATE issuer_bulk SET"): _STOPPED,
    ("0033", "execute UPDATE issuer_intent SET"): _STOPPED,
    ("0033", "execute CREATE TRIGGER issuer_bulk_part_under_way"): _STOPPED,
}
"""(revision, step) -> why the code before it goes on."""


def steps(tree: ast.Module) -> Iterator[ast.Call]:
    """Every call of `op` or of a batch but those of `downgrade`."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name != "downgrade":
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    owner = node.func.value
                    if isinstance(owner, ast.Name) and owner.id in {"op", "batch"}:
                        yield node


def word(node: ast.expr | None) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


def faults(source: str) -> list[str]:
    """The steps of a revision that are refused, by name and table."""
    tree = ast.parse(source)
    own = {word(call.args[0]) for call in steps(tree) if _name(call) == "create_table"}
    return [f"{_name(call)} {_table(call)}" for call in steps(tree) if _table(call) not in own and _is_refused(call)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _table(call: ast.Call) -> str:
    """What a step is about; of a statement its first words."""
    place = 1 if _name(call) in NAMED_FIRST else 0
    told = word(call.args[place]) if len(call.args) > place else None
    return "(made)" if told is None else " ".join(str(told).split()[:3])


def _is_refused(call: ast.Call) -> bool:
    name = _name(call)
    if name in FREE:
        return name == "create_index" and any(word.arg == "unique" and _is_true(word.value) for word in call.keywords)
    if name == "add_column":
        column = call.args[-1]
        told = {word.arg: word.value for word in column.keywords} if isinstance(column, ast.Call) else {}
        return not (_is_true(told.get("nullable")) or "server_default" in told)
    return True


def _is_true(node: ast.expr | None) -> bool:
    return word(node) is True


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_only_adds(path: Path) -> None:
    found = [fault for fault in faults(path.read_text("utf-8")) if (path.stem[:4], fault) not in ALLOWED]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    found = {(path.stem[:4], fault) for path in VERSIONS for fault in faults(path.read_text("utf-8"))}
    assert set(ALLOWED) <= found
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    ("step", "is_refused"),
    [
        ('op.drop_column("issuer_list", "raw")', True),
        ('op.drop_table("issuer_list")', True),
        ('op.rename_table("issuer_list", "issuer_lists")', True),
        ('op.alter_column("issuer_list", "raw", nullable=False)', True),
        ('op.alter_column("issuer_list", "raw", new_column_name="bytes")', True),
        ('op.add_column("issuer_list", sa.Column("held", sa.Integer(), nullable=False))', True),
        ('op.add_column("issuer_list", sa.Column("held", sa.Integer()))', True),
        ('op.create_index("ix", "issuer_list", ["raw"], unique=True)', True),
        ('op.create_check_constraint("ck", "issuer_list", "number > 0")', True),
        ('op.execute("DELETE FROM issuer_list")', True),
        ('op.add_column("issuer_list", sa.Column("held", sa.Integer(), nullable=True))', False),
        ('op.add_column("issuer_list", sa.Column("held", sa.Integer(), nullable=False, server_default="0"))', False),
        ('op.create_index("ix", "issuer_list", ["raw"])', False),
        ('op.create_table("new")\n    op.create_check_constraint("ck", "new", "n > 0")', False),
    ],
)
def test_what_is_refused(step: str, is_refused: bool) -> None:
    assert bool(faults(f"def upgrade():\n    {step}\n\ndef downgrade():\n    op.drop_table('x')\n")) == is_refused

"""The budgets of the house: sizes, captions, ports, handlers, no stand-ins, every error code provoked by some test.

The floors themselves are import-linter's (`.importlinter`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import codes

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "kernel", "kit", "issuer", "wallet", "verifier", "registry", "staff", "app", "migrations", "bench")
FILE_LINES = 300
FUNCTION_LINES = 40
HANDLER_STATEMENTS = 3
PORT_METHODS = 2
FILES = sorted(path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.py") if path.stat().st_size)
PRODUCT = [path for path in FILES if path.relative_to(ROOT).parts[0] != "tests"]
MADE = "api.d.ts"  # by a generator, from the OpenAPI document
PAGES = sorted(path for end in ("ts", "tsx") for path in (ROOT / "pwa" / "src").rglob(f"*.{end}") if path.name != MADE)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from its `def`, its docstring not counted."""
    end = function.end_lineno or function.lineno
    first = function.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if told else 0
    return end - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_is_small_and_opens_with_a_caption(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a file opens with what lives here and what does not"
    assert len(text.splitlines()) <= FILE_LINES
    long = {function.name: _length(function) for function in _functions(tree) if _length(function) > FUNCTION_LINES}
    assert not long


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_a_page_file_is_small_and_opens_with_a_caption(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.lstrip().startswith(("//", "/*")), "a file opens with a caption"
    assert len(text.splitlines()) <= FILE_LINES


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    hidden = [
        node.lineno
        for function in _functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden
    assert "TYPE_CHECKING" not in path.read_text("utf-8")


def test_a_port_has_at_most_two_methods() -> None:
    tree = ast.parse((ROOT / "kernel" / "ports.py").read_text("utf-8"))
    ports = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
    ]
    assert ports
    for port in ports:
        assert sum(isinstance(part, ast.FunctionDef) for part in port.body) <= PORT_METHODS, port.name


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/**/routes.py")), ids=_name)
def test_a_handler_makes_one_call(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for function in _functions(tree):
        routed = any(
            isinstance(mark, ast.Call) and "router" in ast.unparse(mark.func) for mark in function.decorator_list
        )
        if routed:
            body = function.body[1:] if ast.get_docstring(function) else function.body
            assert len(body) <= HANDLER_STATEMENTS, function.name


def test_only_problems_catches_every_exception() -> None:
    broad = re.compile(r"except (Exception|BaseException)\b|except:")
    found = {_name(path) for path in PRODUCT if broad.search(path.read_text("utf-8"))}
    assert found <= {"app/problems.py"}


def test_there_are_no_stand_ins() -> None:
    words = re.compile(r"unittest\.mock|Magic" + r"Mock|monkeypatch\.setattr\(|pytest\.mark\.(skip|xfail)\b")
    found = {_name(path) for path in FILES if words.search(path.read_text("utf-8"))} - {"tests/test_architecture.py"}
    assert not found


def test_only_settings_reads_the_environment() -> None:
    found = {_name(path) for path in PRODUCT if re.search(r"os\.(environ|getenv)", path.read_text("utf-8"))}
    assert found <= {"app/settings.py"}


def test_every_code_is_provoked_by_a_test() -> None:
    told = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*") if path.suffix in {".py", ".json"})
    silent = [name for name in codes.CODES if f'"{name}"' not in told]
    assert not silent


def test_every_used_code_stands_in_the_table() -> None:
    used = re.compile(
        r"(?:Malformed|WrongShape|BadProof|NotInForce|NotBelieved|Forbidden|NotFound|Conflict|TooMany|Unavailable|NotSignedIn)"
        r'\(\s*"([a-z0-9_]+)"'
    )
    names = {name for path in PRODUCT for name in used.findall(path.read_text("utf-8"))}
    assert names
    assert names <= set(codes.CODES)

"""What all commands share: help and usage faults in the language in force, and commands that are loaded when called.

A command's file is imported by its name in the table of `app/cli.py`, here and nowhere else, so that one command does
not wait for what only others need. Typer says its own words in English alone and gives its click no public name: both
are met here.
"""

import re
import sys
from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NoReturn, TypeVar

import typer
from typer import core
from typer._click import Command as AnyCommand
from typer._click import Context, HelpFormatter
from typer._click import exceptions as faults
from typer.main import get_group

from app.language import told as _t
from app.loading import load

_Function = TypeVar("_Function", bound=Callable[..., Any])
_WIDTH: Final = 100
_HEADINGS: Final = {"Options": "Opciones", "Arguments": "Argumentos", "Commands": "Comandos"}
_PIECES: Final = {"[OPTIONS]": "[OPCIONES]", "COMMAND [ARGS]...": "COMANDO [ARGUMENTOS]…"}
_TYPES: Final = {"str": "texto", "list[str]": "texto", "int": "número", "int range": "número", "float": "número",
                 "path": "ruta", "file": "archivo", "directory": "carpeta", "bool": "sí o no"}  # fmt: skip
_MARKS: Final = (("[default: ", "[si no se dice: "), ("; required]", "; obligatorio]"), ("[required]", "[obligatorio]"))
_SAID: Final = (
    (r"Missing command\.", "falta decir qué hacer"),
    (r"No such command '(.*)'\..*", "no hay un comando {0}"),
    (r"No such option: (.*)", "no hay una opción {0}"),
    (r"Got unexpected extra argument\(s\) \((.*)\)", "sobra {0}"),
    (r"Option '(.*)' requires an argument\.", "a {0} le falta su valor"),
    (r"Option '(.*)' does not take a value\.", "{0} no lleva valor"),
)
_WHOLE: Final = 1000
"""Letters of a sentence: more than any has."""


class _Formatter(HelpFormatter):
    """Typer's help, in Spanish where that is the language in force."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _t("Uso: ", "Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_t(_HEADINGS.get(heading, heading), heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        super().write_dl([(_typed(name), _marked(words)) for name, words in rows], col_max, col_spacing)


def _typed(name: str) -> str:
    return re.sub(r"<([a-z \[\]]+)>", lambda found: f"<{_t(_TYPES.get(found[1], found[1]), found[1])}>", name)


def _marked(words: str) -> str:
    for english, spanish in _MARKS:
        words = words.replace(english, _t(spanish, english))
    return words


class _Context(Context):
    formatter_class = _Formatter


class _Told(AnyCommand, ABC):
    """What is told of a command or of a group, in the language in force."""

    context_class = _Context

    def get_short_help_str(self, limit: int = _WHOLE) -> str:  # noqa: ARG002 - the base class's face
        """In a list of commands: its first sentence, whole; the margin folds it and cuts nothing off."""
        return super().get_short_help_str(_WHOLE)

    def get_help_option(self, ctx: Context) -> core.TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _t("Muestra esta ayuda.", "Show this help.")
        return option

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [_t(_PIECES.get(piece, piece), piece) for piece in super().collect_usage_pieces(ctx)]

    def format_epilog(self, _ctx: Context, formatter: HelpFormatter) -> None:
        """An example a line, as it is typed: broken by no margin."""
        if self.epilog:
            with formatter.section(_t("Ejemplos", "Examples")):
                formatter.write("".join(f"  {line}\n" for line in re.split(r" · |\n+", self.epilog)))


class Command(_Told, core.TyperCommand):
    """One command."""


class Group(_Told, core.TyperGroup):
    """Commands under one name."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Call what was typed, and end with its exit code: 2 and one clear line for what cannot be understood."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.TyperException as fault:
            _tell(fault)
            sys.exit(fault.exit_code)
        except typer.Abort:
            typer.echo(_t("No se hizo nada.", "Nothing was done."), err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def _tell(fault: typer.TyperException) -> None:
    if isinstance(fault, faults.NoArgsIsHelpError):
        typer.echo(fault.format_message(), err=True)
        return
    if isinstance(fault, faults.UsageError) and fault.ctx is not None:
        typer.echo(fault.ctx.get_usage(), err=True)
    typer.echo(f"puente: {_sentence(fault)}", err=True)


def _sentence(fault: typer.TyperException) -> str:
    """What is wrong with what was typed. Ours is in the language in force; Typer's is put into it."""
    if isinstance(fault, typer.BadParameter):
        if fault.param is None:
            return fault.message
        name = fault.param.get_error_hint()
        if isinstance(fault, faults.MissingParameter):
            return _t(f"falta {name}", f"{name} is missing")
        kind = "" if fault.ctx is None else _typed(fault.param.display_type(fault.ctx))
        return _t(f"el valor de {name} no sirve: se espera {kind}", f"{name} has a wrong value: {fault.message}")
    said = fault.format_message()
    for pattern, spanish in _SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return _t(spanish.format(*found.groups()), said)
    return said


def stop(es: str, en: str) -> NoReturn:
    """One clear line for what cannot be done as it was asked, and exit code 2."""
    typer.echo(f"puente: {_t(es, en)}", err=True)
    raise typer.Exit(2)


class Commands(typer.Typer):
    """A file's commands, or a group of them."""

    def __init__(self, **told: Any) -> None:
        plain = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "add_completion": False}
        wide = {"context_settings": {"max_content_width": _WIDTH}}
        super().__init__(**{"cls": Group, "no_args_is_help": True, **plain, **wide, **told})

    def command(self, name: str | None = None, **told: Any) -> Callable[[_Function], _Function]:
        """As Typer's, for a function."""
        return super().command(name, **{"cls": Command, **told})


@dataclass(frozen=True, slots=True)
class Row:
    """A command of `puente`: the file and name of its `Commands`, and what it does."""

    where: str
    es: str
    en: str

    def load(self, name: str) -> AnyCommand:
        """The file's command of that name, or all of its commands under it."""
        module, _, attribute = self.where.partition(":")
        found = get_group(getattr(load(module), attribute))
        command = found.commands.get(name, found)
        command.name, command.help = name, _t(self.es, self.en)
        return command


class Root(Group):
    """`puente` itself: lists its table, by its parts, and loads what is called."""

    table: ClassVar[Mapping[tuple[str, str], Mapping[str, Row]]]

    def list_commands(self, _ctx: Context) -> list[str]:
        return list(self._rows())

    def get_command(self, _ctx: Context, cmd_name: str) -> AnyCommand | None:
        row = self._rows().get(cmd_name)
        return None if row is None else row.load(cmd_name)

    def format_commands(self, _ctx: Context, formatter: HelpFormatter) -> None:
        for part, rows in self.table.items():
            with formatter.section(_t(*part)):
                formatter.write_dl([(name, _t(row.es, row.en)) for name, row in rows.items()])

    def _rows(self) -> dict[str, Row]:
        return {name: row for rows in self.table.values() for name, row in rows.items()}


def rooted(table: Mapping[tuple[str, str], Mapping[str, Row]]) -> type[Root]:
    """The class of a `puente` with that table: parts in two languages, and their commands."""
    return type("Puente", (Root,), {"table": table})

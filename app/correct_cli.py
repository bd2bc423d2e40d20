"""`puente wallet correct | answers | withdraw`: a holder says that a pass is wrong, takes in what becomes of it, or
takes what she asked for back (DOMAIN P6).

Asks, calls `wallet/commands.py`, prints; no rule lives here.
"""

from typing import Annotated, Final

import typer

from app.command_line import Commands
from app.fetch import HttpsFetch
from app.language import NAMES, SETTINGS
from app.language import told as _t
from app.wallet_asking import FILE, DataFolder, WalletFile, ask_passphrase, open_pocket
from app.wallet_words import tell_arrival
from schemas.disputes import DisputeKind
from schemas.identifiers import Url
from wallet import commands
from wallet.commands import Pocket
from wallet.disputing import Answered, Objection
from wallet.holder import Secret

correct_app = Commands()

_STATES: Final = {
    "open": _t("Todavía no hay respuesta.", "There is no answer yet."),
    "corrected": _t("Lo corrigieron.", "It was corrected."),
    "lifted": _t("Está activo otra vez.", "It is in force again."),
    "upheld": _t("El emisor lo mantiene.", "The issuer upholds it."),
    "rejected": _t("El emisor no lo cambia.", "The issuer does not change it."),
    "withdrawn": _t("Lo que pidió quedó retirado.", "What you asked for was taken back."),
}
_ASKED: Final = {
    "sent": _t(
        "Enviado. La respuesta llega con: puente wallet answers", "Sent. The answer comes by: puente wallet answers"
    ),
    "already": _t(
        "Ya había pedido algo de este certificado, y eso espera respuesta: lo de ahora no se tomó. La respuesta llega"
        " con: puente wallet answers. Para retirar lo de antes: puente wallet withdraw",
        "You had asked for something about this certificate, and that waits for an answer: this was not taken. The"
        " answer comes by: puente wallet answers. To take the former back: puente wallet withdraw",
    ),
    "unsure": _t(
        "No sé si llegó. Queda guardado, y se envía con: puente wallet answers",
        "I do not know whether it arrived. It is kept, and is sent by: puente wallet answers",
    ),
}
_UNSENT: Final = _t(
    "Lo que pidió no está donde el emisor, que no lo toma. Pídalo otra vez, o vaya al centro con su documento.",
    "The issuer does not have what you asked for, nor takes it. Ask again, or go to the centre with your document.",
)
_UNTAKEN: Final = _t(
    "Lo corrigieron, pero el pase nuevo no puede llegar por aquí: dice un nombre que usted no escribió, o no es para"
    " esta billetera. El suyo quedó anulado o se anula con la próxima lista: vaya al centro con su documento y pida un"
    " código nuevo.",
    "They corrected it, but the new pass cannot come this way: it says a name that you did not write, or is not for"
    " this wallet. Yours is cancelled, or will be with the next list: go to the centre with your document and ask for a"
    " new code.",
)
_ENDED: Final = {
    "never": _t(
        "Lo corrigieron, pero el pase que mandaron no vale para esta billetera y no se guardó. El suyo quedó anulado o"
        " se anula con la próxima lista: vaya al centro con su documento y pida un código nuevo.",
        "They corrected it, but the pass that they sent does not hold for this wallet and was not kept. Yours is"
        " cancelled, or will be with the next list: go to the centre with your document and ask for a new code.",
    ),
    "unlisted": _t(
        "Lo corrigieron hace más de siete días, y la lista de confianza todavía no reconoce el pase que mandaron: no se"
        " guardó. El suyo quedó anulado o se anula con la próxima lista: vaya al centro con su documento y pida un"
        " código nuevo.",
        "They corrected it more than seven days ago, and the trust list still does not recognise the pass that they"
        " sent: it was not kept. Yours is cancelled, or will be with the next list: go to the centre with your document"
        " and ask for a new code.",
    ),
}
"""An answer brings passes only where it corrected; the desk then revokes hers whatever becomes of what it sent."""


PassName = Annotated[str, typer.Argument(metavar="PASS", help=_t("El pase, o su comienzo.", "Which pass."))]
AskedOf = Annotated[str | None, typer.Option(help=_t("A quién, si no se sabe.", "Whom, where that is not known."))]


@correct_app.command(
    context_settings=NAMES,
    help=_t("Pide una corrección, o reclama por una anulación.", "Ask for a correction, or dispute a cancellation."),
    epilog='puente wallet correct A1b2 --issuer https://formacion.example --kind name --name "Yuleisy Rojas"',
)
def correct(
    pass_name: PassName,
    issuer: Annotated[str, typer.Option(help=_t("Dirección del emisor.", "The issuer's address."))],
    kind: Annotated[DisputeKind, typer.Option(help="name, data, cancelled, other")] = "name",
    name: Annotated[str | None, typer.Option(help=_t("Cómo debe decir.", "How it should read."))] = None,
    text: Annotated[str, typer.Option(help=_t("Qué está mal.", "What is wrong."))] = "",
    wallet: WalletFile = FILE,
) -> None:
    """The key proves whose pass it is; the answer comes with `answers`."""
    objection = Objection(name=pass_name, kind=kind, text=text, right=name)
    pocket = open_pocket(wallet, SETTINGS.data)
    typer.echo(_ASKED[commands.correct(pocket, ask_passphrase(), objection, Url(issuer), fetch=HttpsFetch(local=True))])


@correct_app.command(
    context_settings=NAMES,
    help=_t("Pregunta qué pasó con lo que pidió.", "Ask what became of what you asked for."),
    epilog="puente wallet answers --data demo-out",
)
def answers(
    issuer: AskedOf = None,
    wallet: WalletFile = FILE,
    data: DataFolder = SETTINGS.data,
) -> None:
    """A pass that supersedes another is verified and takes its place."""
    pocket = open_pocket(wallet, data)
    told = take_answers(pocket, ask_passphrase(), None if issuer is None else Url(issuer))
    if not told:
        typer.echo(_t("No hay nada pendiente.", "Nothing is waiting."))


@correct_app.command(
    context_settings=NAMES,
    help=_t("Retira lo que pidió, si nadie lo respondió.", "Take back what you asked for, unless it was answered."),
    epilog="puente wallet withdraw A1b2 --data demo-out",
)
def withdraw(
    pass_name: PassName,
    issuer: AskedOf = None,
    wallet: WalletFile = FILE,
    data: DataFolder = SETTINGS.data,
) -> None:
    """What was answered before is told and taken in instead."""
    pocket, url = open_pocket(wallet, data), None if issuer is None else Url(issuer)
    _tell(pocket, commands.withdraw(pocket, ask_passphrase(), pass_name, url, fetch=HttpsFetch(local=True)))


def take_answers(pocket: Pocket, secret: Secret, issuer: Url | None) -> tuple[Answered, ...]:
    """Ask after every open dispute, and say what came."""
    told = commands.answers(pocket, secret, issuer, fetch=HttpsFetch(local=True))
    for one in told:
        _tell(pocket, one)
    return told


def _tell(pocket: Pocket, one: Answered) -> None:
    said = _UNTAKEN if one.state == "corrected" and not one.taken else _STATES[one.state]
    said = _UNSENT if one.unsent else _ENDED.get(one.ending, said)
    typer.echo(said + (f" «{one.text}»" if one.text else ""))
    for arrival in one.arrivals:
        typer.echo(tell_arrival(arrival, pocket.by.bundle, SETTINGS.lang))

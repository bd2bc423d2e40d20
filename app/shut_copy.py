"""Why a backup is not sealed or does not open, in words for its operators: which key or file, and what to do with it.

Told at the command line alone (`app/cli.py`): the codes are those of a pass, and so are the sentences of those codes.
No key and no part of one stands in it. Who raises it seals and opens: `app/sealed_copy.py`.
"""

from typing import Final, Literal

from app.said import Said
from kernel.errors import BadProof, Malformed

Fault = Literal["public", "two", "secret", "file", "others", "changed"]
_SAID: Final[dict[Fault, tuple[str, str]]] = {
    "public": (
        "Lo que va con --for no es la llave pública de un operador. Ponga la línea que escribió puente operator. No se "
        "hizo ninguna copia.",
        "What goes with --for is not an operator's public key. Give the line that puente operator printed. No copy was "
        "made.",
    ),
    "two": (
        "Una copia se sella para dos operadores distintos. Ponga --for dos veces, con la llave de cada uno. No se hizo "
        "ninguna copia.",
        "A backup is sealed to two different operators. Give --for twice, with the key of each. No copy was made.",
    ),
    "secret": (
        "El archivo de --key no es el secreto de un operador. Ponga el que guardó puente operator.",
        "The file of --key is not an operator's secret. Give the one that puente operator wrote.",
    ),
    "file": (
        "Ese archivo no es una copia de seguridad de Puente. Ponga el que hizo puente backup.",
        "That file is not a backup of Puente. Give the one that puente backup made.",
    ),
    "others": (
        "Esta copia está sellada para otros operadores: la llave de --key no la abre. Ponga el secreto de uno de los "
        "dos para quienes se hizo.",
        "This backup is sealed to other operators: the key of --key does not open it. Give the secret of one of the "
        "two that it was made for.",
    ),
    "changed": (
        "Esta copia se cambió o quedó cortada después de hacerse. Traiga otra vez el archivo, o use otra copia.",
        "This backup was changed or cut after it was made. Bring the file again, or use another backup.",
    ),
}


class NoCopy(Said, Malformed):
    """A key or a file is not of the kind that a backup needs."""

    def __init__(self, fault: Fault, *, detail: str) -> None:
        super().__init__("invalid_value", detail=detail)
        self.said = _SAID[fault]


class ShutCopy(Said, BadProof):
    """A backup does not open, for its key or for its bytes."""

    def __init__(self, fault: Fault, *, detail: str) -> None:
        super().__init__("invalid_signature", detail=detail)
        self.said = _SAID[fault]

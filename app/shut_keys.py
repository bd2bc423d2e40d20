"""Why the keys do not open, in words for who operates the house: which setting, and what to do with it.

Told at the command line alone (`app/cli.py`): over the network it is `signer_unavailable`, as for any signer that is
away. No secret and no part of one stands in it. Who raises it opens the keys: `app/opening.py`, `app/hsm.py`.
"""

from typing import Final, Literal

from app.said import Said
from kernel.errors import Unavailable

Fault = Literal["not_set", "pin", "locked", "label", "library", "token", "halves", "passphrase", "rung", "socket"]
_KEPT: Final = ("No se cambió nada.", "Nothing was changed.")
_SAID: Final[dict[Fault, tuple[str, str]]] = {
    "not_set": (
        "Falta {where}, que abre las llaves. Póngala en este proceso y repita.",
        "{where}, which opens the keys, is not set. Set it for this process and repeat.",
    ),
    "pin": (
        "El token no acepta el PIN de PUENTE_TOKEN_PIN. Ponga el PIN de quien lo usa, no el de seguridad (SO), y no "
        "pruebe muchas veces: el token se bloquea.",
        "The token does not take the PIN of PUENTE_TOKEN_PIN. Set its user's PIN, not the security officer's (SO), and "
        "do not try many times: the token locks itself.",
    ),
    "locked": (
        "El token bloqueó su PIN. Desbloquéelo con el PIN de seguridad (SO) y corrija PUENTE_TOKEN_PIN.",
        "The token has locked its PIN. Unlock it with the security officer's PIN and correct PUENTE_TOKEN_PIN.",
    ),
    "label": (
        "No hay un solo token con la etiqueta «{where}». Ponga en PUENTE_TOKEN_LABEL la del suyo y mire que esté "
        "conectado.",
        "There is no single token of label “{where}”. Set PUENTE_TOKEN_LABEL to yours, and see that it is there.",
    ),
    "library": (
        "La biblioteca PKCS#11 {where} no se abre. Ponga en PUENTE_TOKEN_LIBRARY el archivo de su token.",
        "The PKCS#11 library {where} does not open. Set PUENTE_TOKEN_LIBRARY to your token's file.",
    ),
    "token": (
        "El token no se abre, y no dice por qué. Revise PUENTE_TOKEN_LIBRARY, PUENTE_TOKEN_LABEL y PUENTE_TOKEN_PIN.",
        "The token does not open and does not say why. Look at PUENTE_TOKEN_LIBRARY, PUENTE_TOKEN_LABEL and "
        "PUENTE_TOKEN_PIN.",
    ),
    "halves": (
        "Las dos mitades no abren las llaves de esta carpeta: una está mal leída, es la misma dos veces, o son de otra "
        "casa. Revise PUENTE_KEY_HALF_ONE y PUENTE_KEY_HALF_TWO, o lo que escribió.",
        "The two halves do not open this folder's keys: one is misread, it is the same twice, or they are another "
        "house's. Look at PUENTE_KEY_HALF_ONE and PUENTE_KEY_HALF_TWO, or at what was typed.",
    ),
    "passphrase": (
        "La frase no abre las llaves de esta carpeta. Ponga en PUENTE_KEY_PASSPHRASE la frase con que se hicieron.",
        "The passphrase does not open this folder's keys. Set PUENTE_KEY_PASSPHRASE to the one they were made with.",
    ),
    "rung": (
        "En producción las llaves no pueden estar en el peldaño K0. Ponga PUENTE_RUNG en K1 o K2.",
        "In production keys cannot be at rung K0. Set PUENTE_RUNG to K1 or K2.",
    ),
    "socket": (
        "Nadie firma en {where}. Ponga a correr puente sign en esta máquina, o diga en PUENTE_SIGNER dónde está su "
        "socket.",
        "Nobody signs at {where}. Run puente sign on this machine, or say in PUENTE_SIGNER where its socket is.",
    ),
}


class ShutKeys(Said, Unavailable):
    """The keys do not open, for a cause that its operator can mend."""

    def __init__(self, fault: Fault, *, where: str = "", detail: str) -> None:
        super().__init__("signer_unavailable", detail=detail)
        es, en = _SAID[fault]
        self.said = (f"{es.format(where=where)} {_KEPT[0]}", f"{en.format(where=where)} {_KEPT[1]}")

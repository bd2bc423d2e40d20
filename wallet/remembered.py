"""What a vault remembers of its recovery sheet (TRUST section 8): who looks again finds the letters that are on paper.

    {"type": "sheet-letters", "letters": …, "half": …}   the sheet in force, and the first helper's paper

The pages' `kernel/vault/remembered.ts` reads it, shows it and puts another sheet in its place. Here it is written when
a wallet is made, and carried like every note. Who opens the vault holds its key already: letters add nothing to that.
"""

from datetime import datetime
from typing import Final

from kernel.ports import Random
from kernel.vault_keys import half_texts, read_sheet
from wallet.holder import OpenWallet

SHEET: Final = "sheet-letters"


def remember_sheet(opened: OpenWallet, sheet: str, *, now: datetime, random: Random) -> OpenWallet:
    """With the letters of the sheet that opens it; two helpers' papers are drawn of it, the same ones from now on."""
    half, _other = half_texts(read_sheet(sheet), random=random)
    return opened.note(SHEET, {"letters": sheet, "half": half}, now=now, random=random)

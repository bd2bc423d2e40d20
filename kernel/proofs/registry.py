"""The table of cryptosuites: name -> suite. Nothing else decides which suites there are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kernel.errors import BadProof
from kernel.proofs.eddsa_jcs_2022 import EddsaJcs2022
from kernel.proofs.suite import Suite

_EDDSA_JCS_2022: Final = EddsaJcs2022()
SUITES: Final[Mapping[str, Suite]] = MappingProxyType({_EDDSA_JCS_2022.name: _EDDSA_JCS_2022})


def find(name: str) -> Suite:
    """The suite of that name. Raises wrong_cryptosuite."""
    suite = SUITES.get(name)
    if suite is None:
        raise BadProof("wrong_cryptosuite", detail="a cryptosuite that is not in the table")
    return suite

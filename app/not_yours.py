"""Who may do what the caller may not, in words for who works at the machine: the roles by their names in `--role`.

Told at the command line alone (`app/cli.py`): over the network nobody learns from a refusal whom to become.
"""

from app.said import Said
from kernel.access import Policy, granted
from kernel.errors import Forbidden


class NotYours(Said, Forbidden):
    """The caller's role or key does not allow it."""

    def __init__(self, policy: Policy, *, detail: str) -> None:
        super().__init__("not_allowed", detail=detail)
        roles = granted(policy)
        es, en = ("este papel", "this role") if len(roles) == 1 else ("uno de estos papeles", "one of these roles")
        self.said = (
            f"Su papel o su clave de API no permite esto. Pídale que lo haga a una persona con {es}: "
            f"{', '.join(roles)}. No se cambió nada.",
            f"Your role or your API key does not allow this. Ask a person with {en} to do it: {', '.join(roles)}. "
            "Nothing was changed.",
        )

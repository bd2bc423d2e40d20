"""Why a step of somebody's paper was not made, as a refusal. Who makes steps are the stores of the rooms."""

from collections.abc import Collection

from kernel.errors import Conflict


def late(state: str, *, was: Collection[str]) -> Conflict:
    """For a step out of `was` that changed no row, of what was last read in `state`.

    Read where the step begins, and gone since: another request was faster. Else it was decided before this was asked.
    """
    if state in was:
        return Conflict("stale_version", detail="another request made the step first")
    return Conflict("decided_already", detail="it is not open any more")

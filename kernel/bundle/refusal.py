"""The one error of an install that does not happen; its fixed text says which check ended it."""

from kernel.errors import Invalid


def refused(detail: str) -> Invalid:
    """Invalid `bundle_refused`; `detail` is a literal of the caller, never data from outside."""
    return Invalid("bundle_refused", detail=detail)

"""One thing that the demo shows to the verifier, with what was planted in it and what must come out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

SpecimenKind = Literal["pass-paper", "pass-holder", "pair", "live", "live-frames", "foreign"]
LEVELS: Final[dict[SpecimenKind, Literal["L", "M"]]] = {
    "pass-paper": "M",
    "pass-holder": "M",
    "pair": "L",
    "live": "L",
    "live-frames": "M",
    "foreign": "M",
}
"""Error correction on screens (FORMAT 8.4): nothing scratches a screen, so what is long is shown at L."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Specimen:
    """`texts` are what the symbols hold (several for frames), `document` the JSON behind them (None for foreign ones).

    `at` is the time it is judged at, `challenge` the verifier's question with its age in seconds where there was one.
    """

    name: str
    kind: SpecimenKind
    texts: tuple[str, ...]
    whole: str
    document: Any
    at: datetime
    planted: str | None = None
    expected: str = "valid"
    expected_reasons: tuple[str, ...] = ()
    challenge: str | None = None

    def picture_names(self) -> tuple[str, ...]:
        """File names without ending: one, or numbered where there are frames."""
        if len(self.texts) == 1:
            return (self.name,)
        return tuple(f"{self.name}-{number}" for number in range(1, len(self.texts) + 1))

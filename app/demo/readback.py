"""Every symbol is read back from its picture by two readers and judged with the bundle alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from app.demo.second_reader import read_again
from app.demo.specimen import LEVELS, Specimen
from app.picture_child import read
from kernel.bundle.install import install
from kernel.bundle.installed import InstalledBundle
from kernel.encoding import base45_decode
from kernel.verify import MemorySeen, judge
from schemas.verification import Report, Session

_ASKED_BEFORE: Final = timedelta(seconds=20)
_PREFIX: Final = 5
_PIXELS: Final = 4_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A specimen with what came out. `faults` is empty where all is as planted."""

    specimen: Specimen
    report: Report
    version: int
    faults: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The line of report.json."""
        one = self.specimen
        size = len(base45_decode(one.whole[_PREFIX:])) if one.kind != "foreign" else len(one.whole)
        return {
            "name": one.name,
            "kind": one.kind,
            "planted": one.planted,
            "file": f"qr/{one.picture_names()[0]}.png",
            "at": one.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "challenge": one.challenge,
            "expected": one.expected,
            "expectedReasons": list(one.expected_reasons),
            "verdict": self.report.verdict,
            "reasons": list(self.report.reasons),
            "version": self.version,
            "level": LEVELS[one.kind],
            "chars": len(one.whole),
            "bytes": size,
        }


def read_back(out: Path, specimen: Specimen, bundle: InstalledBundle, version: int) -> Judged:
    """Read the pictures twice, judge what the first reader saw, compare with what was planted."""
    faults: list[str] = []
    texts: list[str] = []
    for wanted, name in zip(specimen.texts, specimen.picture_names(), strict=True):
        seen, wrong = look(out / "qr", name, wanted)
        texts += seen
        faults += wrong
    report = judge(
        tuple(texts),
        bundle=bundle,
        now=specimen.at,
        floor=None,
        session=_session(specimen),
        seen=MemorySeen(),
    )
    told = (report.verdict, report.reasons)
    if told != (specimen.expected, specimen.expected_reasons):
        faults.append(f"{specimen.name}: {told} instead of {(specimen.expected, specimen.expected_reasons)}")
    return Judged(specimen=specimen, report=report, version=version, faults=tuple(faults))


def look(folder: Path, name: str, wanted: str) -> tuple[Sequence[str], list[str]]:
    """What the first reader sees in a picture, and the faults where either does not see the one text that is wanted."""
    png = (folder / f"{name}.png").read_bytes()
    seen = read(png, _PIXELS)  # our own picture: no child process is needed to guard us from it
    right = {"first": tuple(seen) == (wanted,), "second": read_again(png) == wanted}
    return seen, [
        f"{name}: the {reader} reader read something else" for reader, is_right in right.items() if not is_right
    ]


def _session(specimen: Specimen) -> Session | None:
    if specimen.challenge in {None, "0"}:
        return None
    return Session(challenge=str(specimen.challenge), domain=None, issued_at=specimen.at - _ASKED_BEFORE)


def install_alone(out: Path, now: Any) -> InstalledBundle:
    """The bundle as a stranger would install it: from the one file, under the pinned root."""
    return install((out / "bundle.puente").read_bytes(), trusted_root=(out / "root.json").read_bytes(), now=now)


def faults_of(judged: Sequence[Judged]) -> list[str]:
    """All faults."""
    return [fault for one in judged for fault in one.faults]

"""The verifier's promises: judge whatever came, ask a holder, keep nothing. The judging itself is `kernel/verify/`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from kernel.bundle.installed import InstalledBundle
from kernel.ports import Clock, Picture, Random
from kernel.verify import Seen, judge, unread
from schemas.question import CHALLENGE_LENGTH, CROCKFORD, PROFILES, REQUEST, Ask, Question
from schemas.verification import Report, Session
from verifier.reading import Asked
from verifier.store import VerifierStore

LIFE: Final = timedelta(seconds=120)
KEEP: Final = timedelta(hours=1)
_NOBODYS: Final = Session(challenge="", domain=None, issued_at=datetime(1970, 1, 1, tzinfo=UTC))
"""A question that no answer fits: V24 gives `challenge_mismatch`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verifier:
    """One verifier: the installed bundle, the stored time floor (V2), the replay cache (V25)."""

    store: VerifierStore
    clock: Clock
    random: Random
    picture: Picture
    bundle: InstalledBundle | None
    floor: datetime | None
    seen: Seen

    def answer(self, asked: Asked) -> Report:
        """A report on what was sent, whatever it is.

        Raises Malformed `picture_unreadable` for bytes that are no picture: a request that is none.
        """
        raw, now = asked.raw, self.clock.now()
        if asked.is_photo and isinstance(raw, bytes):
            raw = self.picture.texts(raw)
            if not raw:
                return unread("picture_unreadable", bundle=self.bundle, now=now)
        session = None if asked.challenge is None else self._session(asked.challenge)
        return judge(raw, bundle=self.bundle, now=now, floor=self.floor, session=session, seen=self.seen)

    def ask(self, ask: Ask) -> Question:
        """A new open question: eight letters, single use, 120 s (TRUST section 9)."""
        now = self.clock.now()
        letters = letters_of(self.random(CHALLENGE_LENGTH * 5 // 8))
        self.store.forget_before(now - KEEP)
        self.store.keep(Session(challenge=letters, domain=ask.name, issued_at=now))
        return Question(
            challenge=letters,
            domain=ask.name,
            expires_at=now + LIFE,
            request=f"{REQUEST}{PROFILES[ask.profile]}{letters}.{ask.name}",
        )

    def _session(self, challenge: str) -> Session:
        """The question, used up. Letters that nobody asked, or that were answered before, are nobody's question."""
        return self.store.take(challenge) or _NOBODYS


def letters_of(drawn: bytes) -> str:
    """40 bits as eight letters."""
    number = int.from_bytes(drawn)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(5 * (CHALLENGE_LENGTH - 1), -1, -5))

"""What a house does each time it publishes: erase what it promised to keep only so long (TRUST section 14).

How long each thing is kept, and what erasing it leaves, is for those to say who keep it.
"""

from app.db import transaction
from app.provide import World
from issuer.batches.service import Batches
from issuer.disputes.service import Disputes
from kit import once


def erase_old(world: World) -> None:
    """Sources of batches, words of disputes, answers to requests whose time is over."""
    with world.doors()[Batches]() as opened:
        opened.forget_old()
    with world.doors()[Disputes]() as opened:
        opened.forget_old()
    with transaction(world.engine) as session:
        once.forget_old(session, world.clock.now())

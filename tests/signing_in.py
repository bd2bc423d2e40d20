"""Somebody who signed in and has just shown her passkey, without walking through it: that walk is `tests/staff`'s."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine

from app.db import transaction
from schemas.access import Role
from staff.routes import COOKIE
from staff.sessions import digest
from staff.tables import PersonRow, SessionRow


def signed_in(
    engine: Engine, now: datetime, person: str, roles: Collection[Role], *, issuer: str | None, centre: str | None
) -> dict[str, str]:
    """The headers of a session, as our pages send them; the same person's is the same one, seen again."""
    id_ = digest(person)[:22]
    row = PersonRow(
        id=id_, person=person, roles=",".join(roles), issuer=issuer, centre=centre, invited=now, enrolled=now
    )
    session = SessionRow(id=id_, token=digest(f"{id_}-cookie"), person=id_, began=now, seen=now, stepped=now)
    with transaction(engine) as opened:
        if opened.get(PersonRow, id_) is None:
            opened.add(row)
            opened.flush()
        opened.merge(session)
    return {"Cookie": f"{COOKIE}={id_}-cookie", "X-Puente": "1", "Sec-Fetch-Site": "same-origin"}

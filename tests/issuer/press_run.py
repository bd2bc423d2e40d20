"""A process that issues a batch and can be killed at any point: `python -m tests.issuer.press_run URL CHUNK`.

It goes on with what an earlier one left behind. After each sealed chunk it writes the row numbers to its output,
which is the acknowledgement that the parent holds against the database.
"""

import sys

from app.db import open_engine
from issuer.desk import Desk
from schemas.identifiers import DidUrl, KeyId
from tests.issuer.world import SETUP, House


class Telling(Desk):
    """A desk that says what it has sealed, after the door has committed."""

    def seal(self, first: int) -> int:
        sealed = super().seal(first)
        sys.stdout.write(f"{first} {sealed}\n")
        sys.stdout.flush()
        return sealed


def main() -> None:
    house = House(open_engine(sys.argv[1]), chunk=int(sys.argv[2]))
    house.keys.methods.update({KeyId("norma/k1"): SETUP.method, KeyId("norma/secrets"): DidUrl(f"{SETUP.did}#secrets")})
    Telling(**house.doors, chunk=house.chunk).resume()


if __name__ == "__main__":
    main()

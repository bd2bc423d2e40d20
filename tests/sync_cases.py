"""The shared cases of coming in to a vault's copy: what a device signs, and how the list names it.

`python -m tests.sync_cases` writes tests/vectors/wallet/sync.json, the same in every run. What is right is said by
`wallet/sync/entry.py`; that the server takes it, by `tests/journeys/test_two_phones.py`.
"""

from collections.abc import Iterator
from typing import Any

from kernel.encoding import base64url_encode
from tests.fakes import SeededRandom
from tests.presenting_cases import write
from tests.wallet.sync_world import phone


def _entries() -> Iterator[dict[str, Any]]:
    for number, person in ((1, "ana"), (2, "ana"), (1, "beto"), (1, "zoë")):
        device = phone(number, of=person)
        challenge = base64url_encode(SeededRandom(f"challenge {number} {person}")(32))
        yield {
            "vaultKey": device.vault_key.hex(),
            "message": device.entry(challenge).message().hex(),
            "name": device.name,
            "body": device.body(challenge),
        }


def sync() -> dict[str, Any]:
    """All cases, as they stand in the file."""
    return {"entries": list(_entries())}


if __name__ == "__main__":
    write("sync", sync())

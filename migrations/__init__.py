"""The database's revisions, and the tables of all stories that they must agree with. Running them is `apply.py`'s."""

from typing import Any

from sqlalchemy import MetaData
from sqlmodel import SQLModel

import issuer.amending.tables
import issuer.batches.tables
import issuer.bulk_acts.tables
import issuer.disputes.tables
import issuer.mending.tables
import issuer.papers.tables
import issuer.pickups.tables
import issuer.reissues.tables
import issuer.status.tables
import issuer.superseding.tables
import issuer.tables
import issuer.webhooks.tables
import kit.api_keys
import kit.once
import kit.pace
import registry.tables
import staff.tables
import verifier.tables
import wallet.sync.tables
import wallet.tables

ROOMS = (
    kit.api_keys,
    issuer.batches.tables,
    issuer.disputes.tables,
    issuer.mending.tables,
    issuer.pickups.tables,
    issuer.reissues.tables,
    issuer.status.tables,
    issuer.superseding.tables,
    issuer.tables,
    issuer.webhooks.tables,
    kit.once,
    kit.pace,
    registry.tables,
    staff.tables,
    verifier.tables,
    wallet.sync.tables,
    wallet.tables,
)
"""Importing them is what fills the metadata; a new story's tables get a line here."""

_PREFIXES = ("issuer_", "kit_", "registry_", "staff_", "verifier_", "wallet_")


def metadata() -> MetaData:
    """The tables as the stories draw them."""
    return SQLModel.metadata


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a thing of the database is a story's; a table that only a test draws is not."""
    return kind != "table" or (name is not None and name.startswith(_PREFIXES))

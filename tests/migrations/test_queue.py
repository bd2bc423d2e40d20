"""The queue's schema is the library's, so a release of it that changes the schema is seen here and gets a revision."""

import hashlib

from procrastinate.schema import SchemaManager

SCHEMA = "c70ec4b400a60ad9592787653aae5ae77ae41bf801d56b5bd2712751a07f2009"


def test_the_queues_schema_is_the_one_that_the_revision_was_written_for() -> None:
    assert hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest() == SCHEMA

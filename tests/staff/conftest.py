"""The founded world of the journeys, for people who come in."""

from tests.journeys.conftest import founded_postgres, founded_sqlite, place, plain

__all__ = ["founded_postgres", "founded_sqlite", "place", "plain"]

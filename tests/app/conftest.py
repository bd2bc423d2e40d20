"""The founded world of the journeys, for tests of the app around the stories."""

from tests.journeys.conftest import founded_sqlite, plain

__all__ = ["founded_sqlite", "plain"]

"""The database's revisions, read by hand; they import no model."""

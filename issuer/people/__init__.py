"""People: who was given what, found by those who serve them, and one person's file."""

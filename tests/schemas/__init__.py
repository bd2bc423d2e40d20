"""The mirror of schemas."""

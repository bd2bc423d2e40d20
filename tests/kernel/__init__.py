"""The mirror of the house."""

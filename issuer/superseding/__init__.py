"""Superseding: a row and its copies take the places of another row and its copies, which are revoked."""

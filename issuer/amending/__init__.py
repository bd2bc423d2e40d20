"""Amending: a misspelt name is corrected without a dispute, by a new credential in the place of the old one."""

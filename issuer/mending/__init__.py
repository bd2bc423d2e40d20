"""Mending: a corrected file for a batch issues just the rows that were in error, by two people like any other."""

"""Reissues: who lost everything proves in person who she is, and her row is given to a new key (DOMAIN P7)."""

"""Auditing: the lines of the audit chain, read by who audits; writing and proving it is `issuer/audit.py`'s."""

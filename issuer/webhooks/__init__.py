"""Webhooks: an issuer's own systems are told what happened, by ids alone."""

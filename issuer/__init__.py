"""The issuer's story: cohorts, batches, credentials, status."""

"""The issuer's tests."""

"""The trust registry's story: issuers, scopes, keys, and the signed bundle."""

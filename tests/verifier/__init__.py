"""The verifier's story."""

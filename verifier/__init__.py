"""The verifier's story: asks and judges; keeps open challenges, never a report."""

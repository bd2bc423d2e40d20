"""Data Integrity proofs: what a cryptosuite is, the suites, their registry, and the two verbs add and check."""

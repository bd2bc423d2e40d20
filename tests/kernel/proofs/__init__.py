"""The mirror of kernel/proofs."""

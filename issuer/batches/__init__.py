"""Batches: a cohort or a list of rows, prepared by one person and released by another."""

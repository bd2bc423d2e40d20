"""Figures: what a director sees of an issuer, counted and rounded; nobody can be picked out."""

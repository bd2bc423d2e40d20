"""Figures: what an administrator or analyst sees of an issuer, counted and rounded; nobody can be picked out."""

"""The main job on demo data: cohorts become QR credentials, cards and a bundle; all are read back."""

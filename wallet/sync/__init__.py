"""Sync: sealed blobs and one manifest of a vault, kept for the holder's own devices; nothing here can open them."""

"""The holder's story: keys, vault, receiving and presenting."""

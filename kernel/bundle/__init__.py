"""The trust bundle: install it step by step (TUF), then answer from it; pure. Building one is `registry/build.py`'s."""

"""The mirror of the house: tests/kernel/test_codec.py tests kernel/codec.py, one to one."""

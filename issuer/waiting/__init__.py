"""Waiting: how much work waits for whoever asks, by kind; the work itself is the other rooms'."""

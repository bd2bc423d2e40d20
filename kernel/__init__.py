"""The verbs: pure functions over the words. What is outside (time, keys, randomness, network, storage) is an argument."""

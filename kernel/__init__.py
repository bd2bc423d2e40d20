"""The verbs: pure functions over the words. What is outside (time, keys, network, storage) is an argument."""

"""The world: settings, database, clock, keys, network, wiring, command line."""

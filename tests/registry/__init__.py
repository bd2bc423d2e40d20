"""The registry: its rules, rows, routes, and the bundles it publishes."""

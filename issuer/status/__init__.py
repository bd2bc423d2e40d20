"""Status: suspend, lift, revoke; propose and approve; publish the lists and the log's checkpoint."""

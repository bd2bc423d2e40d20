"""People of the house: how they are invited, come in and go; their passkeys, sessions and keys. No credential here."""

"""Names as new-types, so that a string is never just a string. Checking their form is the kernel's."""

from typing import NewType

Did = NewType("Did", str)
"""A decentralized identifier, as text (`did:web:…`, `did:key:…`)."""
DidUrl = NewType("DidUrl", str)
"""A DID with a fragment that names a verification method."""
Url = NewType("Url", str)
"""An absolute https URL."""
KeyId = NewType("KeyId", str)
"""The name of a private key in a key store; never the key."""
CredentialId = NewType("CredentialId", str)
"""128 random bits as base64url; the issuer's own name for a row, not part of a pass."""
BatchId = NewType("BatchId", str)
"""128 random bits as base64url."""

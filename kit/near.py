"""From which network a request comes, as far as paces need it. No address is kept or logged: a hash names a bucket."""

import ipaddress
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request

from kernel.encoding import base64url_encode


def network_of(address: str) -> str:
    """The hash of an address's /24 or /56: who has one address there has them all; no address stands for itself."""
    try:
        found = ipaddress.ip_address(address)
        net = str(ipaddress.ip_network((found, 24 if found.version == 4 else 56), strict=False))
    except ValueError:
        net = address
    return base64url_encode(sha256(net.encode()).digest())


def _near(request: Request) -> str:
    return network_of("" if request.client is None else request.client.host)


Near = Annotated[str, Depends(_near)]
"""A route's argument: the network that asks."""

"""Publish: every issuer's status lists, the registry's next bundle around them, and the files that are served.

The stories do not know each other; here their words are handed on. Files are written whole, what names others last.
"""

from pathlib import Path

from app.files import is_so, put_all
from app.hourly import tell_logs
from app.provide import World
from issuer.service import Issuer
from issuer.status.service import PublishedList as IssuersList
from issuer.status.service import Status
from registry.build import Published, PublishedList, lay_out
from registry.publishing import Publisher
from registry.service import Registry

ROOT = "root.json"


def publish(world: World) -> Published:
    """The next bundle, signed and on disk. Raises Conflict, Unavailable; then the former files stay."""
    doors = world.doors()
    lists: dict[str, tuple[PublishedList, ...]] = {}
    log: dict[str, str] = {}
    with doors[Issuer]() as opened:
        issuers = opened.ledger.issuers()
    for issuer in issuers:
        with doors[Registry]() as opened:
            approved = opened.approved_lists(issuer)
        with doors[Status]() as opened:
            opened.set_out(issuer, approved=approved)
        with doors[Status]() as opened:
            publication = opened.publish(issuer)
        lists[issuer] = tuple(_handed_on(one) for one in publication.lists)
        if publication.checkpoint is not None:
            log[issuer] = publication.checkpoint
    with doors[Publisher]() as opened:
        made: Published = opened.publish(lists, log=log)
    write_files(world.settings.data, made)
    tell_logs(world)
    return made


def _handed_on(one: IssuersList) -> PublishedList:
    return PublishedList(
        number=one.number,
        url=one.url,
        purpose=one.purpose,
        bits=one.bits,
        canaries_set=one.canaries_set,
        canaries_clear=one.canaries_clear,
    )


def write_files(data: Path, made: Published) -> None:
    """Lay the public files out in the data folder, in the order that names nothing before it is there."""
    files = [(data / name, raw) for name, raw in lay_out(made).items()]
    # The first root stays the pinned one; later ones follow by the chain.
    pinned = data / ROOT
    put_all([(path, raw) for path, raw in files if not is_so(path, raw) and not (path == pinned and path.exists())])

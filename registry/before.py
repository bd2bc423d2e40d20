"""What was published before, read back out of the bundle: each issuer's lists as they went out last, and how old.

Whether they may go out again, or what must not fall below them, is `publishing.py`'s.
"""

from kernel.bundle.chain import read_targets
from kernel.bundle.install import LIST
from kernel.bundle.layout import place
from kernel.bundle.metadata import as_count, as_list, as_object, as_text, read_metadata
from registry.build import Published, PublishedList, StatusPart
from registry.roles import STATUS
from schemas import bounds
from schemas.identifiers import Url


def parts(former: Published | None) -> dict[str, StatusPart]:
    """Issuer id -> what its status role said; none before the first bundle. Raises Invalid `bundle_refused`."""
    if former is None:
        return {}
    return {issuer: _part(former, issuer, version) for issuer, version in former.versions.status.items()}


def _part(former: Published, issuer: str, version: int) -> StatusPart:
    role = f"{STATUS}{issuer}"
    raw = former.files[f"metadata/{version}.{role}.json"]
    metadata = read_metadata(raw, kind="targets", bound=bounds.TUF_TARGETS)
    lists = []
    for path, target in read_targets(metadata, role).items():
        if LIST not in target.custom:
            continue
        told = as_object(target.custom[LIST])
        canaries = as_object(told.get("canaries"))
        lists.append(
            PublishedList(
                number=int(path.rpartition("/")[2].removesuffix(".bits")),
                url=Url(as_text(told.get("url"))),
                purpose=as_text(told.get("purpose")),
                bits=former.files[place(path, target.digest)],
                canaries_set=tuple(map(as_count, as_list(canaries.get("set")))),
                canaries_clear=tuple(map(as_count, as_list(canaries.get("clear")))),
                epoch=as_count(told.get("epoch")),
            )
        )
    return StatusPart(lists=tuple(lists), signed=metadata.signed_at)

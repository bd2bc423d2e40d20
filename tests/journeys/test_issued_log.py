"""Promise: what was issued stands in a public log, and a holder gets the proof of it for her pass."""

import hashlib
import shutil
from base64 import b64encode

from app.log_files import CHECKPOINT, FOLDER, published
from kernel import issued_log, log_tiles
from kernel.encoding import multibase_decode
from kernel.errors import Conflict, Unavailable
from tests.issuer.test_disputes import code_of
from tests.journeys.world import Place

ORIGIN = "did:web:formacion.demo.puente.example/log"


def proof(place: Place, name: str, **params: int) -> issued_log.LogProof:
    answer = place.client.get(f"/v1/issuer/credentials/{name}/log-proof", params=params)
    assert answer.status_code == 200, answer.text
    return issued_log.read_proof(answer.text)


def checkpoint(place: Place) -> issued_log.Checkpoint:
    note = place.client.get("/bundle/log/formacion/checkpoint").text
    public = place.world.keys.signer("formacion/k1").public  # type: ignore[arg-type]  # a key's name
    return issued_log.read_checkpoint(note, origin=ORIGIN, keys={"did:web:formacion.demo.puente.example#k1": public})


def test_a_pass_stands_in_the_published_log(place: Place) -> None:
    name = place.numbered(1)
    path = f"/v1/issuer/credentials/{name}/log-proof"
    assert place.client.get(path).status_code == 200, "the log is told at the batch's end"
    place.publish()
    made, point = proof(place, name), checkpoint(place)
    document = place.good("GET", f"/v1/issuer/credentials/{name}", "oscar")
    signature = multibase_decode(document["proof"]["proofValue"], limit=89)
    assert made.signature_hash == hashlib.sha256(signature).digest()
    assert made.index == int(document["credentialStatus"][0]["statusListIndex"])
    issued_log.check_path(made.leaf(), index=made.leaf_index, size=point.size, path=made.path, root=point.root)

    def read(tile: str) -> bytes | None:
        answer = place.client.get(f"/bundle/log/formacion/{tile}")
        return answer.content if answer.status_code == 200 else None

    assert log_tiles.tree_root(read, size=point.size) == point.root


def test_a_proof_of_a_former_checkpoint_is_still_to_be_had(place: Place) -> None:
    name = place.numbered(1)
    place.publish()
    first = checkpoint(place)
    place.numbered(2)
    place.publish()
    assert checkpoint(place).size == first.size + 2, "a pass and its twin"
    made = proof(place, name, size=first.size)
    issued_log.check_path(made.leaf(), index=made.leaf_index, size=first.size, path=made.path, root=first.root)
    assert place.client.get(f"/v1/issuer/credentials/{name}/log-proof", params={"size": 99}).status_code == 404
    assert place.client.get(f"/v1/issuer/credentials/{'A' * 22}/log-proof").status_code == 404


def test_files_that_were_lost_are_laid_out_again(place: Place) -> None:
    name = place.numbered(1)
    place.publish()
    shutil.rmtree(place.folder / "log" / "formacion" / "tile")
    place.numbered(2)
    place.publish()
    assert proof(place, name).size == checkpoint(place).size


def test_a_tile_that_was_damaged_is_laid_out_again(place: Place) -> None:
    """At the right edge, where new leaves are put beside it: this is no fork, since the leaves are what they were."""
    name = place.numbered(1)
    place.publish()
    (edge,) = (place.folder / FOLDER / "formacion" / "tile" / "0").rglob("*.p/*")
    edge.write_bytes(edge.read_bytes()[:-1] + b"\0")
    place.numbered(2)
    place.publish()
    point, made = checkpoint(place), proof(place, name)
    issued_log.check_path(made.leaf(), index=made.leaf_index, size=point.size, path=made.path, root=point.root)


def test_nothing_but_the_log_is_served_there(place: Place) -> None:
    place.publish()
    for name in ("%2e%2e/puente.db", "formacion/%2e%2e/%2e%2e/root.json", "formacion/tile/0/000.p/1/x", "formacion/x"):
        assert place.client.get(f"/bundle/log/{name}").status_code == 404


def test_no_checkpoint_takes_the_place_of_one_with_other_leaves(place: Place) -> None:
    """Two signed logs of one size would be a fork, and the house would not have the first any more."""
    place.numbered(1)
    point = place.folder / FOLDER / "formacion" / CHECKPOINT
    note, size = point.read_text(), published(point)
    origin, *_ = note.split("\n")
    broken, behind = (Conflict, "record_broken"), (Unavailable, "database_went_back")
    for told, (fault, code) in ((size, broken), (size + 2, behind), (size - 1, broken)):
        other = f"{origin}\n{told}\n{b64encode(bytes(32)).decode()}\n\n-\n"
        point.write_text(other)
        assert code_of(fault, place.world.tell_log, "formacion") == code
        assert point.read_text() == other
    point.write_text(note)
    place.numbered(2)
    assert published(point) == size + 2

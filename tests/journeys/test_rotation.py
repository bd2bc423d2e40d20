"""Promise: an issuer's key takes another's place; old passes stay valid, and each key signs in its own time only."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from app.provide import World
from app.rotation import Step, rotate
from issuer.batches.service import Batches
from issuer.service import Issuer
from kernel.access import Principal
from kernel.errors import Conflict, Unavailable
from registry.service import Registry
from schemas.registration import Change, SetKeyState
from tests.journeys.papers import cohort, row
from tests.journeys.world import Place

MARTA = Principal(person="marta", roles=frozenset({"approver"}), issuer="formacion")
IRENE = Principal(person="irene", roles=frozenset({"issuer_admin"}), issuer="formacion")
KEEPERS = tuple(Principal(person=name, roles=frozenset({"keeper"})) for name in ("camilo", "nelly"))
OLD, NEW = (f"did:web:formacion.demo.puente.example#k{n}" for n in (1, 2))


def step(world: World) -> Step:
    """One step, and the keepers' yes where it needs one."""
    made = rotate(world, "formacion", by=IRENE)
    if made.change is not None:
        for keeper in KEEPERS:
            with world.doors()[Registry]() as registry:
                registry.approve(made.change, by=keeper)
    return made


def agreed(world: World, change: Change) -> None:
    with world.doors()[Registry]() as registry:
        made = registry.propose(change, by=KEEPERS[0])
    with world.doors()[Registry]() as registry:
        registry.approve(made.id, by=KEEPERS[1])


def signed_by(place: Place, name: str) -> str:
    with place.world.doors()[Issuer]() as issuer:
        n = issuer.secrets("formacion").number(name)
        return str(issuer.credential(n)["proof"]["verificationMethod"])


def test_a_key_takes_anothers_place_and_old_passes_stay_valid(place: Place) -> None:
    first = place.numbered(1)
    assert [step(place.world).name for _ in range(2)] == ["announce", "activate"]
    place.publish()
    between = place.numbered(2)
    assert step(place.world).name == "take"
    second = place.numbered(3)
    assert [signed_by(place, name) for name in (first, between, second)] == [OLD, OLD, NEW]
    made = step(place.world)
    assert (made.name, made.method) == ("retire", OLD)
    place.publish()
    for name in (first, between, second):
        assert place.judged(place.text(name))["verdict"] == "valid"


def test_a_batch_of_before_the_new_keys_first_day_is_finished_by_the_old_one(place: Place) -> None:
    batch = place.check(cohort(row(number=f"{9:012d}")))
    place.good("POST", f"/v1/issuer/batches/{batch['id']}/proposal", "oscar")
    with place.world.doors()[Batches]() as batches:  # released, and nobody has begun with it
        batches.release(batch["id"], by=MARTA, digest=batch["digest"], accept_errors=True)
    place.clock.tick(60)
    assert [step(place.world).name for _ in range(2)] == ["announce", "activate"]
    with pytest.raises(Conflict):
        step(place.world)
    place.world.desk.run(batch["id"])
    assert step(place.world).name == "take"
    (name,) = place.names(batch)
    assert signed_by(place, name) == OLD


def test_an_announced_key_waits_for_its_day_and_signs_nothing(place: Place) -> None:
    world = replace(place.world, settings=place.world.settings.model_copy(update={"announced_days": 14}))
    assert step(world).name == "announce"
    assert step(world).name == "wait"
    with world.doors()[Issuer]() as issuer, pytest.raises(Unavailable) as caught:
        issuer.take_key("formacion", NEW, bytes(32))
    assert caught.value.code == "key_not_in_force"


def test_the_two_overlap_for_thirty_days_at_the_most(place: Place) -> None:
    step(place.world)
    step(place.world)
    with place.world.doors()[Registry]() as registry:
        old, new = registry.keys_of("formacion")
        assert old.not_after == place.clock.now() + timedelta(days=30)
        assert new.not_after is not None
        for at, method in ((old.not_after + timedelta(seconds=1), OLD), (new.not_after + timedelta(seconds=1), NEW)):
            with pytest.raises(Unavailable):
                registry.require_signing(method, at)


def test_what_waits_for_keepers_is_said_and_proposed_once(place: Place) -> None:
    made = rotate(place.world, "formacion", by=IRENE)
    again = rotate(place.world, "formacion", by=IRENE)
    assert again == replace(made, name="keepers", until=None)


def test_a_suspended_key_signs_nothing_and_what_waits_is_not_lost(place: Place) -> None:
    batch = place.check(cohort(row(number=f"{9:012d}")))
    with place.world.doors()[Registry]() as registry:
        registry.suspend(OLD, by=IRENE)
    with suppress(RuntimeError, Unavailable):  # the test client tells what ended after the answer, a worker at once
        place.release(batch)
    assert place.world.desk.resume() == 0
    assert place.names(batch) == []
    place.publish()
    for state in ("suspended", "active"):
        agreed(place.world, SetKeyState.model_validate({"id": OLD, "state": state}))
    assert place.world.desk.resume() == 1
    assert len(place.names(batch)) == 1

"""HTTP face of people: what is looked for comes in a body, and a person is named by a keyed hash, never by a value."""

from typing import Annotated

from fastapi import APIRouter, Response

from issuer.people.service import Persons
from kernel.access import Principal
from kit.answers import NO_STORE
from kit.caller import caller
from kit.door import door
from schemas.counter import NamesAsked, PeopleNamed, PeoplePage, PersonFile, SearchRequest
from schemas.problem import answers

router = APIRouter()

Opened = Annotated[Persons, door(Persons)]
Reading = Annotated[Principal, caller("credential", "read")]


@router.post("/searches", summary="Who has a credential", responses=answers(401, 403, 404, 422, 429, 503))
def search(asked: SearchRequest, by: Reading, people: Opened, response: Response) -> PeoplePage:
    """Own centre only; every word must fit. Each search is told in the audit chain, without its text."""
    response.headers.update(NO_STORE)
    return people.search(asked, by=by)


@router.post("/people", summary="Whose credentials these are", responses=answers(401, 403, 422, 429, 503))
def named(asked: NamesAsked, by: Reading, people: Opened, response: Response) -> PeopleNamed:
    """Own centre only. A POST, as a person's file is: that she was told who they are is told in the audit chain."""
    response.headers.update(NO_STORE)
    return people.named(asked.credentials, by=by)


@router.post("/people/{person}", summary="One person's file", responses=answers(401, 403, 404, 422, 429, 503))
def look(person: str, by: Reading, people: Opened, response: Response) -> PersonFile:
    """Credentials, acts, disputes, offers and reissues. A POST, because who reads it is told in the audit chain."""
    response.headers.update(NO_STORE)
    return people.look(person, by=by)

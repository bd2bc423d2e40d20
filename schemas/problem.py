"""Problem details as they travel (RFC 9457), with our code, pointer and step. Making one is `app/problems.py`'s."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong, what was kept and what to do; never a value that came from outside.

    `title` and `detail` are for a person, in her language; `technical` is for who builds against the API (0043).
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "type": "https://w3id.org/puente/problems#not_found",
                "title": "No hay nada con ese nombre.",
                "status": 404,
                "code": "not_found",
                "detail": "Revise el nombre. Si es de otro centro, pídalo allá.",
                "technical": "nothing under that name that this caller may see",
                "instance": "urn:puente:request:0f8e2c",
            }
        },
    )

    type: str = Field(description="URI of the code")
    title: str = Field(description="what happened, for a person, in the language asked for (Spanish by default)")
    status: int
    code: str = Field(description="stable name, see schemas/codes.py")
    detail: str = Field(description="what to do, likewise")
    technical: str = Field(description="which case of the code it is: fixed English text for who builds against this")
    instance: str = Field(description="random name of this request, also in the log")
    pointer: str | None = Field(default=None, description="where (RFC 6901, or row and column)")
    step: str | None = Field(default=None, description="the verifier's step")


def pointer_of(faults: Sequence[Mapping[str, Any]]) -> str:
    """Where a model found its first fault, never what: a value may be personal, and so may an unknown name."""
    if not faults:
        return "/"
    places = faults[0]["loc"]
    if faults[0]["type"] == "extra_forbidden":
        places = places[:-1]
    return "/" + "/".join(str(place) for place in places)


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI `responses` for problems of these statuses."""
    return {
        status: {"model": Problem, "content": {MEDIA_TYPE: {}}, "description": WORDS.get(status, "Problem")}
        for status in statuses
    }


WORDS = {
    400: "The request is not one",
    401: "A person has to sign in at the console, or a system to send an API key that is in force",
    403: "The caller may not do this",
    404: "Nothing under that name",
    405: "The method is not for this path",
    409: "True once, or changed since",
    413: "The body is over its bound",
    415: "That media type is not read here",
    422: "What came is not what the specification or the policy allows",
    429: "Too many requests",
    500: "Something failed on our side",
    503: "A part that is needed did not answer",
}

"""What no text may hold is refused before it is read as JSON."""

import pytest
from starlette.exceptions import HTTPException

from app.limits import _require_text


@pytest.mark.parametrize(
    "body",
    [rb'"\u0000"', b'"\x00"', rb'"\ud800"', rb'"\udc00"', rb'"\ud83dx\ude00"', rb'"\ud800\ud800"', b'"\xed\xa0\x80"'],
)
def test_a_body_that_is_no_text_is_refused(body: bytes) -> None:
    with pytest.raises(HTTPException) as caught:
        _require_text(body)
    assert caught.value.status_code == 422


@pytest.mark.parametrize(
    "body", [rb'"\ud83d\ude00"', "😀 ñ".encode(), rb'"\\u0000 \" \n \u00f1"', rb'"\\\\ud800"', b""]
)
def test_other_bodies_are_read(body: bytes) -> None:
    _require_text(body)

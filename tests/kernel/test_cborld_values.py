"""Single values: the forms of FORMAT 2.5, each back to the same; what has no form is refused."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.cborld import cbor
from kernel.cborld.context import Contexts
from kernel.cborld.dictionary import Entry
from kernel.cborld.values import DATE, DATE_TIME, MULTIBASE
from kernel.errors import PuenteError
from tests.kernel.cborld_documents import INTEGERS, TEXT, TIMES, URLS
from tests.kernel.cborld_documents import MULTIBASE as MULTIBASES

CODES = "urn:example:codes"
ENTRY = Entry(
    Contexts({}),
    {
        "url": {
            "did:web:a": 1,
            "did:web:b": 254,
            "did:web:c": 255,
            "did:web:d": 65534,
            "did:web:e": 65535,
            "did:web:f": 2**32 - 2,
        },
        "none": {"yes": 7},
        CODES: {"basico": 1, "alto": 300},
        DATE: {"always": 1},
    },
)
IDS = ENTRY.plans().ids
KEY = "did:key:z6Mkiu7rcbsjBR3Ho63Vf54gB3UaSUNz6SBfdgaLST6NBcZ6"
RAW = "5822ed01420e96d0db07c405ab4cc718cb4c5b6aa669413a50bc7f680746ca318a4c0931"


def item(raw: bytes) -> Any:
    found, end = cbor.item(raw, 0, 1, [500])
    assert end == len(raw)
    return found


def read(kind: str, raw: bytes) -> Any:
    found = item(raw)
    codec = ENTRY.codec(kind)
    return codec.read_array(found) if isinstance(found, list) else codec.read(found, IDS)


@pytest.mark.parametrize(
    ("kind", "value", "hexed"),
    [
        ("url", "did:web:a", "4101"),
        ("url", "did:web:b", "41fe"),
        ("url", "did:web:c", "4200ff"),
        ("url", "did:web:d", "42fffe"),
        ("url", "did:web:e", "440000ffff"),
        ("url", "did:web:f", "44fffffffe"),
        ("url", "@type", "02"),
        ("url", "@vocab", "1834"),
        ("url", "https://a.b/c", "820265612e622f63"),
        ("url", "http://a", "82016161"),
        ("url", "https://a:1/", "6c68747470733a2f2f613a312f"),
        ("url", "https:a", "6768747470733a61"),
        ("url", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "8203506ba7b8109dad11d180b400c04fd430c8"),
        ("url", "urn:uuid:X", "82036158"),
        ("url", "data:,a", "8204622c61"),
        ("url", "data:text/plain;base64,QQ==", "83046a746578742f706c61696e4141"),
        ("url", "data:;base64,QQ", "82046a3b6261736536342c5151"),
        ("url", KEY, "82190401" + RAW),
        ("url", f"{KEY}#{KEY[8:]}", "83190401" + RAW + RAW),
        ("url", "did:key:abc#z1", "8319040163616263" + "4100"),
        ("url", "did:key:z0", "821904016" + "27a30"),
        ("url", "did:v1:nym:z1", "821904004100"),
        ("url", "did:web:z", "696469643a7765623a7a"),
        ("url", "", "60"),
        ("none", "yes", "4107"),
        ("none", "no", "626e6f"),
        ("none", 5, "05"),
        ("none", -1, "20"),
        ("none", True, "f5"),
        ("none", None, "f6"),
        (CODES, "basico", "01"),
        (CODES, "alto", "19012c"),
        (CODES, "otro", "646f74726f"),
        (CODES, 5, "4105"),
        (CODES, 126, "417e"),
        (CODES, 127, "42007f"),
        (CODES, -128, "4180"),
        (CODES, 32767, "4400007fff"),
        (CODES, 2**31 - 1, "48000000007fffffff"),
        (CODES, False, "f4"),
        (MULTIBASE, "z11A", "447a000009"),
        (MULTIBASE, "uQQ", "427541"),
        (MULTIBASE, "MQQ==", "424d41"),
        (MULTIBASE, "uQR", "63755152"),
        (MULTIBASE, "MQQ", "634d5151"),
        (MULTIBASE, "z0", "627a30"),
        (MULTIBASE, "x", "6178"),
        (MULTIBASE, 3, "03"),
        (DATE_TIME, "2026-03-10T00:00:00Z", "1a69af5f00"),
        (DATE_TIME, "1969-12-31T23:59:59Z", "20"),
        (DATE_TIME, "1970-01-01T00:00:00.007Z", "820007"),
        (DATE_TIME, "1969-12-31T23:59:59.001Z", "822001"),
        (DATE_TIME, "0001-01-01T00:00:00Z", "3b0000000e7791f6ff"),
        (DATE_TIME, "9999-12-31T23:59:59Z", "1b0000003afff4417f"),
        (DATE_TIME, "2026-03-10T00:00:00-05:00", "7819323032362d30332d31305430303a30303a30302d30353a3030"),
        (DATE, "1970-01-02", "1a00015180"),
        (DATE, "always", "4101"),
        (DATE, "2026-02-30", "6a323032362d30322d3330"),
    ],
)
def test_a_value_has_one_form(kind: str, value: Any, hexed: str) -> None:
    assert ENTRY.codec(kind).write(value, IDS).hex() == hexed
    assert read(kind, bytes.fromhex(hexed)) == value


@pytest.mark.parametrize(
    ("kind", "hexed", "code"),
    [
        ("url", "4102", "unknown_table_value"),
        ("none", "4108", "unknown_table_value"),
        (CODES, "02", "unknown_table_value"),
        (CODES, "20", "unknown_table_value"),
        ("url", "1903e8", "unknown_term"),
        ("url", "03", "unknown_term"),
        ("url", "20", "unknown_term"),
        ("url", "43000001", "invalid_value"),
        ("url", "40", "invalid_value"),
        ("none", "480000000000000007", "invalid_value"),
        (CODES, "43000001", "invalid_value"),
        (CODES, "487fffffffffffffff", "invalid_value"),
        ("url", "f5", "invalid_value"),
        ("url", "80", "invalid_value"),
        ("url", "8101", "invalid_value"),
        ("url", "8205" + "6161", "invalid_value"),
        ("url", "820241aa", "invalid_value"),
        ("url", "8302616161" + "61", "invalid_value"),
        ("url", "82034100", "invalid_value"),
        ("url", "82f56161", "invalid_value"),
        ("url", "84190401616161616161", "invalid_value"),
        ("url", "8219040101", "invalid_value"),
        ("url", "8304" + "4141" + "4141", "invalid_value"),
        (MULTIBASE, "40", "invalid_value"),
        (MULTIBASE, "4178", "invalid_value"),
        (DATE_TIME, "4101", "invalid_value"),
        (DATE_TIME, "1b0000003afff44180", "invalid_value"),
        (DATE_TIME, "3b0000000e7791f700", "invalid_value"),
        (DATE_TIME, "8101", "invalid_value"),
        (DATE_TIME, "82001903e8", "invalid_value"),
        (DATE_TIME, "820020", "invalid_value"),
        (DATE_TIME, "8200f5", "invalid_value"),
        (DATE_TIME, "826161" + "00", "invalid_value"),
        (DATE, "4102", "unknown_table_value"),
        ("urn:example:other", "4101", "invalid_value"),
    ],
)
def test_what_stands_for_nothing_is_refused(kind: str, hexed: str, code: str) -> None:
    with pytest.raises(PuenteError) as caught:
        read(kind, bytes.fromhex(hexed))
    assert (caught.value.code, caught.value.step) == (code, "V8")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("url", 5),
        ("url", True),
        (CODES, -129),
        (CODES, 2**53 - 1),
        (DATE, 5),
        (DATE_TIME, 5),
        ("none", 1.5),
        ("none", b"x"),
        ("url", "did:key:a#b#c"),
        ("none", "\ud800"),
    ],
)
def test_what_has_no_form_is_not_written(kind: str, value: Any) -> None:
    with pytest.raises(PuenteError) as caught:
        ENTRY.codec(kind).write(value, IDS)
    assert caught.value.code == "invalid_value"


KINDS = {"url": URLS, "none": TEXT, CODES: TEXT, MULTIBASE: MULTIBASES, DATE: TIMES, DATE_TIME: TIMES}


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_what_is_written_reads_back_the_same(kind: str, data: st.DataObject) -> None:
    codec = ENTRY.codec(kind)
    value = data.draw(st.one_of(KINDS[kind], TEXT, INTEGERS, st.booleans(), st.none()))
    try:
        raw = codec.write(value, IDS)
    except PuenteError:
        return
    found = read(kind, raw)
    assert (found, type(found)) == (value, type(value))
    assert codec.is_written_so(raw, found, IDS)
    if isinstance(value, str):
        assert codec.is_text(value, IDS) == (raw == cbor.text(value))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.binary(min_size=1, max_size=90))
def test_only_what_the_writer_gives_is_called_written_so(kind: str, junk: bytes) -> None:
    codec = ENTRY.codec(kind)
    for raw in (
        junk,
        cbor.byte_string(junk),
        cbor.byte_string(b"z" + junk[:64].rjust(64, b"\0")),
        bytes.fromhex("82190401") + cbor.byte_string(junk),
    ):
        try:
            found = item(raw)
            value = codec.read_array(found) if isinstance(found, list) else codec.read(found, IDS)
        except (PuenteError, IndexError, UnicodeDecodeError, AssertionError):
            continue
        try:
            again = codec.write(value, IDS)
        except PuenteError:
            again = b""
        try:
            said = codec.is_written_so(raw, value, IDS)
        except PuenteError:
            said = False
        assert said == (again == raw)

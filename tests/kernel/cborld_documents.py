"""Documents for the tests of CBOR-LD: the vectors' dictionary, one that never takes the short way, and strategies."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kernel.cborld import Dictionary, read_dictionary
from kernel.cborld.shapes import Document, Shape, Shapes
from schemas.json import JsonObject

FOLDER = Path(__file__).resolve().parent.parent / "vectors" / "format"
ENTRY = 5799
CONTEXTS: Any = json.loads((FOLDER / "contexts.json").read_text(encoding="utf-8"))
TABLES: Any = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))
VECTORS: list[Any] = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("p0*.json"))]
VC2, V1 = "https://www.w3.org/ns/credentials/v2", "https://w3id.org/puente/v1"


class NoShapes(Shapes):
    """Knows no shape, so that everything is walked."""

    def read(self, payload: bytes) -> tuple[Shape, list[Document]] | None:
        return None

    def write(self, entry: int, parts: Sequence[JsonObject], *, alone: bool) -> bytes | None:
        return None


def fresh() -> Dictionary:
    return read_dictionary(CONTEXTS, TABLES)


def walking() -> Dictionary:
    return replace(fresh(), shapes=NoShapes())


def pass_with(subject: Any = None, **members: Any) -> dict[str, Any]:
    """A pass of the vectors with other claims or members; None takes a member out."""
    document = json.loads(json.dumps(VECTORS[0]["document"]))
    if subject is not None:
        document["credentialSubject"] = subject
    document |= members
    return {name: value for name, value in document.items() if value is not None}


TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["revocation", "0", "SENA-NSCL", "basico", "did:web:norma.example", "https://norma.example/s/1", "type", "name",
         "@id", "assertionMethod", "eddsa-jcs-2022", "", "z", "u", "M", "data:", "did:key:", "urn:uuid:", "https://"]
    ),
)  # fmt: skip
KEYS = st.binary(min_size=34, max_size=34)
URLS = st.one_of(
    TEXT,
    st.builds("https://{}/{}".format, st.text("abc.-", min_size=1, max_size=9), st.text(max_size=9)),
    st.builds("http://{}".format, st.text("abc:/", max_size=9)),
    st.uuids().map("urn:uuid:{}".format),
    st.uuids().map(lambda value: f"urn:uuid:{value}".upper().replace("URN:UUID", "urn:uuid")),
    st.builds("data:{}".format, st.text("abcd;,/:=base64", max_size=24)),
    st.builds("data:text/plain;base64,{}".format, st.text("AQgw=", max_size=8)),
    st.builds("did:key:z{}".format, st.text("123ABCabc", max_size=50)),
    st.builds("did:key:z{0}#z{0}".format, st.text("123ABCabc", max_size=50)),
    st.builds("did:v1:nym:z{}".format, st.text("123ABCabc0", max_size=20)),
    st.builds("did:key:{}#{}#{}".format, TEXT, TEXT, TEXT),
)
MULTIBASE = st.one_of(
    TEXT,
    st.builds("z{}".format, st.text("123ABCabc0", max_size=90)),
    st.builds("u{}".format, st.text("AQgw-_=", max_size=20)),
    st.builds("M{}".format, st.text("AQgw+/=", max_size=20)),
)
TIMES = st.one_of(
    TEXT,
    st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z"),
    st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z"),
    st.datetimes().map(lambda moment: moment.isoformat() + "-05:00"),
    st.sampled_from(["2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "0000-01-01T00:00:00Z"]),
)
INTEGERS = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.integers(-300, 300))
SCALARS = st.one_of(TEXT, INTEGERS, st.booleans(), st.none())


@st.composite
def subjects(draw: st.DrawFn) -> dict[str, Any]:
    """`credentialSubject`s with any members of the context, with values of their kind and of others."""
    kinds = {
        "id": URLS, "name": TEXT, "idTail": TEXT, "certificate": SCALARS, "scheme": TEXT, "level": TEXT,
        "idType": SCALARS, "country": TEXT, "permitStatus": TEXT, "norm": INTEGERS, "normVersion": SCALARS,
        "hours": INTEGERS, "birthYear": INTEGERS, "occupation": INTEGERS, "municipality": INTEGERS,
        "skills": st.lists(INTEGERS, max_size=5), "workAllowed": st.booleans(), "digestMultibase": MULTIBASE,
    }  # fmt: skip
    names = draw(st.lists(st.sampled_from(sorted(kinds)), unique=True, max_size=9))
    return {name: draw(kinds[name]) for name in names}


@st.composite
def passes(draw: st.DrawFn) -> dict[str, Any]:
    """Passes of many shapes, each of which has a form on the wire or is refused."""
    status = draw(
        st.one_of(
            st.none(),
            st.just(VECTORS[0]["document"]["credentialStatus"]),
            st.lists(
                st.fixed_dictionaries(
                    {
                        "type": st.just("BitstringStatusListEntry"),
                        "statusPurpose": TEXT,
                        "statusListIndex": st.one_of(TEXT, INTEGERS.map(str)),
                        "statusListCredential": URLS,
                    },
                    optional={"statusSize": SCALARS, "id": URLS},
                ),
                max_size=3,
            ),
        )
    )
    proof = dict(VECTORS[0]["document"]["proof"], proofValue=draw(MULTIBASE), verificationMethod=draw(URLS))
    return pass_with(
        draw(subjects()),
        issuer=draw(URLS),
        id=draw(st.one_of(st.none(), URLS)),
        validFrom=draw(st.one_of(st.none(), TIMES)),
        validUntil=draw(st.one_of(st.none(), TIMES)),
        type=["VerifiableCredential", draw(st.sampled_from(["CompetencePass", "PermitPass", "SkillPass"]))],
        credentialStatus=status,
        proof=draw(st.one_of(st.none(), st.just(proof))),
    )

"""kernel/proofs/registry.py: one name, one suite; no other name is known."""

import pytest

from kernel.errors import BadProof
from kernel.proofs import registry


def test_each_suite_stands_under_its_own_name() -> None:
    assert {name: suite.name for name, suite in registry.SUITES.items()} == {"eddsa-jcs-2022": "eddsa-jcs-2022"}
    assert registry.find("eddsa-jcs-2022") is registry.SUITES["eddsa-jcs-2022"]


@pytest.mark.parametrize("name", ["", "eddsa-rdfc-2022", "EDDSA-JCS-2022", "eddsa-jcs-2022 ", "none"])
def test_no_other_suite(name: str) -> None:
    with pytest.raises(BadProof) as caught:
        registry.find(name)
    assert caught.value.code == "wrong_cryptosuite"

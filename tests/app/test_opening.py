"""A folder that does not open says why in words of its own. What its keys say is `test_shut_keys.py`'s."""

from pathlib import Path

import pytest

from app.opening import RESTORING
from tests.app.test_cli import process


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("es", "Una recuperación quedó a medias; hasta que termine, esta casa no abre. Llame a puente doctor: dice"),
        ("en", "A restore was not ended; until it is, this house does not open. Call puente doctor: it says what ends"),
    ],
    ids=["es", "en"],
)
def test_a_house_whose_restore_was_not_ended_says_so_and_not_that_its_database_is_silent(
    tmp_path: Path, lang: str, said: str
) -> None:
    (tmp_path / RESTORING).touch()
    done = process("serve", "--data", tmp_path, "--port", "0", lang=lang)
    line, _ = done.stderr.splitlines()
    assert (done.returncode, line.startswith(f"puente: {said}"), line.split()[-1]) == (2, True, "[restore_unended]")

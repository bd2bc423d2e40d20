"""Keys that do not open: the command says which setting to mend, never the PIN. What opens: test_signing.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = "000123"
NAMES = ("PUENTE_TOKEN_LIBRARY", "PUENTE_TOKEN_LABEL", "PUENTE_TOKEN_PIN", "PUENTE_SIGNER", "PUENTE_RUNG")


@pytest.fixture(scope="module")
def conf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SoftHSM2 token of its own, in nobody's process."""
    folder = tmp_path_factory.mktemp("token")
    conf = folder / "conf"
    conf.write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n")
    make = ["softhsm2-util", "--init-token", "--free", "--label", "puente", "--pin", PIN, "--so-pin", "000456"]
    subprocess.run(make, check=True, capture_output=True, env={**os.environ, "SOFTHSM2_CONF": str(conf)})
    return conf


@pytest.mark.parametrize(
    ("command", "settings", "named", "said"),
    [
        ("sign", {"PUENTE_TOKEN_PIN": None}, "PUENTE_TOKEN_PIN", "Falta PUENTE_TOKEN_PIN"),
        ("sign", {"PUENTE_TOKEN_PIN": "999999"}, "PUENTE_TOKEN_PIN", "El token no acepta el PIN"),
        ("sign", {"PUENTE_TOKEN_PIN": "9"}, "PUENTE_TOKEN_PIN", "El token no acepta el PIN"),
        ("sign", {"PUENTE_TOKEN_LABEL": "otro"}, "PUENTE_TOKEN_LABEL", "la etiqueta «otro»"),
        ("sign", {"PUENTE_TOKEN_LIBRARY": "/no.so"}, "PUENTE_TOKEN_LIBRARY", "La biblioteca PKCS#11 /no.so no se abre"),
        ("work", {}, "PUENTE_SIGNER", "Nadie firma en "),
        ("work", {"PUENTE_RUNG": "K0"}, "PUENTE_RUNG", "En producción las llaves no pueden estar en el peldaño K0"),
    ],
)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_command_says_which_setting_keeps_the_keys_shut_and_not_to_try_later(
    conf: Path, tmp_path: Path, lang: str, command: str, settings: dict[str, str | None], named: str, said: str
) -> None:
    house = {"PUENTE_ENV": "production", "PUENTE_RUNG": "K2", "PUENTE_DATA": str(tmp_path), "PUENTE_TOKEN_PIN": PIN}
    given = {**house, **settings, "PUENTE_LANG": lang, "PATH": os.environ["PATH"], "SOFTHSM2_CONF": str(conf)}
    env = {name: value for name, value in given.items() if value is not None}
    asked = [sys.executable, "-m", "app.cli", command]
    done = subprocess.run(asked, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert lang == "en" or said in done.stderr
    assert [name for name in NAMES if name in done.stderr] == [named]
    assert "más tarde" not in done.stderr
    assert "later" not in done.stderr
    assert not any(secret in done.stderr for secret in (PIN, "999999"))

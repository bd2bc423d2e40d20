"""Pages and bundle over HTTP: the headers of TRUST section 15 on every answer, and no other file of the machine."""

from pathlib import Path
from typing import Final

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.pages import install_headers, install_pages
from app.problems import install_problems
from app.publish import write_files
from tests import delta_worlds, small_registry
from tests.journeys.world import Place

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types puente"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(self)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=63072000",
}
SECRET: Final = "nobody may read this"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with secrets in it, and built pages beside it."""
    files = {
        "data/bundle.puente": "bundle", "data/root.json": "{}", "data/bundle/metadata/1.root.json": "{}",
        f"data/bundle/targets/status/norma/{'0' * 64}.1.bits": "bits", "data/bundle/notes.txt": SECRET,
        "data/keys/passphrase": SECRET, "data/puente.db": SECRET, "data/demo.log": SECRET,
        "pages/verifier/index.html": "<p>page", "pages/verifier/sw.js": "worker", "pages/verifier/big.js": "x" * 9000,
        "pages/verifier/assets/index-PNAxIbEh.js": "script", "pages/other.txt": SECRET,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def client(folder: Path) -> TestClient:
    app = FastAPI()
    app.state.gate = lambda _request, _policy: None
    install_pages(app, data=folder / "data", pages=folder / "pages")

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError(SECRET)

    install_problems(app)
    install_headers(app)
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 307),
        ("/verifier", 307),
        ("/verifier/", 200),
        ("/verifier/none.js", 404),
        ("/bundle/bundle.puente", 200),
        ("/bundle/none", 404),
        ("/nowhere", 404),
        ("/bug", 500),
    ],
)
def test_every_answer_has_the_headers(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
    assert (answer.headers.get("content-type") == "application/problem+json") == (status >= 400)


def test_the_whole_app_has_them_on_answers_and_on_refusals(plain: Place) -> None:
    for method, path in (("GET", "/livez"), ("GET", "/v1/issuer/acts"), ("POST", "/v1/verifier/verify")):
        answer = plain.client.request(method, path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    refused = plain.ask("GET", "/v1/issuer/acts")
    assert refused.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in refused.headers


def test_what_is_named_by_its_hash_is_kept_and_what_is_not_is_asked_again(client: TestClient) -> None:
    forever, asked = "public, max-age=31536000, immutable", "no-cache"
    for path, told in (("", asked), ("sw.js", asked), ("assets/index-PNAxIbEh.js", forever)):
        assert client.get(f"/verifier/{path}").headers["cache-control"] == told
    packed = client.get("/verifier/big.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "path",
    [
        "/bundle/keys/passphrase",
        "/bundle/notes.txt",
        "/bundle/../keys/passphrase",
        "/bundle/%2e%2e/keys/passphrase",
        "/bundle/..%2fkeys%2fpassphrase",
        "/bundle/metadata/..%2f..%2f..%2fkeys%2fpassphrase",
        "/bundle/metadata/../../puente.db",
        "/bundle/targets/..%2f..%2fpuente.db",
        "/bundle/%2fetc%2fpasswd",
        "/bundle//etc/passwd",
        "/bundle/metadata/1.root.json%00.json",
        "/bundle/metadata/1.root.json/",
        "/bundle/metadata/1.ROOT.json",
        "/bundle/",
        "/verifier/../other.txt",
        "/verifier/%2e%2e/other.txt",
        "/verifier/..%2fother.txt",
        "/verifier/..%2f..%2fdata%2fkeys%2fpassphrase",
        "/verifier/%2fetc%2fpasswd",
        "/verifier/..%5cother.txt",
        "/keys/passphrase",
        "/puente.db",
        "/demo.log",
    ],
)
def test_no_other_file_can_be_asked_for(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (307, 404), path
    assert SECRET not in answer.text
    assert "root:" not in answer.text
    if answer.status_code == 307:  # a slash too many: to the same path without it
        assert answer.headers["location"].rstrip("/").endswith(path.rstrip("/"))


def test_every_file_of_a_published_bundle_is_served_as_it_lies(plain: Place) -> None:
    files = [path for path in (plain.folder / "bundle").rglob("*") if path.is_file()]
    assert len(files) > 15
    for path in files:
        answer = plain.ask("GET", f"/bundle/{path.relative_to(plain.folder / 'bundle')}")
        assert (answer.status_code, answer.content) == (200, path.read_bytes())
        assert answer.headers["cache-control"].startswith("public")
        assert answer.headers["etag"]
    for name in ("bundle.puente", "root.json"):
        assert plain.ask("GET", f"/bundle/{name}").content == (plain.folder / name).read_bytes()


def test_without_a_bundle_and_pages_there_is_nothing_to_serve(tmp_path: Path) -> None:
    app = FastAPI()
    app.state.gate = lambda _request, _policy: None
    install_pages(app, data=tmp_path, pages=tmp_path)
    install_problems(app)
    client = TestClient(app)
    for path in ("/bundle/bundle.puente", "/bundle/root.json", "/bundle/metadata/1.root.json", "/verifier/"):
        assert client.get(path).status_code == 404


def test_every_file_of_a_publication_can_be_had_by_itself(client: TestClient, folder: Path) -> None:
    """What a page asks for when it renews its list (TUF 1.0.31 section 5); a root to come is not found."""
    published = delta_worlds.after(delta_worlds.first(), {1: [100]}, keys=[small_registry.KID])
    write_files(folder / "data", published)
    for path, raw in published.files.items():
        answer = client.get(f"/bundle/{path}")
        assert (path, answer.status_code, answer.content) == (path, 200, raw)
        assert "etag" in answer.headers
    assert client.get("/bundle/metadata/2.root.json").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/bundle/bundle.puente", "/bundle/metadata/1.root.json", "/bundle/none", "/verifier/big.js"]
)
def test_a_file_is_asked_for_by_head_too(client: TestClient, path: str) -> None:
    """The same status and headers; no byte of it. What is no file takes HEAD no more than before."""
    whole, head = (client.request(method, path, follow_redirects=False) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (whole.status_code, b"")
    named = ("content-length", "content-type", "etag", "cache-control", "location", "content-security-policy")
    assert {name: head.headers.get(name) for name in named} == {name: whole.headers.get(name) for name in named}
    assert client.head("/bug").status_code == 405

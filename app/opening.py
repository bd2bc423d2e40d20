"""The machine's world for some settings: folder, migrated database, clock, network, and the keys by their rung.

K0 keeps keys in this process and is refused in production; at K1 and K2 they stand behind the signing process
(`app/signing.py`), and this one never sees them (TRUST section 7). What is wired to what is `app/provide.py`'s.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from pydantic import SecretStr

from app.clock import MachineClock
from app.db import bring_up_to_date, open_engine
from app.fetch import HttpsFetch
from app.following import follow_bundle
from app.hsm import Token, open_token
from app.jobs import has_workers
from app.keystore import SealedFiles, is_store, open_halved, open_keystore
from app.picture import PictureReader
from app.provide import World
from app.settings import Settings
from app.shelf import Shelf
from app.shut_keys import ShutKeys
from app.signing_client import SigningClient
from kernel.cborld import Dictionary, read_dictionary
from kernel.errors import Unavailable
from kernel.ports import Hand, KeyStore
from schemas import contexts
from schemas.json import JsonObject

KEY_FOLDER = "keys"
_OPENS_WITH = "passphrase"
RESTORING = "restoring"
"""Stands in the folder from before a database is put in its place until its counters are raised."""
IN_PLACE = b"in place"
"""In that mark where the database was put there by other means: there is no copy to restore from again."""


@contextmanager
def open_world(settings: Settings) -> Iterator[World]:
    """The world of the app and its commands.

    Raises Unavailable `signer_unavailable` in production at rung K0, or where the signing process does not answer, and
    `restore_unended` where a restored database has not gone on yet: its counters are those of an old copy.
    """
    if (settings.data / RESTORING).exists():
        raise Unavailable("restore_unended", detail="a restore was not ended: `puente doctor` says how to end it")
    keys, hand = _keys(settings)
    with _opened(settings, keys, hand) as world:
        yield world


def take_up(world: World) -> None:
    """What a stop left behind, by the one process that issues: the server, where no workers do it."""
    if world.bundle() is not None and not has_workers(world.engine):
        world.desk.resume()


@contextmanager
def open_vault(settings: Settings) -> Iterator[World]:
    """The world of whoever holds the keys of K1 and K2: the signing process, and a restore. Raises Unavailable."""
    with _opened(settings, open_keys(settings), None) as world:
        yield world


def open_keys(settings: Settings) -> SealedFiles | Token:
    """The keys themselves, by their rung. Raises Unavailable `signer_unavailable`."""
    folder = settings.data / KEY_FOLDER
    match settings.rung:
        case "K0":
            return open_keystore(folder, passphrase=_passphrase(settings), random=secrets.token_bytes)
        case "K1":
            halves = (
                _told(settings.key_half_one, "PUENTE_KEY_HALF_ONE"),
                _told(settings.key_half_two, "PUENTE_KEY_HALF_TWO"),
            )
            return open_halved(folder, halves=halves, random=secrets.token_bytes)
        case "K2":
            return open_token(
                settings.token_library, label=settings.token_label, pin=_told(settings.token_pin, "PUENTE_TOKEN_PIN")
            )


def has_store(settings: Settings) -> bool:
    """Whether the data folder holds keys of rung K0, and what opens them: to open keys makes what is not there."""
    folder = settings.data / KEY_FOLDER
    return is_store(folder) and (settings.key_passphrase is not None or (folder / _OPENS_WITH).is_file())


def _keys(settings: Settings) -> tuple[KeyStore, Hand | None]:
    if settings.rung != "K0":
        client = SigningClient(socket=settings.socket)
        client.ping()
        return client, client
    if settings.env == "production":
        raise ShutKeys("rung", detail="production needs its keys at rung K1 or K2 (PUENTE_RUNG)")
    return open_keys(settings), None


@contextmanager
def _opened(settings: Settings, keys: KeyStore, hand: Hand | None) -> Iterator[World]:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_engine(settings.database_url)
    bring_up_to_date(engine)
    clock = MachineClock()
    follow = partial(follow_bundle, engine, settings.data) if has_workers(engine) else None
    shelf = Shelf(folder=settings.data, clock=clock, follow=follow)
    world = World(
        settings=settings,
        engine=engine,
        clock=clock,
        random=secrets.token_bytes,
        keys=keys,
        hand=hand,
        fetch=HttpsFetch(local=settings.env != "production"),
        picture=PictureReader(),
        bundle=shelf,
        dictionary=_dictionary(shelf),
    )
    try:
        yield world
    finally:
        engine.dispose()


def _dictionary(shelf: Shelf) -> Callable[[], Dictionary]:
    pinned: JsonObject = {str(url): document for url, document in contexts.documents().items()}
    # Before the first bundle there are no tables yet, and nothing can be written with them.
    bare = read_dictionary(pinned, {"entries": {}})

    def find() -> Dictionary:
        bundle = shelf()
        return bare if bundle is None else bundle.dictionary

    return find


def _told(secret: SecretStr | None, setting: str) -> str:
    if secret is None:
        raise ShutKeys("not_set", where=setting, detail=f"a secret that opens the keys is not set: {setting}")
    return secret.get_secret_value()


def _passphrase(settings: Settings) -> str:
    """The operator's, or one made for this folder: with it the keys are as safe as the folder (K0)."""
    if settings.key_passphrase is not None:
        return settings.key_passphrase.get_secret_value()
    file = settings.data / KEY_FOLDER / _OPENS_WITH
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text()

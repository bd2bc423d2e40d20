"""The commands of who keeps a house running: its signer, its copies, audit, erasing. Each stands in its own file."""

import typer

from app.audit_cli import audit_app
from app.backup_cli import backup_app
from app.drill import drill_app
from app.erase_cli import erase_app
from app.establish_cli import establish_app
from app.index_cli import index_app
from app.keys_cli import keys_app
from app.rotation_cli import rotation_app
from app.sign_cli import sign_app

keys_app.add_typer(rotation_app)
house_app = typer.Typer()
house_app.add_typer(keys_app, name="keys")
house_app.add_typer(establish_app)
house_app.add_typer(sign_app)
house_app.add_typer(backup_app)
house_app.add_typer(drill_app)
house_app.add_typer(erase_app)
house_app.add_typer(index_app)
house_app.add_typer(audit_app, name="audit")

"""The command line, `puente --help`: which commands there are, what each does, and in which file it stands.

Spanish first; English with `PUENTE_LANG=en`. A command's file is loaded when it is called (`app/command_line.py`).
"""

from collections.abc import Mapping
from typing import Final

import typer

from app.command_line import Commands, Row, rooted
from app.language import SETTINGS
from app.language import told as _t
from app.said import TODO, Said
from kernel.errors import PuenteError
from schemas import codes

_ISSUE: Final = {
    "batches": Row("app.batches_cli:batches_app", "Lotes: revisar un archivo, proponerlo, autorizarlo, corregirlo.",
                   "Batches: check a file, propose, release, correct it."),
    "people": Row("app.counter_cli:counter_app", "Personas con certificados: buscarlas y ver su ficha.",
                  "People with credentials: find them, see their file."),
    "acts": Row("app.acts_cli:acts_app", "Suspender, reactivar o anular, uno o muchos; y correcciones.",
                "Suspend, lift or revoke, one or many; and corrections."),
    "disputes": Row("app.disputes_cli:disputes_app", "Aclaraciones que piden las personas.", "Holders' disputes."),
    "reissue": Row("app.reissue_cli:reissue_app", "Volver a emitir a quien perdió todo.",
                   "Reissue to who lost everything."),
    "slips": Row("app.papers_cli:papers_app",
                 "Imprime las hojas para recibir un lote o un certificado, y sus PIN aparte.",
                 "Print the slips to receive a batch or a credential with, and their PINs apart."),
    "cards": Row("app.papers_cli:papers_app", "Imprime las tarjetas de un lote o de un certificado.",
                 "Print the cards of a batch or of one credential."),
    "numbers": Row("app.counter_cli:counter_app", "Las cifras de un emisor.", "An issuer's numbers."),
    "webhooks": Row("app.webhooks_cli:webhooks_app", "Avisos a los sistemas de un emisor.",
                    "What an issuer's systems are told."),
    "erase": Row("app.erase_cli:erase_app",
                 "Borra a una persona de lo emitido; el registro y la auditoría quedan completos.",
                 "Erase a person from what was issued; log and audit stay whole."),
}  # fmt: skip
_CHECK: Final = {
    "verify": Row("app.verify_cli:verify_app", "Comprueba códigos, fotos o archivos con la lista de confianza.",
                  "Check codes, photos or files with the bundle."),
    "wallet": Row("app.wallet_cli:wallet_app", "La billetera de una persona, en un archivo cerrado.",
                  "A holder's wallet, in one sealed file."),
    "delta": Row("app.delta_command:delta_app",
                 "Pone en códigos lo que cambió entre dos listas, para mostrarlo a un teléfono sin internet.",
                 "Put what changed between two bundles into codes, to show to a phone without internet."),
}  # fmt: skip
_RUN: Final = {
    "demo": Row("app.demo_cli:demo_app", "Hace el trabajo principal con los datos de muestra.",
                "Run the main job on the demo data."),
    "serve": Row("app.serve_cli:serve_app", "Sirve la API y las páginas.", "Serve the API and the pages."),
    "work": Row("app.work_cli:work_app", "Trabajadores de la cola (PostgreSQL).", "Workers of the queue (PostgreSQL)."),
    "publish": Row("app.publish_cli:publish_app", "Firma y publica los estados y la lista de confianza.",
                   "Sign and publish statuses and bundle."),
    "migrate": Row("app.publish_cli:publish_app", "Pone al día la base de datos.", "Bring the database up to date."),
    "doctor": Row("app.doctor_cli:doctor_app", "Revisa si todo está en orden.", "Check whether all is in order."),
    "index": Row("app.index_cli:index_app",
                 "Hace el índice de personas de lo emitido antes de que lo hubiera. Se puede repetir.",
                 "Make the index of people for what was issued before there was one. May be repeated."),
    "bench": Row("app.bench_cli:bench_app", "Mide junto a otros (kernel, bulk, national…).",
                 "Measure beside peers (kernel, bulk, national…)."),
}  # fmt: skip
_KEEP: Final = {
    "staff": Row("app.people_cli:people_app", "Personas que entran a la consola.", "People of the console."),
    "keys": Row("app.keys_cli:keys_app", "Claves de API, y llaves de firma de un emisor.",
                "API keys, and an issuer's signing keys."),
    "establish": Row("app.establish_cli:establish_app",
                     "Crea un emisor en esta casa, con sus llaves y sus listas; después lo inscriben los custodios.",
                     "Make an issuer in this house, with its keys and lists; keepers then take it into the registry."),
    "lists": Row("app.establish_cli:establish_app", "Abre otras dos listas de estado para un tipo que llenó las suyas.",
                 "Open two more status lists for a type whose lists are full."),
    "registry": Row("app.registry_cli:registry_app", "Cambios del registro: proponerlos y aprobarlos.",
                    "Changes of the registry: propose and approve them."),
    "sign": Row("app.sign_cli:sign_app",
                "Firma para los demás procesos de esta máquina; solo este abre las llaves (K1, K2).",
                "Sign for this machine's other processes; this one alone opens the keys (K1, K2)."),
    "halves": Row("app.sign_cli:sign_app",
                  "Hace las dos mitades que abren las llaves (K1), cada una en un archivo para un operador.",
                  "Make the two halves that open the keys (K1), each in a file for one operator."),
    "audit": Row("app.audit_cli:audit_app", "Registro de auditoría.", "The audit log."),
    "operator": Row("app.backup_cli:backup_app", "Hace la llave con que un operador abre las copias.",
                    "Make the key that an operator opens backups with."),
    "backup": Row("app.backup_cli:backup_app", "Guarda una copia cifrada de la base de datos.",
                  "Keep an encrypted copy of the database."),
    "restore": Row("app.backup_cli:backup_app",
                   "Recupera una copia en un lugar vacío y sube los contadores: nada se entrega dos veces. Antes"
                   " ponga en la carpeta lo que la copia no trae: keys/ (K0 y K1), y lo último publicado: log/,"
                   " bundle.puente y root.json.",
                   "Restore a copy into an empty place and raise the counters: nothing is given twice. First put into"
                   " the folder what no copy holds: keys/ (K0 and K1), and what was last published: log/,"
                   " bundle.puente and root.json."),
    "drill": Row("app.drill:drill_app",
                 "Ensaya el peor día: trae una copia a un lugar vacío y la revisa; la casa sigue.",
                 "Rehearse the worst day: bring a copy back into an empty place and look at it; the house goes on."),
}  # fmt: skip
TABLE: Final[Mapping[tuple[str, str], Mapping[str, Row]]] = {
    ("Emitir", "Issuing"): _ISSUE,
    ("Comprobar y mostrar", "Checking and showing"): _CHECK,
    ("La casa en marcha", "The house at work"): _RUN,
    ("Llaves, personas y copias", "Keys, people and copies"): _KEEP,
}

cli = Commands(
    name="puente",
    cls=rooted(TABLE),
    help=_t(
        "Certificados en un código QR que se comprueban sin internet. (English: PUENTE_LANG=en)",
        "Credentials in a QR code, checked with no internet. (Español: PUENTE_LANG=es)",
    ),
    epilog="puente demo · puente verify demo-out/qr/fila-003.png · puente serve --data demo-out",
)
cli.callback()(lambda: None)


def main() -> None:
    """The console script: our errors become one clear line, its technical case apart, and exit code 2."""
    try:
        cli()
    except Said as error:
        typer.echo(f"puente: {_t(*error.said)} [{error.code}]", err=True)
        raise SystemExit(2) from error
    except PuenteError as error:
        what, todo = codes.CODES[error.code].told(SETTINGS.lang)
        todo = _t(*TODO.get(error.code, (todo, todo)))
        where = f" ({error.pointer})" if error.pointer else ""
        typer.echo(f"puente: {what} {todo}{where} [{error.code}]", err=True)
        typer.echo(_t("  Detalle técnico, en inglés: ", "  Technical detail: ") + error.detail, err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()

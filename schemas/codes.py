"""The error and reason codes, once: code -> kind, title, step, source. The wire's contract with clients.

A code never changes its meaning and is never reused. Reasons of a report (TRUST section 4) and problem codes of the
API share this table. Words for rows of an import (UPPER_CASE) are not codes and do not stand here.
"""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["malformed", "wrong_shape", "bad_proof", "not_in_force", "not_believed", "mark", "request"]


@dataclass(frozen=True, kw_only=True)
class Code:
    """One row: what a code means and where it comes from.

    `steps` are the verifier's steps that can raise it (TRUST section 4); empty for a problem of the API.
    """

    name: str
    kind: Kind
    title_es: str
    title_en: str
    source: str
    steps: tuple[str, ...] = ()


_PICTURE_ES = "La imagen no se lee completa. Tome otra foto con más luz."
_PICTURE_EN = "The image is not complete. Take another photo with more light."
_OTHER_ES = "Este código no es de Puente."
_OTHER_EN = "This code is not a Puente code."
_SIGNATURE_ES = "La firma no coincide con el contenido que leí. Pida el original o uno nuevo."
_SIGNATURE_EN = "The signature does not match what I read. Ask for the original or a new one."
_SIGNER_ES = "No conozco a quien lo firma."
_SIGNER_EN = "I do not know who signed it."
_NEWER_ES = "Es más nuevo que este verificador. Actualice."
_NEWER_EN = "It is newer than this verifier. Refresh."
_BUNDLE_ES = "Mi lista de confianza no es de fiar. Instálela otra vez."
_BUNDLE_EN = "My trust list cannot be trusted. Install it again."
_AGE_ES = "Mi información tiene más de {n} días. Actualice."
_AGE_EN = "My information is over {n} days old. Refresh."
_STATUS_ES = "La firma está bien, pero no tengo información de estado de este emisor."
_STATUS_EN = "The signature is right, but I have no status data from this issuer."
_LATE_ES = "La respuesta no es para esta pregunta o ya pasó el tiempo. Repitan."
_LATE_EN = "The answer is not for this question or came late. Repeat."
_CLOCK_ES = "La hora de este aparato no es confiable. Corríjala."
_CLOCK_EN = "This device's time is not reliable. Fix it."


def _c(name: str, kind: Kind, es: str, en: str, source: str, *steps: str) -> Code:
    return Code(name=name, kind=kind, title_es=es, title_en=en, source=source, steps=steps)


# fmt: off
_ROWS: Final = (
    # Reasons that end a verification (DOMAIN section 8 owns the sentences).
    _c("no_bundle", "not_in_force", _BUNDLE_ES, _BUNDLE_EN, "TUF 1.0.31 5.3", "V1"),
    _c("root_expired", "not_in_force", _AGE_ES, _AGE_EN, "TUF 1.0.31 5.3.10", "V1"),
    _c("canary", "not_in_force", _BUNDLE_ES, _BUNDLE_EN, "TRUST 6", "V1"),
    _c("limits_exceeded", "malformed", "El código es más grande de lo permitido.", "The code is larger than allowed.",
       "TRUST 11", "V3", "V4", "V7", "V8", "V9"),
    _c("unsupported_prefix", "wrong_shape", _OTHER_ES, _OTHER_EN, "FORMAT 1.2", "V4"),
    _c("frames_incomplete", "malformed", _PICTURE_ES, _PICTURE_EN, "FORMAT 9", "V4"),
    _c("frames_mismatch", "malformed", _PICTURE_ES, _PICTURE_EN, "FORMAT 9", "V4"),
    _c("malformed_base45", "malformed", _PICTURE_ES, _PICTURE_EN, "RFC 9285 4, 6", "V5"),
    _c("unsupported_tag", "wrong_shape", _OTHER_ES, _OTHER_EN, "CBOR-LD 1.0", "V6"),
    _c("malformed_cbor", "malformed", _PICTURE_ES, _PICTURE_EN, "RFC 8949 5.1", "V7"),
    _c("noncanonical_cbor", "malformed", _PICTURE_ES, _PICTURE_EN, "RFC 8949 4.2", "V7", "V9"),
    _c("malformed_json", "malformed", "No es un texto JSON que pueda leer.", "It is not JSON that I can read.",
       "RFC 8259", "V7", "V14", "V23"),
    _c("unknown_registry_entry", "wrong_shape", _NEWER_ES, _NEWER_EN, "FORMAT 1.3", "V8"),
    _c("unknown_context", "wrong_shape", _OTHER_ES, _OTHER_EN, "VCDM 2.0 4.3", "V8", "V9", "V11", "V23"),
    _c("unknown_term", "wrong_shape", _NEWER_ES, _NEWER_EN, "CBOR-LD 1.0", "V8"),
    _c("unknown_table_value", "wrong_shape", _NEWER_ES, _NEWER_EN, "CBOR-LD 1.0", "V8"),
    _c("invalid_value", "wrong_shape", _OTHER_ES, _OTHER_EN, "FORMAT 2.5", "V8"),
    _c("prefix_mismatch", "wrong_shape", _OTHER_ES, _OTHER_EN, "FORMAT 6", "V8"),
    _c("invalid_shape", "wrong_shape", _OTHER_ES, _OTHER_EN, "FORMAT 6", "V8", "V9", "V11", "V23"),
    _c("unknown_property", "wrong_shape", _OTHER_ES, _OTHER_EN, "DI 1.0 2.4.1", "V9"),
    _c("unknown_type", "wrong_shape", _NEWER_ES, _NEWER_EN, "VCDM 2.0 4.5", "V10"),
    _c("schema", "wrong_shape", _OTHER_ES, _OTHER_EN, "VCDM 2.0 4.11", "V10"),
    _c("wrong_cryptosuite", "bad_proof", _OTHER_ES, _OTHER_EN, "DI 1.0 4.4", "V11", "V23"),
    _c("wrong_proof_purpose", "not_believed", _OTHER_ES, _OTHER_EN, "DI 1.0 4.4", "V11", "V23"),
    _c("issuer_mismatch", "not_believed", _SIGNER_ES, _SIGNER_EN, "CID 1.0 3.3", "V12"),
    _c("unknown_issuer", "not_believed", _SIGNER_ES, _SIGNER_EN, "TRUST 4", "V12"),
    _c("unknown_key", "not_believed", _SIGNER_ES, _SIGNER_EN, "TRUST 4", "V12"),
    _c("low_order_key", "bad_proof", _SIGNATURE_ES, _SIGNATURE_EN, "TRUST 2", "V13", "V23"),
    _c("invalid_signature", "bad_proof", _SIGNATURE_ES, _SIGNATURE_EN, "vc-di-eddsa 3.3.7", "V15", "V23"),
    _c("out_of_scope", "not_believed", "Quien lo firma no está registrado para este tipo de certificado.",
       "The signer is not registered for this type.", "TRUST 4", "V16"),
    _c("key_window", "not_in_force", "La llave no era de uso en la fecha del certificado.",
       "The key was not in use on that date.", "TRUST 7", "V17"),
    _c("key_compromised", "not_believed",
       "La llave de este emisor fue robada. Pida uno nuevo o la prueba de registro.",
       "This issuer's key was stolen. Ask for a new one or its log proof.", "TRUST 7", "V17"),
    _c("holder_mismatch", "not_believed", "No lo muestra la persona a quien se le dio.",
       "It is not shown by the person it was given to.", "VCDM 2.0 4.13", "V23"),
    _c("challenge_mismatch", "not_believed", _LATE_ES, _LATE_EN, "TRUST 9", "V24"),
    _c("domain_mismatch", "not_believed", _LATE_ES, _LATE_EN, "TRUST 9", "V24"),
    _c("stale_presentation", "not_believed", _LATE_ES, _LATE_EN, "TRUST 9", "V24"),
    # Marks: the verification goes on, and V26 folds them.
    _c("bundle_expired", "mark", "Información de hace {n} días.", "Information {n} days old.", "TUF 1.0.31 5.4.4",
       "V1"),
    _c("clock_behind", "mark", _CLOCK_ES, _CLOCK_EN, "TRUST 4", "V2"),
    _c("clock_far", "mark", _CLOCK_ES, _CLOCK_EN, "TRUST 4", "V2"),
    _c("self_declared", "mark", "Lo declara la persona; nadie más lo ha comprobado.",
       "Stated by the person; nobody else has checked it.", "TRUST 3", "V12"),
    _c("key_review", "mark", "El registro puso en pausa la llave de este emisor.",
       "The registry paused this issuer's key.", "TRUST 7", "V17"),
    _c("not_yet_valid", "mark", "Todavía no empieza a regir: {fecha}.", "It has not started yet: {date}.",
       "VCDM 2.0 4.9", "V18"),
    _c("expired", "mark", "Su fecha terminó el {fecha}.", "It ended on {date}.", "VCDM 2.0 4.9", "V19"),
    _c("clock_doubt", "mark", _CLOCK_ES, _CLOCK_EN, "TRUST 4", "V19"),
    _c("status_missing", "mark", _STATUS_ES, _STATUS_EN, "BSL 1.0 3.2", "V20"),
    _c("status_mismatch", "mark", _STATUS_ES, _STATUS_EN, "BSL 1.0 3.2", "V20"),
    _c("revoked", "mark", "{Emisor} lo anuló. Dato del {fecha}.", "{Issuer} cancelled it. Status from {date}.",
       "BSL 1.0 3.2", "V21"),
    _c("suspended", "mark", "{Emisor} lo está revisando. Dato del {fecha}. Todavía no hay decisión.",
       "{Issuer} is reviewing it. Status from {date}. No decision yet.", "BSL 1.0 3.2", "V21"),
    _c("stale", "mark", "Información de hace {n} días.", "Information {n} days old.", "TRUST 6", "V22"),
    _c("status_too_old", "mark", _AGE_ES, _AGE_EN, "TRUST 6", "V22"),
    _c("shown_before", "mark", "Ya se mostró hace {n} segundos.", "Shown already {n} seconds ago.", "TRUST 9", "V25"),
    # Problems of the API and of the command line: a request that is none, or that may not be made.
    _c("bad_request", "request", "La solicitud no tiene la forma esperada.",
       "The request does not have the expected form.", "RFC 9110 15.5.1"),
    _c("not_signed_in", "request", "Hace falta una llave de acceso.", "An access key is needed.", "RFC 9110 15.5.2"),
    _c("not_allowed", "request", "Su llave de acceso no permite esto.", "Your access key does not allow this.",
       "TRUST 10"),
    _c("same_hand", "request", "Quien prepara no puede aprobar: hace falta otra persona.",
       "Who prepares cannot approve: another person is needed.", "TRUST 10"),
    _c("step_up_needed", "request", "Para esto muestre otra vez su llave de acceso.",
       "Show your passkey again for this.", "TRUST 10"),
    _c("cross_site", "request", "La solicitud no viene de una página de esta casa.",
       "The request does not come from a page of this house.", "TRUST 10"),
    _c("passkey_refused", "request", "Esa llave no sirve para esto. Intente otra vez, o use otra.",
       "That passkey does not work for this. Try again, or use another one.", "TRUST 10"),
    _c("invitation_refused", "request", "Esa invitación no sirve. Revise las letras, o pida otra.",
       "That invitation does not work. Check the letters, or ask for another one.", "TRUST 10"),
    _c("invitation_waiting", "request", "Esa invitación todavía no sirve: espere la hora que se le dijo.",
       "That invitation does not work yet: wait for the time you were told.", "TRUST 10"),
    _c("signin_refused", "request", "El nombre, la contraseña o el código no coinciden.",
       "The name, the password or the code does not match.", "TRUST 10"),
    _c("own_role", "request", "Nadie cambia su propio papel. Pídalo a otra persona.",
       "Nobody changes their own role. Ask another person.", "TRUST 10"),
    _c("person_unconfirmed", "request",
       "Falta que otra persona la confirme: quien administra y no la invitó, o quien cuida el registro.",
       "Another person must confirm you first: an administrator who did not invite you, or a keeper of the registry.",
       "TRUST 10"),
    _c("two_keys", "request", "Ese sistema ya tiene dos llaves de acceso. Termine una primero.",
       "That system has two access keys already. End one first.", "TRUST 10"),
    _c("too_many_webhooks", "request", "Ya se avisa a diez sistemas. Quite uno primero.",
       "Ten systems are told already. Remove one first.", "HOUSE 3"),
    _c("too_busy", "request", "Hay mucha gente entrando. Intente otra vez en un momento.",
       "Many people are signing in. Try again in a moment.", "TRUST 10"),
    _c("person_known", "request", "Ya hay o hubo una persona con ese nombre. Escriba otro nombre.",
       "There is or was a person of that name. Choose another name.", "TRUST 10"),
    _c("not_found", "request", "No hay nada con ese nombre.", "There is nothing under that name.", "RFC 9110 15.5.5"),
    _c("unsupported_media_type", "request", "No leo ese tipo de contenido.", "I do not read that media type.",
       "RFC 9110 15.5.16"),
    _c("too_large", "request", "El envío es más grande de lo permitido.", "The body is larger than allowed.",
       "RFC 9110 15.5.14"),
    _c("already_released", "request", "Este lote ya fue liberado.", "This batch was already released.", "TRUST 12"),
    _c("stale_version", "request", "Alguien lo cambió antes. Léalo otra vez.",
       "Someone changed it first. Read again.", "RFC 9110 15.5.13"),
    _c("idempotency_key", "request", "Esa llave de repetición ya se usó con otro contenido.",
       "That idempotency key was used with another body.", "TRUST 12"),
    _c("signer_unavailable", "request", "La llave para firmar no responde. Nada se perdió; intente más tarde.",
       "The signing key does not answer. Nothing was lost; try later.", "TRUST 7"),
    _c("key_not_in_force", "request",
       "La llave de este emisor no puede firmar ahora: suspendida, retirada o fuera de sus fechas. Nada se perdió.",
       "This issuer's key may not sign now: it is suspended, retired or outside its dates. Nothing was lost.",
       "TRUST 7"),
    _c("lists_full", "request", "No quedan lugares en las listas de estado de este emisor. Nada se emitió.",
       "The issuer's status lists have no places left. Nothing was issued.", "TRUST 6"),
    _c("entry_unavailable", "request",
       "La lista de confianza instalada no tiene la tabla con la que esta casa emite. Nada se emitió.",
       "The installed trust list lacks the table that this house issues with. Nothing was issued.", "FORMAT 1.3"),
    _c("batch_elsewhere", "request",
       "Su entidad ya recibió este archivo con las mismas opciones por fuera de su centro. Hable con quien lo prepara.",
       "Your issuer already has this file with the same choices from outside your centre. Ask who prepares it.",
       "DOMAIN P1"),
    _c("errors_not_accepted", "request", "El lote tiene filas con error: corrija el archivo o acepte la lista.",
       "The batch has rows in error: correct the file or accept the list.", "DOMAIN P1"),
    _c("database_unavailable", "request", "La base de datos no responde. Nada quedó a medias; intente más tarde.",
       "The database does not answer. Nothing was left half done; try later.", "TRUST 12"),
    _c("network_unavailable", "request", "El otro lado no responde. Nada se perdió; intente más tarde.",
       "The other side does not answer. Nothing was lost; try later.", "TRUST 12"),
    _c("disk_full", "request", "Queda poco disco en el servidor. No recibe nada nuevo hasta liberar espacio.",
       "The server's disk is nearly full. It takes nothing new until space is freed.", "TRUST 12"),
    _c("internal", "request", "Algo falló de nuestro lado. Nada quedó a medias.",
       "Something failed on our side. Nothing was left half done.", "RFC 9110 15.6.1"),
    _c("cohort_not_csv", "request", "El archivo no es una tabla con columnas de SECCL.",
       "The file is not a table with SECCL columns.", "DOMAIN 11"),
    _c("cohort_not_workbook", "request", "El libro no se puede leer. Guárdelo otra vez como .xlsx, sin contraseña.",
       "The workbook cannot be read. Save it again as .xlsx, without a password.", "ECMA-376"),
    _c("cohort_encoding", "request", "No reconozco la codificación del archivo. Guárdelo como UTF-8.",
       "I do not recognise the file's encoding. Save it as UTF-8.", "DOMAIN 11"),
    _c("cohort_columns", "request", "Faltan columnas o están repetidas.", "Columns are missing or repeated.",
       "DOMAIN 11"),
    _c("picture_unreadable", "request", "No pude leer esa imagen.", "I could not read that picture.", "TRUST 11"),
    _c("bundle_refused", "request", "La lista de confianza no se instaló; sigue la anterior.",
       "The trust list was not installed; the former one stays.", "TRUST 5"),
    _c("delta_unreadable", "request", "No es una actualización de la lista que yo pueda leer.",
       "It is not an update of the list that I can read.", "FORMAT 9"),
    _c("delta_not_for_this_list", "request",
       "Esa actualización es para otra versión de la lista. Pida la de su versión, o el archivo.",
       "That update is for another version of the list. Ask for the one for your version, or for the file.", "TRUST 5"),
    _c("delta_too_large", "request", "La actualización no cabe en códigos. Pásela por archivo.",
       "The update does not fit in codes. Pass it on as a file.", "FORMAT 9"),
    _c("delta_needs_file", "request", "Cambió más que los estados. Pase la lista por archivo.",
       "More than status changed. Pass the list on as a file.", "TRUST 5"),
    _c("wrong_secret", "request", "El código o el PIN no coinciden.", "The code or the PIN does not match.",
       "TRUST 10"),
    _c("offer_used", "request", "Ese código ya se usó o ya venció.", "That code was used or has expired.",
       "DOMAIN P2"),
    _c("dispute_open", "request", "Ya hay un reclamo abierto por este certificado. Espere la respuesta.",
       "This certificate has an open dispute already. Wait for the answer.", "TRUST 6"),
    _c("under_dispute", "request", "La persona titular reclamó: primero se decide el reclamo.",
       "The holder disputes it: the dispute is decided first.", "TRUST 6"),
    _c("reissue_waiting", "request", "Falta tiempo: quien perdió todo recibe de nuevo desde la fecha que se le dijo.",
       "There is time left: who lost everything receives again from the date that was told.", "DOMAIN P7"),
    _c("vault_unreadable", "request", "No pude abrir la bóveda con eso.", "I could not open the vault with that.",
       "TRUST 8"),
    _c("half_sheet", "request", "Esta es una mitad de la hoja. Hace falta la otra.",
       "This is one half of the sheet. The other one is needed.", "TRUST 8"),
    _c("stale_server", "request", "El servidor mostró datos viejos. Nada cambió en este teléfono.",
       "The server showed old data. Nothing changed on this phone.", "TRUST 8"),
    _c("weak_passphrase", "request",
       "Esa frase es corta o fácil de adivinar. Use al menos doce letras que solo usted sepa.",
       "That passphrase is short or easy to guess. Use at least twelve characters that only you know.", "TRUST 8"),
    _c("session_ended", "request", "Su sesión terminó. Entre otra vez.", "Your session ended. Sign in again.",
       "TRUST 8"),
    _c("device_waiting", "request",
       "Este teléfono es nuevo para su billetera. Espere la fecha que se le dijo, o acéptelo desde otro teléfono suyo.",
       "This phone is new to your wallet. Wait for the date you were told, or accept it from another phone of yours.",
       "TRUST 8"),
    _c("too_many_devices", "request", "Su billetera ya tiene todos los teléfonos que puede. Quite uno primero.",
       "Your wallet has as many phones as it may. Remove one first.", "TRUST 8"),
    _c("vault_full", "request", "No queda espacio en la copia de su billetera. Borre algo e intente otra vez.",
       "There is no room left in your wallet's backup. Delete something and try again.", "TRUST 8"),
    _c("too_many_requests", "request", "Van muchas solicitudes seguidas. Espere un momento e intente otra vez.",
       "Too many requests in a row. Wait a moment and try again.", "TRUST 10"),
    _c("card_unprintable", "request", "Ese texto no cabe en la tarjeta o tiene signos que no puedo imprimir.",
       "That text does not fit the card or has signs that I cannot print.", "LOOK 8"),
    _c("over_asking", "request", "Piden datos de más. No se enviaron.",
       "They ask for more than allowed. Nothing was sent.", "DOMAIN 7"),
    _c("too_large_for_qr", "request", "El pase no cabe en un código de tamaño permitido.",
       "The pass does not fit in a code of the allowed size.", "FORMAT 7"),
)

CODES: Final[dict[str, Code]] = {row.name: row for row in _ROWS}


def find(name: str) -> Code | None:
    """The row of a code, or None where there is none."""
    return CODES.get(name)

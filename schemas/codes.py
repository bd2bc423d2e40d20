"""The error and reason codes, once: code -> kind, words, step, source. The wire's contract with clients.

A code never changes its meaning and is never reused. Reasons of a report (TRUST section 4) and problem codes of the
API (`schemas/problem_codes.py`) share this table. Words for rows of an import (UPPER_CASE) are not codes and do not
stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from schemas.problem_codes import PROBLEMS

Kind = Literal["malformed", "wrong_shape", "bad_proof", "not_in_force", "not_believed", "mark", "request"]


@dataclass(frozen=True, kw_only=True)
class Code:
    """One row: what a code means, what to do about it, and where it comes from.

    `steps` are the verifier's steps that can raise it (TRUST section 4); empty for a problem of the API.
    """

    name: str
    kind: Kind
    title_es: str
    title_en: str
    do_es: str
    do_en: str
    source: str
    steps: tuple[str, ...] = ()

    def told(self, language: Literal["es", "en"]) -> tuple[str, str]:
        """What happened, and what to do."""
        return (self.title_es, self.do_es) if language == "es" else (self.title_en, self.do_en)

    def refused(self, language: Literal["es", "en"]) -> tuple[str, str]:
        """The same where it ends a request and no verification: nobody read a code then, but took what was sent."""
        title, todo = self.told(language)
        sent = _SENT.get(self.title_es)
        return (title if sent is None else sent[language == "en"]), todo


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
_AGE_ES = "Mi información es de hace {n} días. Actualice."
_AGE_EN = "My information is {n} days old. Refresh."
_STATUS_ES = "La firma está bien, pero no tengo información de estado de este emisor."
_STATUS_EN = "The signature is right, but I have no status data from this issuer."
_LATE_ES = "La respuesta no es para esta pregunta o ya pasó el tiempo. Repitan."
_LATE_EN = "The answer is not for this question or came late. Repeat."
_CLOCK_ES = "La hora de este aparato no es confiable. Corríjala."
_CLOCK_EN = "This device's time is not reliable. Fix it."


_SENT: Final[Mapping[str, tuple[str, str]]] = {
    _OTHER_ES: ("Algo de lo que envió no está como debe.", "Something that you sent is not as it should be."),
    "El código es más grande de lo permitido.": (
        "Lo que envió es más grande de lo permitido.",
        "What you sent is larger than allowed.",
    ),
}
"""What is said of a code that was read -> the same of a request."""
_DO: Final[Mapping[Kind, tuple[str, str]]] = {
    # What to do where a reason ends a request and not a verification, whose report says it by its verdict.
    "malformed": ("Revise lo que envió y envíelo otra vez.", "Look at what you sent and send it again."),
    "wrong_shape": ("Revise la parte que se nombra y envíelo otra vez.", "Look at the named part and send it again."),
    "bad_proof": (
        "Pida el original o uno nuevo a quien lo firma.",
        "Ask whoever signs it for the original or a new one.",
    ),
    "not_in_force": ("Actualice la lista de confianza e intente otra vez.", "Refresh the trust list and try again."),
    "not_believed": ("Hágalo otra vez desde el comienzo.", "Do it again from the beginning."),
    "mark": ("Actualice la lista de confianza y compruebe otra vez.", "Refresh the trust list and check again."),
}


def _c(name: str, kind: Kind, es: str, en: str, source: str, *steps: str) -> Code:
    do_es, do_en = _DO[kind]
    return Code(name=name, kind=kind, title_es=es, title_en=en, do_es=do_es, do_en=do_en, source=source, steps=steps)


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
    _c("holder_mismatch", "not_believed", "La firma con que se mostró no es de la billetera que recibió este pase.",
       "The signature it was shown with is not from the wallet that received this pass.", "VCDM 2.0 4.13", "V23"),
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
)

CODES: Final[dict[str, Code]] = {row.name: row for row in _ROWS} | {
    row.name: Code(**row._asdict(), kind="request") for row in PROBLEMS
}


def find(name: str) -> Code | None:
    """The row of a code, or None where there is none."""
    return CODES.get(name)

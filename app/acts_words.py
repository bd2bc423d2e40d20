"""The words of the command line for acts of status: what one does, what became of it, what it waits for.

And for how disputes, reissues and corrections stand.
"""

from typing import Final

from app.claim_words import compared
from app.language import SETTINGS, figure
from app.language import told as _t
from schemas.bulk_acts import BulkCheck, BulkMember, BulkSample, BulkView, ListShare
from schemas.issuance import ActView
from schemas.tables import data

ACTS: Final = {
    "suspend": _t("poner en revisión", "suspend"),
    "lift": _t("quitar la revisión", "lift"),
    "revoke": _t("anular", "revoke"),
}
MANY_ACTS: Final = {**ACTS, "replace": _t("reemplazar por nuevos iguales", "replace by new ones that say the same")}
REASONS: Final[dict[str, str]] = {row["code"]: row[SETTINGS.lang] for row in data("codes")["revocationReasons"]}
STATES: Final = {
    "proposed": _t("espera a otra persona", "waits for another person"),
    "approved": _t("confirmado", "confirmed"),
    "refused": _t("rechazado", "refused"),
}
PHASES: Final = {
    "untold": _t("falta avisar a la persona", "its person must be told"),
    "told": _t("la persona puede responder hasta el", "its person may answer until"),
    "effective": _t("anulado después del aviso", "revoked after the notice"),
    "withdrawn": _t("retirado", "withdrawn"),
    "unconfirmed": _t("ya suspendido, por una persona sola", "suspended already, by one person alone"),
    "confirmed": _t("otra persona lo confirmó", "another person confirmed it"),
    "lapsed": _t("nadie lo confirmó", "nobody confirmed it"),
}
DISPUTES: Final = {
    "open": _t("por responder", "open"),
    "corrected": _t("corregida", "corrected"),
    "lifted": _t("activo otra vez", "lifted"),
    "upheld": _t("se mantiene", "upheld"),
    "rejected": _t("sin cambio", "rejected"),
    "withdrawn": _t("la persona la retiró", "the holder took it back"),
}
REISSUES: Final = {
    "proposed": _t("espera a otra persona", "waits for another person"),
    "approved": _t("confirmada", "confirmed"),
    "refused": _t("rechazada", "refused"),
    "done": _t("entregada", "handed over"),
}
CORRECTIONS: Final = {
    "proposed": _t("espera a otra persona", "waits for another person"),
    "approved": _t("corregido", "corrected"),
    "refused": _t("rechazado", "refused"),
}
MANY: Final = {
    "proposed": _t("espera a otra persona", "waits for another person"),
    "approved": _t("en curso", "under way"),
    "announced": _t("en revisión; las personas se avisan y responden", "under review; people are told and may answer"),
    "withdrawn": _t("retirado", "withdrawn"),
    "waiting": _t("hecho; el registro debe aprobar la huella", "done; the registry must say the hash"),
    "done": _t("hecho", "done"),
    "refused": _t("rechazado", "refused"),
    "stopped": _t("detenido", "stopped"),
}


def act_line(view: ActView) -> str:
    """One act."""
    by = view.proposed_by + (f" → {view.decided_by}" if view.decided_by else "")
    waits = "" if view.wait is None else f"  {PHASES[view.wait.phase]}"
    if view.notice is not None:
        waits += f"  {PHASES['untold']}" if view.notice.told is None else _t("  avisada", "  told")
    until = "" if view.wait is None or view.wait.answer_by is None else f" {view.wait.answer_by}"
    what = f"{ACTS[view.act]}  {view.credential}  {REASONS[view.reason]}"
    return f"{view.id}  {what}  {STATES[view.state]}{waits}{until}  ({by})"


def member_line(one: BulkMember) -> str:
    """A credential of an act on many."""
    return f"{one.id}  {_t('fila', 'row')} {one.row}"


def sample_lines(drawn: BulkSample) -> str:
    """Those of an act on many that are compared with the papers."""
    return "\n".join(f"{one.id}  {compared(one)}" for one in drawn.rows)


def bulk_line(view: BulkView) -> str:
    """An act on many in a list."""
    done = f"{figure(view.applied)} {_t('de', 'of')} {figure(view.count)}"
    return f"{view.id}  {MANY_ACTS[view.act]}  {REASONS[view.reason]}  {MANY[view.state]}  {done}"


def bulk_told(view: BulkCheck) -> str:
    """What one would do, or how it stands."""
    left = view.left_out
    count, already, disputed = figure(view.count), figure(left.already), figure(left.disputed)
    es = f"{count} certificados; fuera: {already} por su estado, {disputed} con aclaración abierta."
    en = f"{count} credentials; left out: {already} by their state, {disputed} disputed."
    head = bulk_line(view) if isinstance(view, BulkView) else ""
    told = (head, view.digest, _t(es, en), _kept(view), _unknown(view), _stopped(view), _wait(view), _papers(view))
    lines = [line for line in told if line]
    for one in view.lists:
        word = _t(" · necesita la palabra del registro", " · needs the registry's word") if one.needs_word else ""
        changes, share = figure(one.changes), figure(one.share, 2)
        es = f"  lista de estado {one.number}: cambian {changes} lugares, {share} % de la lista"
        en = f"  status list {one.number}: {changes} places change, {share} % of the list"
        lines.append(_t(es, en) + word + (f"  {one.hash}" if one.hash else "") + _asked(one))
    return "\n".join(lines)


def _asked(one: ListShare) -> str:
    """How far the registry's word is, of a list that waits for it."""
    if one.hash is None:
        return ""
    if one.word is None:
        es = "falta pedirla: quien administra la entidad, o quien cuida el registro con esta huella"
        return _t(f" · {es}", " · to be asked for by who administers the organisation, or a keeper with this hash")
    if one.word.given:
        return _t(" · ya dada: sale con la próxima publicación", " · given: it goes out with the next publication")
    n, needed = figure(one.word.approvals), figure(one.word.needed)
    return _t(f" · pedida: {n} de {needed} ya dijeron que sí", f" · asked for: {n} of {needed} have said yes")


def _kept(view: BulkCheck) -> str:
    """Of a replacement whom it does not reach beside those."""
    left = view.left_out
    if not (left.suspended or left.superseded or left.waits):
        return ""
    suspended, superseded, waits = figure(left.suspended), figure(left.superseded), figure(left.waits)
    es = f"También fuera: {suspended} en revisión, {superseded} que otro ya reemplaza, {waits} con un acto por decidir."
    en = f"Left out too: {suspended} under review, {superseded} that another replaces, {waits} with an act to decide."
    return _t(es, en)


def _stopped(view: BulkCheck) -> str:
    """Who stopped it; also where a list of it waits for the registry's word."""
    if not isinstance(view, BulkView) or view.stopped is None:
        return ""
    at, by = f"{view.stopped:%Y-%m-%d %H:%M}Z", view.stopped_by
    es, en = f"lo detuvo {by}, {at}; los demás siguen igual", f"stopped by {by}, {at}; the others stay as they were"
    return _t(es, en)


def _papers(view: BulkCheck) -> str:
    """How the people of a replacement get their new ones."""
    if not isinstance(view, BulkView) or not view.card_parts:
        return ""
    es = f"puente slips {view.id} --out hojas · puente cards {view.id} --out tarjetas"
    en = f"puente slips {view.id} --out slips · puente cards {view.id} --out cards"
    return _t("Los nuevos se entregan en el centro: ", "The new ones are handed over at the centre: ") + _t(es, en)


def _unknown(view: BulkCheck) -> str:
    """Document numbers that chose nothing: mistyped, or another house's."""
    if not view.unknown:
        return ""
    many = figure(view.unknown)
    return _t(f"Números de documento sin ningún certificado que corresponda: {many}. Revíselos en su lista.",
              f"Document numbers that match no credential: {many}. Check them in your list.")  # fmt: skip


def _wait(view: BulkCheck) -> str:
    """Who must still be told, or when an announced revocation takes effect."""
    if not isinstance(view, BulkView):
        return ""
    wait = view.wait
    if view.notice is not None and view.notice.untold:
        return _untold(view.notice.untold)
    if wait is None or wait.ended is not None:
        return ""
    if wait.due is None:
        return _untold(wait.untold)
    return _t(f"se anulan desde {wait.due:%Y-%m-%d %H:%M}Z", f"revoked from {wait.due:%Y-%m-%d %H:%M}Z")


def _untold(people: int) -> str:
    return _t(f"falta avisar a {figure(people)} personas", f"{figure(people)} people must be told")

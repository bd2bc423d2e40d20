"""The passes of a wallet as a person reads them: words from the labels, and what the verifier says of each now.

Judged anew each time, since a status or a date may have changed since it was kept. Nothing is kept here.
"""

from dataclasses import dataclass

from kit.words import HERE, PassWords, pass_words
from schemas.json import JsonObject
from schemas.verification import PassReport, Verdict
from wallet.holder import OpenWallet
from wallet.kept import Kept
from wallet.profiles import may_show
from wallet.receiving import Trusted, judge_document
from wallet.showing import is_bound_to


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One pass kept. `bound` = made for this wallet's key, so it can be shown live; `profiles` that may show it."""

    name: str
    words: PassWords
    verdict: Verdict
    reasons: tuple[str, ...]
    tier: str | None
    bound: bool
    profiles: tuple[str, ...]
    received_at: str
    document: JsonObject


def lines(wallet: OpenWallet, *, by: Trusted, language: str) -> tuple[Line, ...]:
    """Every pass, oldest first."""
    return tuple(line(kept, wallet=wallet, by=by, language=language) for kept in wallet.passes())


def line(kept: Kept, *, wallet: OpenWallet, by: Trusted, language: str) -> Line:
    """One pass, judged and in words."""
    report = judge_document(kept.document, by=by)
    one = report.passes[0] if report.passes else None
    bundle = by.bundle
    labels = {} if bundle is None else bundle.labels.get(language, {})
    profiles = {} if bundle is None else bundle.policy.profiles
    return Line(
        name=kept.name,
        words=pass_words(kept.document, labels=labels, issuer=_issuer(one, language), zone=HERE),
        verdict=report.verdict,
        reasons=report.reasons,
        tier=None if one is None else one.tier,
        bound=is_bound_to(kept.document, wallet.did),
        profiles=tuple(name for name in profiles if may_show(kept.document, profile=name, profiles=profiles)),
        received_at=kept.received_at,
        document=kept.document,
    )


def _issuer(report: PassReport | None, language: str) -> str:
    """The registry's name of the signer; none where the signature did not hold."""
    if report is None or report.issuer is None:
        return ""
    return report.issuer.name.get(language, report.issuer.did)

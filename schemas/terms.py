"""The field's fixed words: context URLs, suite and type names, purposes, media types. No rule lives here."""

from typing import Final

from schemas.identifiers import Url

VC_CONTEXT: Final = Url("https://www.w3.org/ns/credentials/v2")
PUENTE_CONTEXT: Final = Url("https://w3id.org/puente/v1")
PASS_CONTEXTS: Final = (VC_CONTEXT, PUENTE_CONTEXT)
"""The contexts of a pass, in this order and no other (FORMAT section 5)."""
PRESENTATION_CONTEXTS: Final = (VC_CONTEXT,)
OPEN_BADGES_CONTEXT: Final = Url("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
BADGE_CONTEXTS: Final = (VC_CONTEXT, OPEN_BADGES_CONTEXT)
"""The contexts of a full credential (Open Badges 3.0); JCS signs their names, so none is read to sign or to verify."""

RECEIPT_CONTEXT: Final = Url("https://w3id.org/puente/receipt/v1")
"""Names the members of a receipt; never fetched, and in no bundle, so that a receipt is read as nothing else."""
VERIFICATION_RECEIPT: Final = "VerificationReceipt"

VERIFIABLE_CREDENTIAL: Final = "VerifiableCredential"
VERIFIABLE_PRESENTATION: Final = "VerifiablePresentation"
OPEN_BADGE_CREDENTIAL: Final = "OpenBadgeCredential"
STATUS_LIST_CREDENTIAL: Final = "BitstringStatusListCredential"
STATUS_LIST: Final = "BitstringStatusList"
STATUS_ENTRY: Final = "BitstringStatusListEntry"

DATA_INTEGRITY_PROOF: Final = "DataIntegrityProof"
EDDSA_JCS_2022: Final = "eddsa-jcs-2022"
MULTIKEY: Final = "Multikey"

ASSERTION: Final = "assertionMethod"
AUTHENTICATION: Final = "authentication"

REVOCATION: Final = "revocation"
SUSPENSION: Final = "suspension"

VC_MEDIA: Final = "application/vc"
VP_MEDIA: Final = "application/vp"
PROBLEM_MEDIA: Final = "application/problem+json"
JSON_MEDIA: Final = "application/json"
BUNDLE_MEDIA: Final = "application/gzip"

"""The verifier's procedure V1-V26 (TRUST section 4): text or bytes in, a graded Report out, whatever came.

`procedure.py` tells it as a story; the other files hold the steps by what they look at: `arriving` (V3-V9), `believing`
(V10-V17), `dates` and `standing` (V18-V22), `showing` (V23-V25), `reporting` (V26). Nothing here fetches or keeps.
"""

from kernel.verify.procedure import judge
from kernel.verify.reporting import unread
from kernel.verify.seen import MemorySeen, Seen

__all__ = ["MemorySeen", "Seen", "judge", "unread"]

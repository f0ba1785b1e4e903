"""Why something was granted, held, limited or refused: stable codes, and the words for them.

What a shopper reads says what to do, where there is something to do; what staff read names the
case.
"""

from __future__ import annotations

from oscar_referrals.programs.reasons.codes import *  # noqa: F403
from oscar_referrals.programs.reasons.for_shoppers import shopper_text as shopper_text
from oscar_referrals.programs.reasons.for_staff import staff_text as staff_text

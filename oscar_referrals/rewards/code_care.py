"""Staff replace and block codes: with a reason that is kept, and never their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.attribution.decide import RULE_VERSION
from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.by_hand import NotPossible, refuse_own_part, require_reason
from oscar_referrals.sharing.codes import block
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.rotate import replace_code


@transaction.atomic
def replace_by_staff(
    *, code: ReferralCode, text: str | None, grace: timedelta, note: str, actor: Any
) -> ReferralCode:
    """Give the advocate another code than ``code``, which works for ``grace`` longer.

    Raises NotPossible for one that is not what the advocate is shown now, for the actor's own and
    without a reason; CodeRefused for a text that can't be taken.
    """
    why = require_reason(note)
    refuse_own_part(actor, code.advocate)
    code.refresh_from_db(fields=["is_primary", "blocked_at"])
    if not code.is_primary or code.blocked_at is not None:
        raise NotPossible(_("This is not the code that the advocate is shown now."))
    made = replace_code(advocate=code.advocate, text=text, grace=grace, reason=why, actor=actor)
    _record(code, reasons.CODE_REPLACED, why, actor, by=made.code, days=grace.days)
    return made


@transaction.atomic
def block_code(
    *, code: ReferralCode, note: str, grace: timedelta | None, actor: Any
) -> ReferralCode:
    """Block a code, at once or after ``grace``. Raises NotPossible as `replace_by_staff` does."""
    why = require_reason(note)
    refuse_own_part(actor, code.advocate)
    if code.blocked_at is not None:
        raise NotPossible(_("This code is blocked already."))
    blocked = block(code=code, reason=why, actor=actor, grace=grace)
    _record(
        code, reasons.CODE_BLOCKED, why, actor, by="", days=grace.days if grace is not None else 0
    )
    return blocked


def _record(code: ReferralCode, reason: str, note: str, actor: Any, *, by: str, days: int) -> None:
    Decision.objects.create(
        program_id=code.program_id,
        subject=f"code:{code.code}",
        verdict=Decision.Verdict.REFUSED,
        reason=reason,
        inputs={"note": note, "by": by, "days": days},
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=timezone.now(),
    )

"""What a shop's own kind of reward calls itself in the terms."""

from __future__ import annotations

import logging
from contextvars import ContextVar

from django.utils.module_loading import import_string

from oscar_referrals.programs.models import Incentive, IncentiveAmount

logger = logging.getLogger(__name__)

#: A kind is describing itself: should it ask for the sentence of its version, it asks for itself.
_asked: ContextVar[bool] = ContextVar("oscar_referrals_own_words", default=False)


def own_words(incentive: Incentive, figures: IncentiveAmount) -> str:
    """The reward in the words of its kind (`RewardKind.describe`), which a dotted path names.

    Empty where the kind says nothing, can't be found, or asks back. The kinds are known to rooms
    that come later; what stands in the version is only a name.
    """
    if _asked.get():
        return ""
    token = _asked.set(True)
    try:
        words: str = import_string(incentive.kind)().describe(incentive=incentive, figures=figures)
    except Exception:
        # The terms of everything else are still to be read; `manage.py check` says what is wrong.
        logger.exception("The reward kind %s can't describe itself", incentive.kind)
        return ""
    finally:
        _asked.reset(token)
    return str(words)

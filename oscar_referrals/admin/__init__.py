"""Django's admin: the engineer's window on every table. It looks and exports, and changes nothing.

Whatever changes a row has rules, and those are applied by the functions behind Oscar's dashboard
and the management commands.
"""

from __future__ import annotations

from oscar_referrals.admin import (
    assignments,
    attribution,
    members,
    programs,
    rewards,
    sharing,
    work,
)

__all__ = ["assignments", "attribution", "members", "programs", "rewards", "sharing", "work"]

"""Oscar's dashboard forms that would rewrite or delete our vouchers on save.

Saving a voucher set there rewrites name, usage, dates and offers of every voucher in it, and
deleting one cascades; the same forms work for all other vouchers as before.
"""

from __future__ import annotations

from typing import Any

from oscar_referrals.programs.models import Program

#: View name → the look-up from the view's ``pk`` to the program that owns the row.
VIEWS = {
    "dashboard:voucher-update": "vouchers",
    "dashboard:voucher-delete": "vouchers",
    "dashboard:voucher-set-update": "vouchers__voucher_set",
    "dashboard:voucher-set-delete": "vouchers__voucher_set",
}


def owner_of(view_name: str, kwargs: dict[str, Any]) -> Program | None:
    """The program whose rows the view would change; None if they are not ours."""
    path = VIEWS[view_name]
    for side in ("friend_offer", "advocate_offer"):
        found = Program.objects.filter(**{f"{side}__{path}": kwargs["pk"]}).first()
        if found is not None:
            return found
    return None

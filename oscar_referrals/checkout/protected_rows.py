"""Oscar's dashboard forms that would rewrite or delete our vouchers on save.

Saving a voucher set there rewrites name, usage, dates and offers of every voucher in it, and
deleting one cascades; the same forms work for all other vouchers as before.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from oscar.core.loading import get_model

from oscar_referrals.programs.models import Program

#: View name → the look-up from the view's ``pk`` to the offers of its vouchers.
VIEWS = {
    "dashboard:voucher-update": "vouchers",
    "dashboard:voucher-delete": "vouchers",
    "dashboard:voucher-set-update": "vouchers__voucher_set",
    "dashboard:voucher-set-delete": "vouchers__voucher_set",
}


def owner_of(view_name: str, kwargs: dict[str, Any]) -> Program | None:
    """The program whose rows the view would change; None if they are not ours."""
    # As subqueries: a join would read every voucher of every program.
    offers = (
        get_model("offer", "ConditionalOffer")
        ._default_manager.filter(**{VIEWS[view_name]: kwargs["pk"]})
        .order_by()
        .values("pk")
    )
    ours = (
        Q(friend_offer__in=offers)
        | Q(advocate_offer__in=offers)
        | Q(friend_shipping_offer__in=offers)
        | Q(advocate_shipping_offer__in=offers)
    )
    return Program.objects.filter(ours).first()

"""A checkout that writes down with each order where it came from."""

from __future__ import annotations

from oscar.apps.checkout import views


class PaymentDetailsView(views.PaymentDetailsView):
    def handle_order_placement(self, *args, **kwargs):
        return super().handle_order_placement(*args, channel="checkout", **kwargs)

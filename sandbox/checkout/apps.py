from __future__ import annotations

from typing import Any

from django.urls import path
from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):
    """Oscar's checkout with three demonstration payment methods."""

    name = "checkout"

    def ready(self) -> None:
        super().ready()
        from . import receivers

        receivers.connect()

    def get_urls(self) -> list[Any]:
        from .provider import ProviderReturnView, ProviderView

        own = [
            path("test-pay/", ProviderView.as_view(), name="test-pay"),
            path("test-pay/return/", ProviderReturnView.as_view(), name="test-pay-return"),
        ]
        return [*self.post_process_urls(own), *super().get_urls()]

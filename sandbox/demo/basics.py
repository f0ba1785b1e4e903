"""What a shop needs before its first product: where it is, where it ships to, what staff book."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sites.models import Site
from oscar.core.loading import get_model

from .progress import Progress

Country = get_model("address", "Country")

SHIPS_TO = (
    ("MY", "MYS", 458, "Malaysia"),
    ("SG", "SGP", 702, "Singapore"),
    ("BN", "BRN", 96, "Brunei Darussalam"),
    ("ID", "IDN", 360, "Indonesia"),
)


def is_loaded() -> bool:
    return Country.objects.filter(is_shipping_country=True).count() >= len(SHIPS_TO)


def load_basics(progress: Progress) -> None:
    """Create countries, the site that mails link to, and the events staff can book."""
    with progress.step("Setting up the shop", total=3) as advance:
        for order, (alpha2, alpha3, number, name) in enumerate(SHIPS_TO):
            Country.objects.update_or_create(
                iso_3166_1_a2=alpha2,
                defaults={
                    "iso_3166_1_a3": alpha3,
                    "iso_3166_1_numeric": f"{number:03}",
                    "name": name,
                    "printable_name": name,
                    "display_order": len(SHIPS_TO) - order,
                    "is_shipping_country": True,
                },
            )
        advance()
        Site.objects.update_or_create(
            pk=settings.SITE_ID,
            defaults={
                "domain": f"127.0.0.1:{settings.PORT}",
                "name": settings.OSCAR_SHOP_NAME,
            },
        )
        advance()
        for model, names in (
            ("PaymentEventType", ("Paid", "Refunded")),
            ("ShippingEventType", ("Shipped", "Returned")),
        ):
            for name in names:
                get_model("order", model).objects.get_or_create(name=name)
        advance()

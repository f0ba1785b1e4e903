"""A shop to test in: products, and a visitor who walks through Oscar's own views."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_class, get_model
from oscar.test.factories import create_product

_number = count(1)


def product(price: str = "50.00", title: str = "Coffee") -> Any:
    """A product in stock at ``price`` in the shop's currency."""
    return create_product(price=Decimal(price), title=f"{title} {next(_number)}", num_in_stock=100)


def country() -> Any:
    """The one country the shop delivers to."""
    made, _created = get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="MY",
        defaults={
            "iso_3166_1_a3": "MYS",
            "iso_3166_1_numeric": "458",
            "printable_name": "Malaysia",
            "name": "Malaysia",
            "is_shipping_country": True,
        },
    )
    return made


def customer(email: str = "", **fields: Any) -> Any:
    """An account with a password (``secret``)."""
    name = email or f"customer{next(_number)}@example.com"
    return get_user_model().objects.create_user(name, email=name, password="secret", **fields)


def staff(*codenames: str) -> Any:
    """A member of staff who may do this and nothing else."""
    user = customer(is_staff=True, first_name="Siti")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


class Visitor:
    """One browser: signed in or not, with its own session, cookies and basket."""

    def __init__(self, user: Any = None, *, address: str = "127.0.0.1") -> None:
        self.client = Client(REMOTE_ADDR=address)
        self.user = user
        #: Every message the shop has shown on the way.
        self.heard: list[str] = []
        if user is not None:
            self.client.force_login(user)

    def get(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Open a page by its view name."""
        return self._listen(self.client.get(reverse(name, args=args), **kwargs))

    def post(self, name: str, *args: Any, data: Any = None, follow: bool = True) -> Any:
        """Send a form to a view by its name, and follow to the page after it."""
        return self._listen(self.client.post(reverse(name, args=args), data or {}, follow=follow))

    def add(self, item: Any, quantity: int = 1) -> Any:
        """Put a product into the basket with Oscar's own form."""
        return self.post("basket:add", item.pk, data={"quantity": quantity})

    def enter(self, code: str) -> list[str]:
        """Type a code into Oscar's voucher box; what the shop then says."""
        return texts(self.post("basket:vouchers-add", data={"code": code}))

    def claim(self, code: Any) -> Any:
        """Open the share link's page and press the button."""
        # Here, so that a visitor can walk through a shop without the apps as well.
        from oscar_referrals.sharing.links import share_path

        return self._listen(self.client.post(share_path(code), follow=True))

    def _listen(self, response: Any) -> Any:
        if response.context is not None:
            self.heard += texts(response)
        return response

    @property
    def basket(self) -> Any:
        """The open basket as the next page shows it, with offers applied."""
        return self.get("basket:summary").context["basket"]

    def to_preview(self, email: str = "", *, method: str = "") -> Any:
        """Walk the checkout up to the page that shows the total; ``method`` is one of several."""
        country()
        if self.user is None:
            email = email or f"guest{next(_number)}@example.com"
            self.post("checkout:index", data={"username": email, "options": "anonymous"})
        self.post(
            "checkout:shipping-address",
            data={
                "first_name": "Aminah",
                "last_name": "Rahman",
                "line1": "5 Jalan Ampang",
                "line4": "Kuala Lumpur",
                "postcode": "50450",
            },
        )
        self.get("checkout:shipping-method")
        if method:
            self.post("checkout:shipping-method", data={"method_code": method})
        return self.get("checkout:preview")

    def pay(self) -> Any:
        """Press "Place order" on the preview; the page after it."""
        return self.post("checkout:preview", data={"action": "place_order"})

    def order(self, email: str = "", *, method: str = "") -> Any:
        """Check out what is in the basket and return the order."""
        self.to_preview(email, method=method)
        response = self.pay()
        assert response.resolver_match.view_name == "checkout:thank-you", texts(response)
        return response.context["order"]


def texts(response: Any) -> list[str]:
    """The messages a page shows, as plain text."""
    spaced = (str(message) for message in response.context["messages"])
    # Babel puts a no-break space between currency and amount.
    return [text.replace("\xa0", " ") for text in spaced]


def pay_in_full(order: Any) -> None:
    """Record that an order was paid, as a payment provider's callback does."""
    source_type, _created = get_model("payment", "SourceType").objects.get_or_create(name="Card")
    get_model("payment", "Source").objects.create(
        order=order,
        source_type=source_type,
        currency=order.currency,
        amount_allocated=order.total_incl_tax,
        amount_debited=order.total_incl_tax,
    )


def shop_offer(
    *, percent: int, priority: int = 0, exclusive: bool = True, kind: str = "Site"
) -> Any:
    """An offer of the shop's own on everything it sells."""
    everything, _created = get_model("offer", "Range").objects.get_or_create(
        name="Everything", defaults={"includes_all_products": True}
    )
    condition = get_model("offer", "Condition").objects.create(
        range=everything, type="Count", value=1
    )
    benefit = get_model("offer", "Benefit").objects.create(
        range=everything, type="Percentage", value=percent
    )
    return get_model("offer", "ConditionalOffer").objects.create(
        name=f"{percent} % off everything",
        offer_type=kind,
        condition=condition,
        benefit=benefit,
        priority=priority,
        exclusive=exclusive,
    )


def delivery_costs(monkeypatch: Any, *charges: Any) -> None:
    """The shop delivers by one method per charge (with tax), which a pair gives without tax too."""
    base = get_class("shipping.methods", "FixedPrice")
    methods = []
    for number, charge in enumerate(charges, start=1):
        excl_tax, incl_tax = charge if isinstance(charge, tuple) else (charge, charge)
        method = base(Decimal(excl_tax), Decimal(incl_tax))
        method.code, method.name = f"method-{number}", f"Method {number}"
        methods.append(method)
    monkeypatch.setattr(get_class("shipping.repository", "Repository"), "methods", tuple(methods))


def shop_delivery_offer(*, kind: str = "Shipping percentage", value: str = "100") -> Any:
    """An offer of the shop's own on delivery, for whatever is bought."""
    everything, _created = get_model("offer", "Range").objects.get_or_create(
        name="Everything", defaults={"includes_all_products": True}
    )
    return get_model("offer", "ConditionalOffer").objects.create(
        name="Delivery week",
        offer_type="Site",
        condition=get_model("offer", "Condition").objects.create(
            range=everything, type="Count", value=1
        ),
        benefit=get_model("offer", "Benefit").objects.create(type=kind, value=Decimal(value)),
    )


def shop_voucher(code: str, *, percent: int) -> Any:
    """A plain voucher of the shop's own."""
    now = timezone.now()
    voucher = get_model("voucher", "Voucher").objects.create(
        name=code,
        code=code,
        usage="Multi-use",
        start_datetime=now - timedelta(days=1),
        end_datetime=now + timedelta(days=30),
    )
    voucher.offers.add(shop_offer(percent=percent, kind="Voucher"))
    return voucher

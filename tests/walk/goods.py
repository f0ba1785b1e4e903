"""What Oscar's pages need to show something: one of each of its objects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.flatpages.models import FlatPage
from django.utils import timezone
from oscar.core.loading import get_model
from oscar.test import factories

PASSWORD = "a-long-secret"


@dataclass(frozen=True, kw_only=True)
class Goods:
    """The shop's rows, by the names of their models."""

    customer: Any
    staff: Any
    category: Any
    product: Any
    beans: Any
    sold_out: Any
    product_class: Any
    option: Any
    option_group: Any
    range: Any
    offer: Any
    voucher: Any
    voucher_set: Any
    partner: Any
    review: Any
    address: Any
    wishlist: Any
    alert: Any
    notification: Any
    email: Any
    page: Any
    event_type: Any
    shipping_method: Any
    shipping_band: Any


def stock_the_shop() -> Goods:
    """Fill an empty shop."""
    customer, staff = people()
    country = delivery_country()
    product_class = factories.ProductClassFactory(name="Drinks", requires_shipping=True)
    product = drink(product_class, "Coffee", stock=500)
    category = get_model("catalogue", "Category").add_root(name="Hot drinks")
    product.categories.add(category)
    beans = drink(product_class, "Beans", stock=500)
    goods_range, voucher = reduced(product, beans)
    return Goods(
        customer=customer,
        staff=staff,
        category=category,
        product=product,
        beans=beans,
        sold_out=drink(product_class, "Tea", stock=0),
        product_class=product_class,
        range=goods_range,
        offer=get_model("offer", "ConditionalOffer").objects.get(offer_type="Site"),
        voucher=voucher,
        voucher_set=voucher.voucher_set,
        partner=product.stockrecords.get().partner,
        review=factories.ProductReviewFactory(product=product, user=customer, status=1),
        **catalogue_extras(),
        **belongings(customer, product, country),
        **dashboard_extras(),
    )


def people() -> tuple[Any, Any]:
    """A customer, and somebody who may open the whole dashboard."""
    users = get_user_model().objects
    return (
        users.create_user("siti", email="siti@example.com", password=PASSWORD, first_name="Siti"),
        users.create_superuser("boss", email="boss@example.com", password=PASSWORD),
    )


def delivery_country() -> Any:
    return get_model("address", "Country").objects.create(
        iso_3166_1_a2="MY",
        iso_3166_1_a3="MYS",
        iso_3166_1_numeric="458",
        printable_name="Malaysia",
        name="Malaysia",
        is_shipping_country=True,
    )


def drink(product_class: Any, title: str, *, stock: int) -> Any:
    return factories.create_product(
        product_class=product_class.name, title=title, price=Decimal("50.00"), num_in_stock=stock
    )


def reduced(product: Any, beans: Any) -> tuple[Any, Any]:
    """An offer to everybody for the one, a voucher of a set for the other; range and voucher."""
    ranges = {}
    for name, offer_type, item in (("Brewed", "Site", product), ("Newsletter", "Voucher", beans)):
        ranges[name] = factories.RangeFactory(name=name, is_public=True, products=[item])
        offer = factories.ConditionalOfferFactory(
            name=name,
            offer_type=offer_type,
            condition=factories.ConditionFactory(range=ranges[name], type="Count", value=1),
            benefit=factories.BenefitFactory(range=ranges[name], type="Percentage", value=10),
            priority=0,
            exclusive=False,
        )
    now = timezone.now()
    dates = {
        "start_datetime": now - datetime.timedelta(days=1),
        "end_datetime": now + datetime.timedelta(days=30),
    }
    voucher_set = get_model("voucher", "VoucherSet").objects.create(
        name="Newsletter", count=1, code_length=8, **dates
    )
    voucher = get_model("voucher", "Voucher").objects.create(
        name="Newsletter",
        code="NEWSLETTER",
        usage="Multi-use",
        voucher_set=voucher_set,
        **dates,
    )
    voucher.offers.add(offer)
    return ranges["Brewed"], voucher


def catalogue_extras() -> dict[str, Any]:
    group = factories.AttributeOptionGroupFactory(name="Sizes")
    factories.AttributeOptionFactory(group=group, option="Large")
    return {
        "option_group": group,
        "option": get_model("catalogue", "Option").objects.create(name="Engraving"),
    }


def belongings(customer: Any, product: Any, country: Any) -> dict[str, Any]:
    """What a customer's account shows."""
    wishlist = get_model("wishlists", "WishList").objects.create(
        owner=customer, name="For later", visibility="Public"
    )
    # Oscar draws the key by lot; it stands in the addresses of many pages.
    wishlist.key = "later1"
    wishlist.save()
    wishlist.add(product)
    return {
        "address": factories.UserAddressFactory(
            user=customer, country=country, line1="5 Jalan Ampang", postcode="50450"
        ),
        "wishlist": wishlist,
        "alert": get_model("customer", "ProductAlert").objects.create(
            user=customer, product=product, status="Active"
        ),
        "notification": get_model("communication", "Notification").objects.create(
            recipient=customer, subject="Welcome", body="We are glad that you are here."
        ),
        "email": get_model("communication", "Email").objects.create(
            user=customer, subject="Welcome", body_text="We are glad that you are here."
        ),
    }


def dashboard_extras() -> dict[str, Any]:
    method = factories.create_shipping_weight_based()
    page = FlatPage.objects.create(url="/about-us/", title="About us", content="Coffee people.")
    page.sites.add(1)
    return {
        "page": page,
        "event_type": get_model("communication", "CommunicationEventType").objects.create(
            code="FAREWELL", name="Farewell", category="User related"
        ),
        "shipping_method": method,
        "shipping_band": factories.create_shipping_weight_band(
            upper_limit=10, charge=5, weight_based=method
        ),
    }

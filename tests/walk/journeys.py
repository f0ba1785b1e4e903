"""Who walks where: visitors, a guest who buys, a customer, and the shop's staff."""

from __future__ import annotations

from typing import Any

from oscar.core.loading import get_model

from tests.walk import pages
from tests.walk.goods import PASSWORD, Goods
from tests.walk.walker import Walker

ADDRESS = {
    "first_name": "Aminah",
    "last_name": "Rahman",
    "line1": "5 Jalan Ampang",
    "line4": "Kuala Lumpur",
    "postcode": "50450",
    "country": "MY",
}


def visitor(walker: Walker, goods: Goods) -> None:
    """Looks at everything, and fills a basket without buying."""
    for page in pages.storefront(goods):
        walker.open(page.view, *page.args, query=page.query)
    fill_basket(walker, goods)
    walker.send("basket:vouchers-add", code="")
    walker.send("basket:vouchers-add", code=goods.voucher.code)
    walker.open("basket:summary")
    walker.open("home")
    walker.open("catalogue:detail", goods.product.slug, goods.product.pk)
    walker.send("basket:vouchers-remove", goods.voucher.pk)
    change_basket(walker, quantity=0)
    walker.open("basket:summary")
    walker.send("customer:alert-create", goods.sold_out.pk, email="tea@example.com")
    alert = get_model("customer", "ProductAlert").objects.latest("pk")
    walker.open("customer:alerts-confirm", alert.key)
    walker.open("customer:alerts-cancel-by-key", alert.key)
    walker.send("password-reset", email="siti@example.com")


def malay(walker: Walker, goods: Goods) -> None:
    """Reads the shop in a language that Oscar does not speak and we do."""
    walker.send("set_language", language="ms", next="/shop/")
    walker.open("catalogue:detail", goods.product.slug, goods.product.pk)
    walker.send("basket:add", goods.product.pk, quantity=1)
    walker.open("basket:summary")


def guesser(walker: Walker, goods: Goods) -> None:
    """Types a code that is nobody's."""
    walker.send("basket:add", goods.product.pk, quantity=1)
    walker.send("basket:vouchers-add", code="NO-SUCH-CODE")
    walker.open("basket:summary")


def fill_basket(walker: Walker, goods: Goods) -> None:
    walker.send("basket:add", goods.product.pk, quantity=1)
    walker.open("basket:summary")
    walker.send("basket:add", goods.product.pk, quantity=2)
    walker.send("basket:add", goods.sold_out.pk, quantity=1)
    walker.send("basket:add", goods.beans.pk, quantity=1)
    walker.open("basket:summary")
    change_basket(walker, quantity=2)
    walker.open("basket:summary")


def formset(prefix: str, **fields: Any) -> dict[str, Any]:
    """The form of the newest basket, with the same said of each line."""
    lines = get_model("basket", "Line").objects.latest("pk").basket.lines.all()
    form = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": len(lines)}
    for number, line in enumerate(lines):
        form[f"{prefix}-{number}-id"] = line.pk
        form |= {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return form


def change_basket(walker: Walker, *, quantity: int) -> None:
    """Send the basket's own form with another quantity."""
    walker.send("basket:summary", **formset("form", quantity=quantity))


def guest(walker: Walker, goods: Goods, email: str) -> None:
    """Buys without an account."""
    fill_basket(walker, goods)
    walker.open("checkout:index")
    walker.send("checkout:index", username=email, options="anonymous")
    order = buy(walker)
    walker.open("customer:anon-order", order.number, order.verification_hash())
    walker.open("customer:anon-order-form", order.number, order.verification_hash())


def buy(walker: Walker) -> Any:
    """Oscar's checkout from the delivery address on; the order."""
    walker.open("checkout:shipping-address")
    walker.send("checkout:shipping-address", line1="")
    walker.send("checkout:shipping-address", **ADDRESS)
    walker.open("checkout:shipping-method")
    walker.open("checkout:payment-method")
    walker.open("checkout:payment-details")
    walker.open("checkout:preview")
    walker.send("checkout:preview")
    walker.send("checkout:preview", action="place_order")
    walker.open("checkout:thank-you")
    walker.open("basket:summary")
    return get_model("order", "Order").objects.latest("pk")


def customer(walker: Walker, goods: Goods, round_: str) -> None:
    """Registers, signs in with a full basket, buys with a voucher, and looks after the account."""
    new = {"email": f"{round_}-new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    walker.send("customer:register", **new)
    walker.open("customer:logout")
    fill_basket(walker, goods)
    walker.send(
        "customer:login",
        **{
            "login-username": goods.customer.email,
            "login-password": PASSWORD,
            "login_submit": "Log In",
        },
    )
    walker.open("home")
    walker.open("catalogue:detail", goods.product.slug, goods.product.pk)
    walker.open("basket:summary")
    walker.send("basket:vouchers-add", code=goods.voucher.code)
    walker.open("basket:summary")
    walker.open("checkout:index")
    for page in pages.checkout_addresses(goods):
        walker.open(page.view, *page.args)
    walker.send("checkout:shipping-address", action="ship_to", address_id=goods.address.pk)
    order = buy(walker)
    for page in pages.account(goods, order):
        walker.open(page.view, *page.args, query=page.query)
    look_after_account(walker, goods, order)


def look_after_account(walker: Walker, goods: Goods, order: Any) -> None:
    line = order.lines.first()
    walker.send("customer:order", order.number, action="reorder")
    walker.send("customer:order-line", order.number, line.pk, action="reorder")
    walker.open("basket:summary")
    walker.send("basket:summary", **formset("form", quantity=1, save_for_later="on"))
    walker.open("basket:summary")
    walker.send("basket:saved", **formset("saved", quantity=1, move_to_basket="on"))
    walker.send(
        "customer:profile-update", first_name="Siti", last_name="A", email="siti@example.com"
    )
    walker.send("customer:address-create", **ADDRESS | {"line1": f"{order.pk} Jalan Raja"})
    shares = {"shared_emails-TOTAL_FORMS": 0, "shared_emails-INITIAL_FORMS": 0}
    walker.send("customer:wishlists-create", name="Presents", visibility="Private", **shares)
    other = get_model("wishlists", "WishList").objects.latest("pk")
    walker.send("customer:wishlists-add-product", other.key, goods.sold_out.pk)
    line = other.lines.get()
    walker.open(
        "customer:wishlists-move-product-to-another", other.key, line.pk, goods.wishlist.key
    )
    walker.send("customer:wishlists-remove-product", goods.wishlist.key, goods.sold_out.pk)
    walker.send("customer:wishlists-delete", other.key)
    walker.send("customer:notifications-update", action="archive", selected_notification=[])
    walker.send("customer:alert-create", goods.sold_out.pk)
    alert = get_model("customer", "ProductAlert").objects.latest("pk")
    walker.open("customer:alerts-cancel-by-pk", alert.pk)
    walker.send(
        "catalogue:reviews-add",
        goods.product.slug,
        goods.product.pk,
        title="Good",
        score=5,
        body="I like it.",
    )
    walker.send(
        "catalogue:reviews-vote", goods.product.slug, goods.product.pk, goods.review.pk, delta=1
    )
    walker.open("customer:logout")
    walker.open("home")


def staff(walker: Walker, goods: Goods, round_: str) -> None:
    """Opens the whole dashboard, and changes what a referral could touch."""
    order = get_model("order", "Order").objects.latest("pk")
    for page in pages.dashboard(goods, order):
        walker.open(page.view, *page.args, query=page.query)
    run_orders(walker, order)
    run_catalogue(walker, goods)
    run_marketing(walker, goods, round_)
    walker.send("dashboard:user-password-reset", goods.customer.pk)
    walker.send("dashboard:logout")


def run_orders(walker: Walker, order: Any) -> None:
    note = {"order_action": "save_note", "message": "Called the customer."}
    walker.send("dashboard:order-detail", order.number, **note)
    walker.open("dashboard:order-detail-note", order.number, order.notes.latest("pk").pk)
    for status in ("Paid", "Cancelled"):
        change = {"order_action": "change_order_status", "new_status": status}
        walker.send("dashboard:order-detail", order.number, **change)
        walker.open("dashboard:order-detail", order.number)
    walker.send("dashboard:order-list", action="download_selected_orders", selected_order=order.pk)


def run_catalogue(walker: Walker, goods: Goods) -> None:
    partner, customer = goods.partner.pk, goods.customer.pk
    walker.send("dashboard:partner-user-link", partner, customer)
    walker.open("dashboard:partner-user-update", partner, customer)
    walker.send("dashboard:partner-user-unlink", partner, customer)
    walker.send("dashboard:range-reorder", goods.range.pk, product=[goods.product.pk])
    walker.send(
        "dashboard:catalogue-product-bulk-action",
        action="make_public",
        selected_product=[goods.product.pk],
    )


def run_marketing(walker: Walker, goods: Goods, round_: str) -> None:
    dates = {"start_datetime": "2026-01-01 00:00", "end_datetime": "2036-01-01 00:00"}
    offers = goods.voucher.offers.values_list("pk", flat=True)
    voucher = {
        "name": f"Letter {round_}",
        "code": f"LETTER-{round_}",
        "usage": "Multi-use",
        **dates,
    }
    walker.send("dashboard:voucher-create", **voucher, offers=list(offers))
    made = get_model("voucher", "Voucher").objects.latest("pk")
    walker.send("dashboard:voucher-update", made.pk, **voucher, offers=list(offers))
    walker.send("dashboard:voucher-delete", made.pk)
    voucher_set = {"name": goods.voucher_set.name, "code_length": 8, "count": 1, **dates}
    voucher_set |= {"usage": "Multi-use", "description": round_}
    walker.send(
        "dashboard:voucher-set-update", goods.voucher_set.pk, **voucher_set, offers=list(offers)
    )
    walker.send(
        "dashboard:offer-metadata",
        goods.offer.pk,
        name=goods.offer.name,
        description=round_,
        offer_type="Site",
    )
    walker.send("dashboard:range-update", goods.range.pk, name=goods.range.name, is_public="on")
    walker.send(
        "dashboard:reviews-update", goods.review.pk, status=1, body="Good", title="Good", score=4
    )

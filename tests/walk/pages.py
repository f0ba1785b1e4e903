"""The addresses of Oscar's views, and what each needs to show something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.walk.goods import Goods


@dataclass(frozen=True)
class Page:
    """A view by its name, with the arguments of its address."""

    view: str
    args: tuple[Any, ...] = ()
    query: str = ""


def storefront(goods: Goods) -> list[Page]:
    """What anybody sees."""
    product = (goods.product.slug, goods.product.pk)
    return [
        Page("home"),
        Page("catalogue:index"),
        Page("catalogue:index", query="?page=1"),
        Page("catalogue:category", (goods.category.slug, goods.category.pk)),
        Page("catalogue:detail", product),
        Page("catalogue:detail", (goods.sold_out.slug, goods.sold_out.pk)),
        Page("catalogue:range", (goods.range.slug,)),
        Page("catalogue:reviews-list", product),
        Page("catalogue:reviews-detail", (*product, goods.review.pk)),
        Page("catalogue:reviews-add", product),
        Page("search:search", query="?q=Coffee"),
        Page("search:search", query="?q=nothing-of-the-kind"),
        Page("offer:list"),
        Page("offer:detail", (goods.offer.slug,)),
        Page("wishlists:detail", (goods.wishlist.key,)),
        Page("basket:summary"),
        Page("checkout:index"),
        Page("checkout:preview"),
        Page("customer:login"),
        Page("customer:register"),
        Page("customer:summary"),
        Page("password-reset"),
        Page("password-reset-done"),
        Page("password-reset-confirm", ("MQ", "no-such-token")),
        Page("password-reset-complete"),
        Page("dashboard:index"),
        Page("dashboard:login"),
    ]


def account(goods: Goods, order: Any) -> list[Page]:
    """What a customer sees of his own."""
    wishlist = goods.wishlist
    return [
        Page("customer:summary"),
        Page("customer:profile-view"),
        Page("customer:profile-update"),
        Page("customer:profile-delete"),
        Page("customer:change-password"),
        Page("customer:order-list"),
        Page("customer:order", (order.number,)),
        Page("customer:address-list"),
        Page("customer:address-create"),
        Page("customer:address-detail", (goods.address.pk,)),
        Page("customer:address-delete", (goods.address.pk,)),
        Page("customer:address-change-status", (goods.address.pk, "default_for_billing")),
        Page("customer:email-list"),
        Page("customer:email-detail", (goods.email.pk,)),
        Page("customer:notifications-inbox"),
        Page("customer:notifications-archive"),
        Page("customer:notifications-detail", (goods.notification.pk,)),
        Page("customer:alerts-list"),
        Page("customer:wishlists-list"),
        Page("customer:wishlists-create"),
        Page("customer:wishlists-create-with-product", (goods.product.pk,)),
        Page("customer:wishlists-detail", (wishlist.key,)),
        Page("customer:wishlists-update", (wishlist.key,)),
        Page("customer:wishlists-delete", (wishlist.key,)),
        Page("customer:wishlists-remove-product", (wishlist.key, wishlist.lines.get().pk)),
        Page("basket:saved"),
        Page("catalogue:reviews-add", (goods.product.slug, goods.product.pk)),
    ]


def checkout_addresses(goods: Goods) -> list[Page]:
    """The address book inside the checkout, for a customer with something in the basket."""
    return [
        Page("checkout:user-address-update", (goods.address.pk,)),
        Page("checkout:user-address-delete", (goods.address.pk,)),
    ]


def dashboard(goods: Goods, order: Any) -> list[Page]:
    """What the shop's staff sees."""
    partner, customer = goods.partner.pk, goods.customer.pk
    line = order.lines.first().pk
    return [
        Page("dashboard:index"),
        Page("dashboard:catalogue-product-list"),
        Page("dashboard:catalogue-product-list", query="?title=coffee"),
        Page("dashboard:catalogue-product", (goods.product.pk,)),
        Page("dashboard:catalogue-product-create", (goods.product_class.slug,)),
        Page("dashboard:catalogue-product-create-child", (goods.product.pk,)),
        Page("dashboard:catalogue-product-delete", (goods.product.pk,)),
        Page("dashboard:catalogue-product-lookup", query="?q=coffee"),
        Page("dashboard:stock-alert-list"),
        Page("dashboard:catalogue-category-list"),
        Page("dashboard:catalogue-category-detail-list", (goods.category.pk,)),
        Page("dashboard:catalogue-category-create"),
        Page("dashboard:catalogue-category-create-child", (goods.category.pk,)),
        Page("dashboard:catalogue-category-update", (goods.category.pk,)),
        Page("dashboard:catalogue-category-delete", (goods.category.pk,)),
        Page("dashboard:catalogue-class-list"),
        Page("dashboard:catalogue-class-create"),
        Page("dashboard:catalogue-class-update", (goods.product_class.pk,)),
        Page("dashboard:catalogue-class-delete", (goods.product_class.pk,)),
        Page("dashboard:catalogue-attribute-option-group-list"),
        Page("dashboard:catalogue-attribute-option-group-create"),
        Page("dashboard:catalogue-attribute-option-group-update", (goods.option_group.pk,)),
        Page("dashboard:catalogue-attribute-option-group-delete", (goods.option_group.pk,)),
        Page("dashboard:catalogue-option-list"),
        Page("dashboard:catalogue-option-create"),
        Page("dashboard:catalogue-option-update", (goods.option.pk,)),
        Page("dashboard:catalogue-option-delete", (goods.option.pk,)),
        Page("dashboard:reports-index"),
        Page("dashboard:reports-index", query="?report_type=vouchers"),
        Page("dashboard:reports-index", query="?report_type=conditional-offers"),
        Page("dashboard:reports-index", query="?report_type=order_report&download=1"),
        Page("dashboard:order-list"),
        Page("dashboard:order-list", query=f"?order_number={order.number}"),
        Page("dashboard:order-stats"),
        Page("dashboard:order-detail", (order.number,)),
        Page("dashboard:order-line-detail", (order.number, line)),
        Page("dashboard:order-shipping-address", (order.number,)),
        Page("dashboard:users-index"),
        Page("dashboard:users-index", query="?email=siti"),
        Page("dashboard:user-detail", (customer,)),
        Page("dashboard:user-alert-list"),
        Page("dashboard:user-alert-update", (goods.alert.pk,)),
        Page("dashboard:user-alert-delete", (goods.alert.pk,)),
        Page("dashboard:page-list"),
        Page("dashboard:page-create"),
        Page("dashboard:page-update", (goods.page.pk,)),
        Page("dashboard:page-delete", (goods.page.pk,)),
        Page("dashboard:partner-list"),
        Page("dashboard:partner-create"),
        Page("dashboard:partner-manage", (partner,)),
        Page("dashboard:partner-delete", (partner,)),
        Page("dashboard:partner-user-create", (partner,)),
        Page("dashboard:partner-user-select", (partner,), "?email=siti@example.com"),
        Page("dashboard:offer-list"),
        Page("dashboard:offer-metadata"),
        Page("dashboard:offer-metadata", (goods.offer.pk,)),
        Page("dashboard:offer-benefit", (goods.offer.pk,)),
        Page("dashboard:offer-condition", (goods.offer.pk,)),
        Page("dashboard:offer-restrictions", (goods.offer.pk,)),
        Page("dashboard:offer-detail", (goods.offer.pk,)),
        Page("dashboard:offer-delete", (goods.offer.pk,)),
        Page("dashboard:range-list"),
        Page("dashboard:range-create"),
        Page("dashboard:range-update", (goods.range.pk,)),
        Page("dashboard:range-products", (goods.range.pk,)),
        Page("dashboard:range-delete", (goods.range.pk,)),
        Page("dashboard:reviews-list"),
        Page("dashboard:reviews-update", (goods.review.pk,)),
        Page("dashboard:reviews-delete", (goods.review.pk,)),
        Page("dashboard:voucher-list"),
        Page("dashboard:voucher-create"),
        Page("dashboard:voucher-update", (goods.voucher.pk,)),
        Page("dashboard:voucher-stats", (goods.voucher.pk,)),
        Page("dashboard:voucher-delete", (goods.voucher.pk,)),
        Page("dashboard:voucher-set-list"),
        Page("dashboard:voucher-set-create"),
        Page("dashboard:voucher-set-update", (goods.voucher_set.pk,)),
        Page("dashboard:voucher-set-detail", (goods.voucher_set.pk,)),
        Page("dashboard:voucher-set-download", (goods.voucher_set.pk,)),
        Page("dashboard:voucher-set-delete", (goods.voucher_set.pk,)),
        Page("dashboard:comms-list"),
        Page("dashboard:comms-update", (goods.event_type.code,)),
        Page("dashboard:shipping-method-list"),
        Page("dashboard:shipping-method-create"),
        Page("dashboard:shipping-method-detail", (goods.shipping_method.pk,)),
        Page("dashboard:shipping-method-edit", (goods.shipping_method.pk,)),
        Page("dashboard:shipping-method-delete", (goods.shipping_method.pk,)),
        Page(
            "dashboard:shipping-method-band-edit",
            (goods.shipping_method.pk, goods.shipping_band.pk),
        ),
        Page(
            "dashboard:shipping-method-band-delete",
            (goods.shipping_method.pk, goods.shipping_band.pk),
        ),
    ]

"""Lets editors choose products of the shop in Wagtail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from wagtail.admin.viewsets.chooser import ChooserViewSet

product_chooser_viewset = ChooserViewSet(
    "product_chooser",
    model=get_model("catalogue", "Product"),
    icon="tag",
    choose_one_text=_("Choose a product"),
    choose_another_text=_("Choose another product"),
    per_page=12,
)

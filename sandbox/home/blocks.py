"""What editors can put on the pages of the shop."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from wagtail_referrals.blocks import ReferralBlocks

from .products import product_chooser_viewset

ProductChooserBlock = product_chooser_viewset.get_block_class(
    name="ProductChooserBlock", module_path="home.blocks"
)


class ShelfBlock(blocks.StructBlock):
    """A row of products."""

    heading = blocks.CharBlock(label=_("Heading"))
    products = blocks.ListBlock(ProductChooserBlock(label=_("Product")), label=_("Products"))

    class Meta:
        icon = "tag"
        label = _("Product shelf")
        template = "home/blocks/shelf.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        chosen = [product.pk for product in value["products"] if product is not None]
        products = get_model("catalogue", "Product").objects.browsable().base_queryset()
        found = products.in_bulk(chosen)
        context["products"] = [found[pk] for pk in chosen if pk in found]
        return context


class CategoriesBlock(blocks.StructBlock):
    """Every category of the catalogue, as tiles."""

    heading = blocks.CharBlock(label=_("Heading"))

    class Meta:
        icon = "list-ul"
        label = _("Categories")
        template = "home/blocks/categories.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["categories"] = get_model("catalogue", "Category").get_root_nodes().browsable()
        return context


class PromiseBlock(blocks.StructBlock):
    """One reason to buy here."""

    title = blocks.CharBlock(label=_("Title"))
    text = blocks.CharBlock(label=_("Text"))

    class Meta:
        icon = "pick"
        label = _("Promise")


class StoryBlock(blocks.StructBlock):
    """A picture beside a text."""

    image = ImageChooserBlock(label=_("Picture"))
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"])
    link_text = blocks.CharBlock(label=_("Link text"), required=False)
    link_page = blocks.PageChooserBlock(label=_("Link to"), required=False)

    class Meta:
        icon = "image"
        label = _("Story")
        template = "home/blocks/story.html"


class QuestionBlock(blocks.StructBlock):
    """A question that customers ask, and its answer."""

    question = blocks.CharBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=["bold", "italic", "link", "ul"])

    class Meta:
        icon = "help"
        label = _("Question")


class ShopBlocks(ReferralBlocks):
    """All of the above, and the blocks of the referral program."""

    text = blocks.RichTextBlock(
        label=_("Text"),
        features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        template="home/blocks/text.html",
    )
    shelf = ShelfBlock()
    categories = CategoriesBlock()
    promises = blocks.ListBlock(
        PromiseBlock(), label=_("Promises"), icon="pick", template="home/blocks/promises.html"
    )
    story = StoryBlock()
    questions = blocks.ListBlock(
        QuestionBlock(), label=_("Questions"), icon="help", template="home/blocks/questions.html"
    )

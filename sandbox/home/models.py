"""The shop's website: a home page per language and plain content pages under it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .blocks import ShopBlocks


class HomePage(Page):
    """The first page of the shop: a large picture with a greeting, then blocks."""

    hero_title = models.CharField(_("greeting"), max_length=120)
    hero_text = models.CharField(_("sentence under the greeting"), max_length=255, blank=True)
    hero_link_text = models.CharField(_("text of the button"), max_length=60, blank=True)
    hero_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ShopBlocks(), verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldPanel("hero_link_text"),
                FieldPanel("hero_image"),
            ],
            heading=_("Greeting"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(Page):
    """A page of text: the shop's story, delivery, contact."""

    introduction = models.CharField(_("introduction"), max_length=255, blank=True)
    body = StreamField(ShopBlocks(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

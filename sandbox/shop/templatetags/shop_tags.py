"""Links that every page of the shop shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import AbstractPage, Page

from home.models import HomePage
from wagtail_referrals.models import ReferralAdvocatePage, ReferralOverviewPage

register = template.Library()

ABOUT_PROGRAM = (ReferralAdvocatePage, ReferralOverviewPage)


@dataclass(frozen=True)
class LanguageLink:
    """This page in one language, or that language's home page if it was not translated."""

    code: str
    name: str
    url: str
    is_current: bool

    @property
    def short(self) -> str:
        return self.code.split("-")[0].upper()


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[LanguageLink]:
    """Return a link per language.

    Pages of the website may have another address in each language, so their translations are looked
    up; addresses of the shop differ only in their prefix.
    """
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    if isinstance(page, AbstractPage):
        urls = _page_urls(page, request)
    else:
        path = request.get_full_path()
        urls = {code: translate_url(path, code) for code, __ in settings.LANGUAGES}
    current = get_language()
    return [
        LanguageLink(code=code, name=name, url=urls[code], is_current=code == current)
        for code, name in settings.LANGUAGES
        if code in urls
    ]


def _page_urls(page: Any, request: Any) -> dict[str, str]:
    urls = {}
    for home in HomePage.objects.live().select_related("locale"):
        urls[home.locale.language_code] = home.get_url(request)
    for translation in page.get_translations(inclusive=True).live().select_related("locale"):
        urls[translation.locale.language_code] = translation.get_url(request)
    return urls


@dataclass(frozen=True)
class Menus:
    """The pages of the active language that editors put into menus: two lists, one query."""

    shop: list[Page]
    referrals: list[Page]


@register.simple_tag
def menu_pages() -> Menus:
    """Return the pages for the footer, those about the referral program apart."""
    pages = Page.objects.live().in_menu().order_by("path")
    menus = Menus([], [])
    for page in pages.filter(locale__language_code=get_language()):
        about_program = page.cached_content_type.model_class() in ABOUT_PROGRAM
        (menus.referrals if about_program else menus.shop).append(page)
    return menus

"""The flat lists of pages: of each page class that one of our mixins was mixed into.

A shop may use its own page classes, so what is listed is found by mixin. What brings another kind
of page adds it with `register_page_type` before the menu is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from oscar_referrals.programs.models import Program, ProgramVersion
from wagtail_referrals.models import (
    ReferralAdvocateMixin,
    ReferralLandingMixin,
    ReferralOverviewMixin,
    ReferralTermsMixin,
)


@dataclass(frozen=True, kw_only=True)
class PageType:
    """A kind of page that the menu lists."""

    mixin: type[Any]
    #: Begins the address of its list, and is all of it for the page class of this app.
    name: str
    #: In the menu; a shop's own classes are called by their own names.
    label: Any
    icon: str
    #: What to do while there is none.
    empty: Any = ""
    #: Between the title and the status.
    columns: Sequence[BaseColumn] = ()
    #: What those show of other tables.
    loads: tuple[str, ...] = ()

    def models(self) -> list[type[Model]]:
        """The page classes of this kind, the shop's own ones included."""
        return [model for model in apps.get_models() if issubclass(model, self.mixin)]


def _words_for(page: ReferralTermsMixin) -> str:
    if page.version is None:
        return gettext("Nothing yet: choose a version")
    if page.version.status == ProgramVersion.Status.DRAFT:
        return gettext("Version %(number)d, in preparation") % {"number": page.version.number}
    if page.program.status == Program.Status.ENDED:
        return gettext("An ended program")
    return gettext("The version in force")


_PAGE_TYPES: list[PageType] = [
    PageType(
        mixin=ReferralTermsMixin,
        name="referral_terms_pages",
        label=_("Terms pages"),
        empty=_("There is no terms page yet. Add one in each language of the shop."),
        icon="doc-full",
        columns=[
            Column("program", label=_("Program")),
            Column("words_for", label=_("Words for"), accessor=_words_for),
        ],
        loads=("locale", "program", "version"),
    ),
    PageType(
        mixin=ReferralLandingMixin,
        name="referral_landing_pages",
        label=_("Invitation pages"),
        empty=_("There is no invitation page yet: links lead to the shop's own."),
        icon="mail",
    ),
    PageType(
        mixin=ReferralAdvocateMixin,
        name="referral_advocate_pages",
        label=_("Advocate pages"),
        empty=_("There is no advocate page yet. Add one to say how to recommend the shop."),
        icon="user",
    ),
    PageType(
        mixin=ReferralOverviewMixin,
        name="referral_overview_pages",
        label=_("Program overview pages"),
        empty=_("There is no overview page yet. Add one to say all of the offer in one place."),
        icon="info-circle",
    ),
]


def register_page_type(page_type: PageType) -> None:
    """Add a kind of page to the menu; call it in an app's ``ready()``."""
    if page_type not in _PAGE_TYPES:
        _PAGE_TYPES.append(page_type)


def page_listings() -> list[PageListingViewSet]:
    """A list for each page class of each kind."""
    return [_listing(page_type, model) for page_type in _PAGE_TYPES for model in page_type.models()]


def terms_listing() -> str | None:
    """The address of the list of terms pages: of the website's own class if it has one."""
    page_type = _PAGE_TYPES[0]
    models = sorted(page_type.models(), key=_is_ours)
    return reverse(f"{_name(page_type, models[0])}:index") if models else None


def _is_ours(model: type[Model]) -> bool:
    return model._meta.app_label == "wagtail_referrals"


def _name(page_type: PageType, model: type[Model]) -> str:
    if _is_ours(model):
        return page_type.name
    return f"{page_type.name}_{model._meta.label_lower.replace('.', '_')}"


def _listing(page_type: PageType, model: type[Any]) -> PageListingViewSet:
    label, name = page_type.label, _name(page_type, model)
    if not _is_ours(model):
        label = capfirst(model._meta.verbose_name_plural)

    class PageIndexView(IndexView):
        """The pages of one class, loaded with what the columns show."""

        # Wagtail's own shows a table of nothing.
        results_template_name = "wagtail_referrals/page_list.html"

        def get_base_queryset(self) -> QuerySet[Any]:
            return super().get_base_queryset().select_related(*page_type.loads)

        def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
            """Say what to do while there is no page."""
            return super().get_context_data(empty=page_type.empty, **kwargs)

    # A class of its own: Wagtail looks for the columns on the class and not on the instance.
    class PageViewSet(PageListingViewSet):
        list_display = [
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            *page_type.columns,
            PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
        ]

    return PageViewSet(
        name,
        model=model,
        index_view_class=PageIndexView,
        icon=page_type.icon,
        menu_label=label,
        add_to_admin_menu=False,
    )

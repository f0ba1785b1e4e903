"""What the lists of programs, codes, referrals and rewards have in common: nobody edits them.

One place per action: what happens to them happens in the shop's dashboard, to which they link.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission
from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_referrals.compat import apply_policy
from wagtail_referrals.dashboard_links import dashboard_buttons
from wagtail_referrals.exports import StreamedExport
from wagtail_referrals.permissions import ViewOnlyPolicy

#: So many rows can be paged through. A shop has a million codes, and counting them takes longer
#: than finding the one that is meant.
MOST_ROWS = 10_000
STYLES = Media(css={"all": ["wagtail_referrals/lists.css"]})
#: The class of columns that a small screen has no room for.
MINOR = "wr-minor"


class BoundedPaginator(WagtailPaginator):
    """Counts at most `MOST_ROWS` and gives no page beyond them."""

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return int(self.object_list[:MOST_ROWS].count())

    def page(self, number: Any) -> Page:
        """One page; the last one ends with the last row that is counted."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, MOST_ROWS)
        return self._get_page(self.object_list[first:last], number, self)


class DashboardButton:
    """Knows the page of the dashboard that acts on a row."""

    request: Any
    #: Its name there; its only argument is the row's key.
    dashboard_page: str

    def dashboard_buttons(self, instance: Model) -> list[Any]:
        """The way to it, if the reader may go there."""
        return list(dashboard_buttons(self.request.user, self.dashboard_page, instance.pk))


class ReadOnlyIndexView(StreamedExport, DashboardButton, IndexView):
    """A list to search, to filter and to take away as a file. The number of queries is fixed."""

    paginator_class = BoundedPaginator
    is_searchable = True
    #: What the columns show of other tables.
    loads: tuple[str, ...] = ()
    #: The heading of the first column, and what it says; it leads to the row.
    title: tuple[Any, Callable[[Any], str]]
    title_class: str = ""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The title with its menu, then what the viewset lists."""
        label, accessor = self.title
        title_column = self._get_title_column_class(TitleColumn)
        return [
            title_column(
                "title",
                label=label,
                accessor=accessor,
                get_url=self.get_inspect_url,
                classname=f"title wr-title {self.title_class}",
            ),
            *self.list_display,
        ]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Load what the columns show with the rows."""
        return super().get_base_queryset().select_related(*self.loads)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By whole words with an index, not by parts of them with a look at every row."""
        if not self.is_searching:
            return queryset
        return self.find(queryset, self.search_query)

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Those that somebody means who types ``text``."""
        raise NotImplementedError

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Bring our styles."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["media"] = context.get("media", Media()) + STYLES
        return context

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Add the way to the dashboard."""
        return [*self.dashboard_buttons(instance), *super().get_list_more_buttons(instance)]


class ReadOnlyInspectView(DashboardButton, InspectView):
    """All that is to be read about one row."""

    #: Names of what is shown but is no column, and of columns that need another name.
    labels: dict[str, Any] = {}

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the way to the dashboard."""
        return [*self.dashboard_buttons(self.object), *super().header_more_buttons]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """A dash for nothing, which Wagtail would call "None" in every language."""
        value = super().get_field_display_value(field_name, field)
        return "-" if value is None else value

    def get_field_label(self, field_name: str, field: Any) -> str:
        """See `labels`."""
        if field_name in self.labels:
            return str(self.labels[field_name])
        return str(super().get_field_label(field_name, field))


class ReadOnlyViewSet(ModelViewSet):
    """A model that is looked at. Nobody changes it here, superusers neither."""

    index_view_class: type[ReadOnlyIndexView]
    inspect_view_class: type[ReadOnlyInspectView]
    copy_view_enabled = False
    inspect_view_enabled = True
    # Six queries for every row that is booked, otherwise, also while an order is placed.
    add_to_reference_index = False
    # Wagtail asks for them although there is no form.
    form_fields: list[str] = []

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """What the form of a group offers: to see it, since nothing else can be done here."""
        return super().get_permissions_to_register().filter(codename__in=self.grantable())

    def grantable(self) -> list[str]:
        """Code names of permissions."""
        return [get_permission_codename("view", self.model._meta)]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        apply_policy(cls, ViewOnlyPolicy(cls.model))

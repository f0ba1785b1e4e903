"""What the long lists have in common: a filter, one page cut by key, and a table of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.views.generic import TemplateView
from django_tables2 import RequestConfig, Table

from oscar_referrals.dashboard.pages import key_page


class FilteredListView(TemplateView, ABC):
    """A filtered list, the newest rows first, of which no page costs more than another."""

    #: What the rows are, as the page's heading.
    title: Promise
    filter_class: type[django_filters.FilterSet]
    table_class: type[Table]

    @abstractmethod
    def get_rows(self) -> QuerySet[Any]:
        """All rows with what the table shows of them already joined."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The heading, the filter, one page of rows and the table."""
        chosen = self.filter_class(self.request.GET, queryset=self.get_rows())
        valid = chosen.form.is_valid()
        page = key_page(chosen.qs if valid else chosen.queryset.none(), self.request.GET)
        table = self.table_class(page.rows)
        RequestConfig(self.request, paginate=False).configure(table)
        return super().get_context_data(
            title=self.title,
            filter=chosen,
            page=page,
            table=table,
            is_filtered=any(chosen.form.data.get(name) for name in chosen.form.fields),
            **kwargs,
        )

"""What all our admin pages share: they are read-only, fast on large tables, and export safely."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin

from oscar_referrals.admin.formats import EXPORT_FORMATS


class ReadOnly:
    """Nobody adds, changes or deletes rows here; whoever has the view permission looks at them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are made by the system's own functions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are changed by the system's own functions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing that was promised, decided or booked is deleted by hand."""
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """A table to look at. Never counts all rows only to say how many there are."""

    show_full_result_count = False
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER


class ExportAdmin(ExportMixin, ReadOnlyAdmin):
    """A table to look at and to take away as a file.

    Set ``resource_classes``. Exporting needs the permission to see the rows, besides the one that
    the setting IMPORT_EXPORT_EXPORT_PERMISSION_CODE may name.
    """

    # A property that reads settings of the project, which may name formats that are not safe.
    export_formats = EXPORT_FORMATS

    def has_export_permission(self, request: HttpRequest) -> bool:
        """django-import-export alone would let everybody with access to the admin export."""
        return self.has_view_permission(request) and super().has_export_permission(request)


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    """Rows that belong to another one."""

    extra = 0
    max_num = 0
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All that is shown; also what no form could edit."""
        return [str(name) for name in self.fields or ()]

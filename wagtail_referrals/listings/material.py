"""The material library as a snippet: pictures, banners and texts that advocates may use.

The same rules as in the shop's dashboard, because it is the same form.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import Media
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet

from oscar_referrals.dashboard.forms.material import MaterialForm
from oscar_referrals.programs.terms import language_name
from oscar_referrals.sharing.material import delete_material, keep_material
from oscar_referrals.sharing.share_models import Material
from wagtail_referrals.listings.base import MINOR, STYLES


class MaterialSnippetForm(MaterialForm, WagtailAdminModelForm):
    """The dashboard's form, with the program to choose."""

    class Meta(MaterialForm.Meta):
        fields = ("program", *MaterialForm.Meta.fields)

    def save(self, commit: bool = True) -> Material:
        """Keep it as the dashboard does: a file that was replaced goes."""
        material: Material = super().save(commit=False)
        if commit:
            keep_material(material=material, old_file=self.old_file)
        return material


def is_shown(material: Material) -> bool:
    """Advocates may use it now."""
    now = timezone.now()
    begun = material.shown_from is None or material.shown_from <= now
    return begun and (material.shown_until is None or material.shown_until > now)


def language_of(material: Material) -> str:
    """Its language as the shop's settings call it."""
    return language_name(material.language) if material.language else gettext("All languages")


class MaterialIndexView(IndexView):
    """The library of all programs."""

    def get_base_queryset(self) -> QuerySet[Material]:
        """With their programs."""
        found: QuerySet[Material] = super().get_base_queryset().select_related("program")
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Bring our styles."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["media"] = context.get("media", Media()) + STYLES
        return context


class MaterialDeleteView(DeleteView):
    """Its file goes with it."""

    def delete_action(self) -> None:
        """As in the dashboard."""
        delete_material(material=self.object)


class MaterialViewSet(SnippetViewSet):
    """Material, edited."""

    model = Material
    icon = "image"
    menu_label = _("Material")
    menu_name = "referral-material"
    base_url_path = "referral_material"
    index_view_class = MaterialIndexView
    delete_view_class = MaterialDeleteView
    add_to_admin_menu = False
    # No page can refer to it: it is shown by the shop's own account pages.
    add_to_reference_index = False
    copy_view_enabled = False
    list_display: list[Any] = [
        "title",
        Column("program", classname=MINOR, label=_("Program"), accessor="program.name"),
        Column(
            "kind",
            classname=MINOR,
            label=_("Kind of material"),
            accessor="get_kind_display",
        ),
        Column("language", label=_("Language"), accessor=language_of),
        StatusTagColumn(
            "shown",
            label=_("Status"),
            accessor=lambda one: gettext("Shown") if is_shown(one) else gettext("Not shown"),
            primary=is_shown,
        ),
    ]
    list_filter = ["program", "kind", "language"]
    search_fields = ["title", "text", "alt_text"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("program"), FieldPanel("language")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("position")]),
            FieldPanel("title"),
            FieldPanel("file"),
            FieldPanel("alt_text"),
            FieldPanel("text"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("shown_from"), FieldPanel("shown_until")])],
                heading=_("When it may be used"),
            ),
        ],
        base_form_class=MaterialSnippetForm,
    )

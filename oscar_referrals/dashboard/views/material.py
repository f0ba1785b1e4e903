"""The material library of a program: pictures, banners and texts that advocates may use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.dashboard.forms.material import MaterialForm
from oscar_referrals.dashboard.views.sharing import NAMESPACE, ProgramPage
from oscar_referrals.sharing.material import delete_material, keep_material
from oscar_referrals.sharing.share_models import Material


class MaterialListView(ProgramPage):
    """Everything there is, in the order in which advocates see it."""

    template_name = "oscar_referrals/dashboard/material_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All material, with what is shown now."""
        shown = set(self.program.material.shown_at(timezone.now()).values_list("pk", flat=True))
        return super().get_context_data(
            program=self.program,
            may_change=self.may_change,
            entries=[(one, one.pk in shown) for one in self.program.material.all()],
            **kwargs,
        )


class MaterialEditView(ProgramPage):
    """One piece, new or to be changed; a button deletes it."""

    template_name = "oscar_referrals/dashboard/material_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form."""
        material = self._material()
        kwargs.setdefault("form", MaterialForm(instance=material))
        kwargs |= {"program": self.program, "material": material}
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, pk: int, material: int | None = None) -> HttpResponse:
        """Save it, or delete it."""
        found = self._material()
        if request.POST.get("action") == "delete" and found.pk is not None:
            with transaction.atomic():
                delete_material(material=found)
            messages.success(request, _("It is deleted."))
            return redirect(f"{NAMESPACE}:referrals-material-list", pk=pk)
        form = MaterialForm(request.POST, request.FILES, instance=found)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            keep_material(material=form.save(commit=False), old_file=form.old_file)
        messages.success(request, _("It is saved."))
        return redirect(f"{NAMESPACE}:referrals-material-list", pk=pk)

    def _material(self) -> Material:
        key = self.kwargs.get("material")
        if key is None:
            return Material(program=self.program)
        found: Material = get_object_or_404(Material, pk=key, program=self.program)
        return found

"""Finding people, codes and orders; replacing and blocking codes; merging advocates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from oscar_referrals.dashboard.forms.advocates import BLOCK, CodeForm, MergeForm
from oscar_referrals.dashboard.pages import key_page
from oscar_referrals.dashboard.tables.referrals import ReferralTable
from oscar_referrals.insight.search import find, referrals_found
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.code_care import block_code, replace_by_staff
from oscar_referrals.rewards.merge import Consequences, look_at_merge, merge_advocates
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.rotate import CodeRefused

LONGEST = 254


class SearchView(TemplateView):
    """One box for an e-mail, a code or an order number."""

    template_name = "oscar_referrals/dashboard/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was asked, and all that has exactly this."""
        text = self.request.GET.get("q", "")[:LONGEST].replace("\x00", "")
        page = key_page(referrals_found(text), self.request.GET)
        table = ReferralTable(page.rows)
        table.before_render(self.request)
        return super().get_context_data(
            q=text.strip(), found=find(text), page=page, table=table, **kwargs
        )


class CodeView(FormView):
    """One code: what there is to know, and the form that replaces or blocks it."""

    template_name = "oscar_referrals/dashboard/code.html"
    form_class = CodeForm

    @cached_property
    def code(self) -> ReferralCode:
        """The code of the address, with its owner."""
        codes = ReferralCode.objects.select_related("program", "advocate__user")
        return get_object_or_404(codes, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The other codes of the same advocate as well."""
        others = ReferralCode.objects.filter(advocate=self.code.advocate_id).order_by("-pk")
        return super().get_context_data(code=self.code, codes=others, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Do it, or say why it can't be done."""
        data = form.cleaned_data
        try:
            if data["what"] == BLOCK:
                grace = form.grace if data["days"] else None
                block_code(
                    code=self.code, note=data["reason"], grace=grace, actor=self.request.user
                )
                messages.success(self.request, _("The code was blocked."))
            else:
                code = replace_by_staff(
                    code=self.code,
                    text=data["text"].strip() or None,
                    grace=form.grace,
                    note=data["reason"],
                    actor=self.request.user,
                )
                messages.success(
                    self.request, _("The new code is %(code)s.") % {"code": code.pretty}
                )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except CodeRefused as refused:
            form.add_error("text", reasons.staff_text(refused.refusal.reason))
            return self.form_invalid(form)
        return redirect("oscar_referrals_dashboard:referrals-code", pk=self.code.pk)


class MergeView(FormView):
    """Merge an advocate into another one: what it does first, then the button that does it."""

    template_name = "oscar_referrals/dashboard/merge.html"
    form_class = MergeForm

    @cached_property
    def merged(self) -> Advocate:
        """The advocate of the address."""
        rows = Advocate.objects.select_related("program", "user")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form looks for the other one in the same program."""
        return {**super().get_form_kwargs(), "merged": self.merged}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The advocate who is merged."""
        return super().get_context_data(merged=self.merged, **kwargs)

    def form_valid(self, form: MergeForm) -> HttpResponse:
        """Show what it does; do it when that was seen."""
        kept = form.cleaned_data["kept"]
        try:
            seen = look_at_merge(kept=kept, merged=self.merged, actor=self.request.user)
            if "do" not in self.request.POST:
                return self._preview(form, seen)
            merge_advocates(
                kept_id=kept.pk,
                merged_id=self.merged.pk,
                actor=self.request.user,
                note=form.cleaned_data["reason"],
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The advocates were merged."))
        url = reverse("oscar_referrals_dashboard:referrals-search")
        return redirect(f"{url}?q={seen.codes[0].code}" if seen.codes else url)

    def _preview(self, form: MergeForm, seen: Consequences) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, seen=seen))

"""The receipts of what a person accepted: a list of them, and each to print and to keep."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, TemplateView
from oscar.core.loading import get_class

from oscar_referrals.account.signed_in import SignedInReader
from oscar_referrals.members.models import TermsAcceptance
from oscar_referrals.members.receipts import Receipt, receipts_of

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")


@method_decorator(never_cache, name="dispatch")
class ReceiptsView(SignedInReader, PageTitleMixin, TemplateView):
    """Everything that the signed-in person has accepted, also in programs that are over."""

    template_name = "oscar_referrals/receipts.html"
    page_title = _("Terms that I accepted")
    active_tab = "referrals"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        receipts = [Receipt(row) for row in receipts_of(self.request.user)]
        return super().get_context_data(receipts=receipts, **kwargs)


@method_decorator(never_cache, name="dispatch")
class ReceiptView(SignedInReader, DetailView):
    """One acceptance with the very words, without the shop's frame; 404 for everybody else's."""

    template_name = "oscar_referrals/receipt.html"
    context_object_name = "acceptance"

    def get_queryset(self) -> QuerySet[TermsAcceptance]:
        """One's own, the words included."""
        return receipts_of(self.request.user).defer(None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            receipt=Receipt(self.object), shop_name=settings.OSCAR_SHOP_NAME, **kwargs
        )


class ReceiptFileView(ReceiptView):
    """The same as a file to keep, with nothing in it that has to be fetched."""

    http_method_names = ["get", "head"]
    template_name = "oscar_referrals/receipt_file.html"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """An attachment, named after the program, its version, the edition and the language."""
        terms = self.object.terms
        version = terms.version
        of = f"{version.program.slug} {version.number} {terms.sequence} {terms.language}"
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response["Content-Disposition"] = f'attachment; filename="terms-{slugify(of)}.html"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

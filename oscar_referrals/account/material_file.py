"""A picture of the material library, for advocates and only as long as it may be used."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.generic import View

from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.sharing.material import type_of
from oscar_referrals.sharing.share_models import Material


@method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
class MaterialFileView(SignedIn, View):
    """The file; ``?download`` as an attachment. 404 once its last day is over."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Stream it under a name made of its title."""
        advocate = current_membership(request)
        if advocate is None or not advocate.is_member:
            raise Http404
        shown = Material.objects.shown_at(timezone.now()).exclude(kind=Material.Kind.TEXT)
        material = get_object_or_404(shown, pk=pk, program=advocate.program_id)
        try:
            content = material.file.open("rb")
        except OSError as error:
            raise Http404 from error
        ending = str(material.file.name).rpartition(".")[2]
        return FileResponse(
            content,
            content_type=type_of(str(material.file.name)),
            as_attachment="download" in request.GET,
            filename=f"{slugify(material.title) or 'material'}.{ending}",
        )

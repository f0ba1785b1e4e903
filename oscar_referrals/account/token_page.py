"""Pages that a link in an e-mail opens: for anybody who has the link, signed in or not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from oscar_referrals.checkout import tries


@method_decorator(never_cache, name="dispatch")
class LinkPage(View):
    """Reads a token in its address; a GET changes nothing, for programs that scan mails open links.

    A link that was changed gets the same answer whatever is wrong with it, and too many of them
    from one address get none; a good one is never refused.
    """

    http_method_names = ["get", "head", "post"]
    template_name: str
    unknown_template = "oscar_referrals/unknown_link.html"
    referrer_policy = "no-referrer"

    def unknown(self, request: HttpRequest) -> HttpResponse:
        """The answer to a link that is not one of ours."""
        if tries.exhausted(request, tries.TOKEN):
            return HttpResponse(status=429)
        tries.count_try(request, tries.TOKEN)
        return self.page(request, template=self.unknown_template)

    def page(self, request: HttpRequest, *, template: str = "", **context: Any) -> HttpResponse:
        """The page; its address is the key to this person's choice, so no other site reads it."""
        answer = render(
            request,
            template or self.template_name,
            {**context, "shop_url": resolve_url(settings.OSCAR_HOMEPAGE)},
        )
        answer["Referrer-Policy"] = self.referrer_policy
        return answer


@method_decorator(csrf_exempt, name="dispatch")
class TokenPage(LinkPage):
    """The token is all the authority there is, and a mail program has no session: so there is no
    CSRF token, and none is needed.
    """

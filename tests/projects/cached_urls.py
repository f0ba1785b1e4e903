"""The shop with a page of its own that it keeps in Django's cache, and that invites."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from django.views.decorators.cache import cache_page

from tests.projects.full.urls import urlpatterns as of_the_shop

START = """{% load referral_tags %}<!DOCTYPE html>
<html lang="en"><head><title>Kedai Ujian</title>{% referral_styles %}</head>
<body data-made="{{ made }}"><main><h1>Welcome</h1>{% referral_cta "start" %}</main></body>
</html>"""


@cache_page(600, key_prefix="start")
def start(request: HttpRequest) -> HttpResponse:
    """Made anew for each visitor, were it not for the cache."""
    return HttpResponse(Template(START).render(RequestContext(request, {"made": uuid4()})))


urlpatterns = [path("start/", start, name="start"), *of_the_shop]

"""URLs of the sandbox shop: CMS pages at the root, Oscar under ``shop/``."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.templatetags.static import static as static_url
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=static_url("shop/rimba-pagi.svg"))),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        # Referrals: before Oscar's own addresses.
        path("shop/dashboard/referrals/", apps.get_app_config("oscar_referrals_dashboard").urls),
        path("shop/", include("oscar_referrals.urls")),
        path("shop/", include(apps.get_app_config("oscar").urls[0])),
        path("", include(wagtail_urls)),
    ),
]

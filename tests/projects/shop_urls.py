"""Oscar under one prefix, with this project's addresses before its own."""

from __future__ import annotations

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("dashboard/referrals/", apps.get_app_config("oscar_referrals_dashboard").urls),
    path("", include("oscar_referrals.urls")),
    path("", include(apps.get_app_config("oscar").urls[0])),
]

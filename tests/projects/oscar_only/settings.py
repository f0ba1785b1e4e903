"""A shop without Wagtail."""

from __future__ import annotations

from tests.projects.base import *

ROOT_URLCONF = "tests.projects.oscar_only.urls"

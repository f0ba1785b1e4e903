"""The demonstration shop, on a database and in folders that are thrown away."""

from __future__ import annotations

import os
import sys

from tests.projects import base

sys.path.insert(0, str(base.Path(__file__).resolve().parents[3] / "sandbox"))

from shop.settings import *

SCRATCH = base.SCRATCH
DATABASES = base.DATABASES
MEDIA_ROOT = base.MEDIA_ROOT
PASSWORD_HASHERS = base.PASSWORD_HASHERS
EMAIL_BACKEND = base.EMAIL_BACKEND
ALLOWED_HOSTS = ["*"]

# Pages and pictures stand on rows that migrations bring; the other tables come from their models.
REAL_MIGRATIONS = base.REAL_MIGRATIONS
if not REAL_MIGRATIONS and "DATABASE_URL" not in os.environ:
    MIGRATION_MODULES = base.OnlyMigrate(
        "oscar_referrals",
        "wagtail_referrals",
        "home",
        "wagtailimages",
        "wagtailadmin",
        "wagtailcore",
        "taggit",
        "auth",
        "contenttypes",
    )

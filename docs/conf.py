"""How the documentation is built: ``make docs``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.projects.full.settings")
django.setup()

project = "django-oscar-referrals"
author = "the contributors"
copyright = "the contributors, BSD-3-Clause"
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "reference/oscar-suite/*.txt"]
html_theme = "furo"
html_title = "Referrals for django-oscar and Wagtail"
autodoc_member_order = "bysource"
autodoc_typehints = "none"

from __future__ import annotations

from oscar.apps.offer.admin import *

from __future__ import annotations

from oscar.apps.basket.admin import *

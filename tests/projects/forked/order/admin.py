from __future__ import annotations

from oscar.apps.order.admin import *

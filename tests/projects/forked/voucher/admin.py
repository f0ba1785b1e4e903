from __future__ import annotations

from oscar.apps.voucher.admin import *

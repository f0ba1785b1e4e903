from __future__ import annotations

from oscar.apps.voucher import apps


class VoucherConfig(apps.VoucherConfig):
    name = "tests.projects.forked.voucher"

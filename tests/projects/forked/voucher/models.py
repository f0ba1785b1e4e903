from __future__ import annotations

from django.db import models
from oscar.apps.voucher.abstract_models import AbstractVoucher


class Voucher(AbstractVoucher):
    campaign = models.CharField(max_length=32, blank=True, default="")


from oscar.apps.voucher.models import *

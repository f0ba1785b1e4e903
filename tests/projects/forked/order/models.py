from __future__ import annotations

from django.db import models
from oscar.apps.order.abstract_models import AbstractOrder


class Order(AbstractOrder):
    channel = models.CharField(max_length=32, blank=True, default="web")


from oscar.apps.order.models import *

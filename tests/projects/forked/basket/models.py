from __future__ import annotations

from django.db import models
from oscar.apps.basket.abstract_models import AbstractBasket


class Basket(AbstractBasket):
    device = models.CharField(max_length=32, blank=True, default="")


from oscar.apps.basket.models import *

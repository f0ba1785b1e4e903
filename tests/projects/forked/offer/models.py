from __future__ import annotations

from django.db import models
from oscar.apps.offer.abstract_models import AbstractConditionalOffer


class ConditionalOffer(AbstractConditionalOffer):
    campaign = models.CharField(max_length=32, blank=True, default="")


from oscar.apps.offer.models import *

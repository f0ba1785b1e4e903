"""A referral system for django-oscar: codes, discounts, rewards, books and reports."""

from __future__ import annotations

__version__ = "0.1.0"

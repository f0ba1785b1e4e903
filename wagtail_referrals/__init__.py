"""Referral pages for Wagtail: terms that are made from the program's own rules."""

from __future__ import annotations

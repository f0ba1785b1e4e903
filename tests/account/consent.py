"""What a shop may name as its consent setting."""

from __future__ import annotations

from django.http import HttpRequest


def given(request: HttpRequest) -> bool:
    """This shop's visitors have all agreed."""
    return True


def refused(request: HttpRequest) -> bool:
    """They have all refused."""
    return False

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration data, and the commands that load it."""

    name = "demo"
    verbose_name = "Demonstration"

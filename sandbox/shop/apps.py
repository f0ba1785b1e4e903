from __future__ import annotations

from django.apps import AppConfig


class ShopThemeConfig(AppConfig):
    """Templates, styles and template tags of the storefront."""

    name = "shop"
    label = "shop_theme"
    verbose_name = "Shop theme"

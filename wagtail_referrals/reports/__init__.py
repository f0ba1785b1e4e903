"""The reports of Wagtail's admin: the figures of the shop's dashboard, from the same functions."""

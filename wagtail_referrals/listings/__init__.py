"""The lists of Wagtail's admin: pages and material to edit, everything else to read."""

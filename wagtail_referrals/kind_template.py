"""Page classes of a shop are shown with the template of their kind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import select_template


class KindTemplate:
    """Gives a page class the template of its kind, where the shop has written none for it.

    Wagtail names a template after every page class, so that a mixin can't hand its own on.
    """

    #: The template of the kind.
    kind_template: str

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The page class's own template if there is one, else that of its kind."""
        own: str = super().get_template(request, *args, **kwargs)  # type: ignore[misc]
        found: Any = select_template([own, self.kind_template])
        name: str = found.template.name
        return name

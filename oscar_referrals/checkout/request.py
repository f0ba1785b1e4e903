"""The request as the till sees it."""

from __future__ import annotations

from typing import Any, TypeAlias

#: An HttpRequest behind Oscar's BasketMiddleware, which gives it a `basket`; the type stubs of
#: Django cannot know that.
ShopRequest: TypeAlias = Any

"""Addresses of the dashboard's pages, and what is read from their answers."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from django.contrib.messages import get_messages
from django.urls import reverse

NAMESPACE = "oscar_referrals_dashboard"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:referrals-{name}", args=args)


def page_of(response: Any) -> str:
    """The page in words; the spaces that keep a figure with its unit are ordinary ones."""
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def rows_of(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV file, by the names of their columns."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def said(response: Any) -> list[str]:
    """The messages that the shop will show next."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def entered(response: Any) -> dict[str, str]:
    """What a browser would send back for the form on the page, unchanged."""
    data = {}
    for form in response.context["form"]:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value not in (None, False, ""):
                data[field.html_name] = field.field.widget.format_value(value)
                if isinstance(data[field.html_name], list):
                    data[field.html_name] = data[field.html_name][0]
    data["fingerprint"] = response.context["sentences"].fingerprint
    return data

"""Figures as files, and the way back to the page when the question was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify

from oscar_referrals.dashboard.forms.books import SpanForm
from oscar_referrals.exports import csv_lines


def csv_file(rows: Iterable[list[Any]], name: str) -> StreamingHttpResponse:
    """A file that opens in any spreadsheet and executes nothing there."""
    return StreamingHttpResponse(
        csv_lines(rows, for_excel=True),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slugify(name)}.csv"'},
    )


def days_of(form: SpanForm) -> str:
    """ "2026-01-01 2026-01-31": the days of a file, for its name."""
    chosen = (form.cleaned_data["start"], form.cleaned_data["end"])
    return " ".join(day.isoformat() for day in chosen if day)


def back_to(name: str, request: HttpRequest) -> HttpResponse:
    """The page that says what is wrong with the question."""
    return redirect(f"{reverse(f'oscar_referrals_dashboard:{name}')}?{request.GET.urlencode()}")

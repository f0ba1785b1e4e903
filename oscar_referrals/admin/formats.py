"""File formats of exports, with every cell made harmless first."""

from __future__ import annotations

from typing import Any

from import_export.formats.base_formats import CSV, JSON, XLSX
from tablib import Dataset

from oscar_referrals.exports import escape_formula


def harmless(dataset: Dataset) -> Dataset:
    """A copy of ``dataset`` with no cell that a spreadsheet would execute."""
    headers = [escape_formula(header) for header in dataset.headers or []]
    safe = Dataset(headers=headers or None, title=dataset.title)
    for row in dataset:
        safe.append([escape_formula(cell) for cell in row])
    return safe


class SafeCSV(CSV):
    """CSV that executes nothing."""

    def export_data(self, dataset: Dataset, **kwargs: Any) -> Any:
        """The file's text."""
        return super().export_data(harmless(dataset), **kwargs)


class SafeXLSX(XLSX):
    """XLSX that executes nothing."""

    def export_data(self, dataset: Dataset, **kwargs: Any) -> Any:
        """The file's bytes."""
        return super().export_data(harmless(dataset), **kwargs)


#: JSON is read by programs, which execute no cell.
EXPORT_FORMATS = [SafeCSV, SafeXLSX, JSON]

"""Lists and reports as files: row by row, so that no number of rows fills the memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from oscar_referrals.exports import csv_lines, escape_formula

#: Rows that are fetched from the database at a time.
CHUNK = 2000
#: A sheet of an XLSX file holds 1,048,576 rows.
ROWS_PER_SHEET = 1_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: The heading of a column, and what it says about a row.
ExportColumn = tuple[Any, Callable[[Any], Any]]


def file_response(rows: Iterable[Sequence[Any]], name: str, kind: str) -> HttpResponseBase:
    """``rows``, the headings first, as a file of ``kind`` "csv" or "xlsx".

    Formula-safe (see `escape_formula`). Neither the rows nor the file are ever held in memory.
    """
    filename = f"{slugify(name)}.{kind}"
    if kind == SpreadsheetExportMixin.FORMAT_XLSX:
        return FileResponse(
            write_xlsx(rows), as_attachment=True, filename=filename, content_type=XLSX
        )
    return StreamingHttpResponse(
        csv_lines(rows, for_excel=True),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def write_xlsx(rows: Iterable[Sequence[Any]]) -> Any:
    """``rows`` in a temporary file, which is gone once it is closed."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True, iso_dates=True)
    sheet = book.create_sheet()
    headings: Sequence[Any] | None = None
    for place, row in enumerate(rows):
        if headings is None:
            headings = row
        elif place % ROWS_PER_SHEET == 0:
            sheet = book.create_sheet()
            sheet.append([str(heading) for heading in headings])
        cells = [WriteOnlyCell(sheet, _cell(value)) for value in row]
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"
        sheet.append(cells)
    output = _temporary_file()
    book.save(output)
    output.seek(0)
    return output


def _temporary_file() -> Any:
    # Closed by whoever sends it.
    return tempfile.TemporaryFile()


def _cell(value: Any) -> Any:
    # Spreadsheets know no time zones; the text keeps it.
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if value is not None and not isinstance(value, (str, int, float)) and not _is_number(value):
        value = str(value)
    return escape_formula(value)


def _is_number(value: Any) -> bool:
    return hasattr(value, "as_tuple")


class StreamedExport(SpreadsheetExportMixin):
    """Gives a list of Wagtail's admin its two downloads, in the place of Wagtail's own.

    Those load all rows at once, ask the database anew for every row's relations, and leave
    formulas in CSV as they are.
    """

    request: HttpRequest
    export_columns: Sequence[ExportColumn] = ()
    #: Wagtail shows the two buttons.
    show_export_buttons = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The file if one is asked for, else the page."""
        if self.is_export:
            return file_response(
                self.export_rows(), self.get_filename(), str(request.GET.get("export"))
            )
        return super().get(request, *args, **kwargs)

    def export_rows(self) -> Iterator[Sequence[Any]]:
        """The headings, then a row for everything that the filters leave."""
        yield [heading for heading, _value in self.export_columns]
        found = self.get_queryset()
        for item in found.iterator(chunk_size=CHUNK):
            yield [value(item) for _heading, value in self.export_columns]

"""Tables that leave the shop as files, harmless in the spreadsheet that opens them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

#: What makes Excel, LibreOffice or Google Sheets read a cell as a formula or a command.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)
# Characters that XML 1.0 cannot carry, so that no XLSX file can hold them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def escape_formula(value: Any) -> Any:
    """``value`` as a cell that no spreadsheet executes.

    Text that would be read as a formula gets a leading apostrophe; characters that no spreadsheet
    file can hold become a replacement character. Numbers, dates and text that is nothing but a
    number stay as they are.
    """
    if not isinstance(value, str):
        return value
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
    if _NUMBER.match(text):
        return text
    if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text


def csv_lines(rows: Iterable[Sequence[Any]], *, for_excel: bool = False) -> Iterator[str]:
    """``rows`` as lines of CSV, one at a time and formula-safe, for a streaming response.

    With ``for_excel`` the first line begins with a byte order mark, without which Excel takes
    UTF-8 for its own code page.
    """
    writer = csv.writer(_Echo())
    if for_excel:
        yield "\ufeff"
    for row in rows:
        yield writer.writerow([escape_formula(cell) for cell in row])


class _Echo:
    """What `csv` takes for a file: hands back the line instead of keeping it."""

    def write(self, line: str) -> str:
        return line

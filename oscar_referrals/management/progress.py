"""A progress bar for commands that take long, on a terminal only."""

from __future__ import annotations

from types import TracebackType

from django.core.management.base import OutputWrapper

WIDTH = 30


class Bar:
    """``with Bar(self.stderr, "orders") as bar: bar.show(done, total)``.

    Rewrites one line. Where the output is no terminal (cron, a log file) it writes nothing.
    """

    def __init__(self, out: OutputWrapper, what: str) -> None:
        self._out = out
        self._what = what
        self._shown = False

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._shown:
            self._out.write("")

    def show(self, done: int, total: int) -> None:
        """Draw ``done`` of ``total``."""
        if not self._out.isatty():
            return
        share = min(1.0, done / total) if total else 1.0
        full = round(share * WIDTH)
        line = f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total} {self._what}"
        self._out.write(line, ending="")
        self._out.flush()
        self._shown = True

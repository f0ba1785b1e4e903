"""Shows how far a long job is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """One line per step: a growing bar on a terminal, a single line elsewhere.

    ::

        with progress.step("Drawing pictures", total=24) as advance:
            for picture in pictures:
                draw(picture)
                advance()
    """

    width = 24

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out = out

    @contextmanager
    def step(self, label: str, total: int = 1) -> Iterator[Callable[[], None]]:
        """Announce a step of ``total`` parts; the caller tells when each part is done."""
        started, done = time.monotonic(), 0

        def show() -> None:
            filled = round(self.width * done / total) if total else self.width
            bar = "█" * filled + "░" * (self.width - filled)
            self.out.write(f"\r  {label:<34} {bar} {done}/{total}")
            self.out.flush()

        def advance() -> None:
            nonlocal done
            done += 1
            if self.out.isatty():
                show()

        if self.out.isatty():
            show()
        yield advance
        end = "\r\033[K" if self.out.isatty() else ""
        self.out.write(f"{end}  {label:<34} done in {time.monotonic() - started:.1f} s\n")
        self.out.flush()

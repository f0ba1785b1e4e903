"""How far a job has come: what it handled, and what failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

#: Called after each row with the number of rows handled so far.
Watcher = Callable[[int], None]

#: Errors that are kept word for word; more of the same help nobody.
KEPT_ERRORS = 10


@dataclass
class Progress:
    """The count of a job: failed rows are among the handled ones."""

    handled: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)
    watcher: Watcher | None = None

    def step(self, count: int = 1) -> None:
        """Some more rows were handled."""
        self.handled += count
        if self.watcher is not None:
            self.watcher(self.handled)

    def fail(self, subject: str, error: Exception) -> None:
        """One row failed; call `step` for it as well."""
        self.failed += 1
        if len(self.errors) < KEPT_ERRORS:
            self.errors.append(f"{subject}: {type(error).__name__}: {error}"[:500])

    def add(self, other: Progress) -> None:
        """Count another job's rows as well."""
        self.handled += other.handled
        self.failed += other.failed
        self.errors = (self.errors + other.errors)[:KEPT_ERRORS]

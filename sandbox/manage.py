#!/usr/bin/env python
"""Command line of the sandbox shop."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    # The two apps under development stand beside this directory, so that a clone runs uninstalled.
    sys.path.insert(1, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

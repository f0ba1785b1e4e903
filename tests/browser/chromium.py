"""Find a Chromium, or bring one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def from_debian() -> str | None:
    """Install Debian's package where this process may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if done.returncode != 0:
            return None
    return on_path()


def from_playwright() -> str | None:
    """Let Playwright download the build that it is tested with."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@cache
def find() -> str:
    """The path of a Chromium that can be started; RuntimeError where none can be had."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if not shutil.which(chosen):
            raise RuntimeError(f"$CHROMIUM names {chosen}, which can't be started.")
        return chosen
    path = on_path() or from_debian() or from_playwright()
    if path is None:
        raise RuntimeError(
            "The browser tests need a Chromium: none is installed, neither apt-get nor "
            "`playwright install chromium` could bring one. Install it, or name one in $CHROMIUM."
        )
    return path

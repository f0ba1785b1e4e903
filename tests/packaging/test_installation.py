"""What is published can be installed where nothing else is, and works there."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

import pytest

SHOP = """
from oscar import INSTALLED_APPS as OSCAR_APPS
from oscar.defaults import *
from oscar_referrals.defaults import OSCAR_DASHBOARD_NAVIGATION as REFERRALS

SECRET_KEY = "x"
SITE_ID = 1
INSTALLED_APPS = ["oscar_referrals", "oscar_referrals.dashboard", *OSCAR_APPS]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
OSCAR_DASHBOARD_NAVIGATION = OSCAR_DASHBOARD_NAVIGATION + REFERRALS
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
"""

# The shop above is only as complete as this needs; the tests' own projects are the complete ones.
LOOK = """
import gettext
from importlib.resources import files
from pathlib import Path

import django
from django.template.loader import get_template

django.setup()
package = files("oscar_referrals")
assert "site-packages" in str(package), package
templates = Path(str(package)) / "templates"
names = [path.relative_to(templates) for path in templates.rglob("*") if path.is_file()]
assert names
for name in names:
    get_template(str(name))
assert list((Path(str(package)) / "static").rglob("*.css"))
for language in ("ms", "id"):
    gettext.translation("django", str(Path(str(package)) / "locale"), [language])
print("all", len(names), "templates load")
"""


@pytest.fixture(scope="session")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with nothing but pip."""
    directory = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(directory, with_pip=True)
    return directory / "bin" / "python"


def run(python: Path, *arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [str(python), *arguments],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "shop", "PYTHONPATH": str(cwd)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_then_sdist_install_into_an_empty_environment(
    empty_environment: Path, wheel: Path, sdist: Path, tmp_path: Path
) -> None:
    (tmp_path / "shop.py").write_text(SHOP)
    pip = [str(empty_environment), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    subprocess.run([*pip, str(wheel)], check=True)
    run(empty_environment, "-m", "pip", "check", cwd=tmp_path)
    assert "templates load" in run(empty_environment, "-c", LOOK, cwd=tmp_path)

    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(sdist)], check=True)
    assert "templates load" in run(empty_environment, "-c", LOOK, cwd=tmp_path)

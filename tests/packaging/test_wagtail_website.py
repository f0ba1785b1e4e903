"""A website from Wagtail's own template gains terms pages and blocks by the how-to's text alone.

Nothing of it is written here: the website comes from ``wagtail start``, and what is added to it,
and the commands, are read from the how-to.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

pytestmark = pytest.mark.wagtail
HOW_TO = (ROOT / "docs" / "how-to" / "add-to-wagtail.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^```(?:python|html\+django)\n(?:# |\{# )(\S+)(?: #\})?\n(.*?)^```$", re.M | re.S
)
SHOP_BEGINS_AFTER = '    path("search/", search_views.search, name="search"),\n'
WAGTAIL_S_OWN = '    path("", include(wagtail_urls)),\n'
#: Whole files; blocks for all others are added to what stands there.
REPLACED = ("home/models.py", "home/templates/home/home_page.html")
# The template's settings read this file last. Oscar's two hundred migrations run in the tutorial's
# test; here the tables of apps that are not under test are made from their models.
LOCAL = """
import os
from tests.projects.base import OnlyMigrate
from .base import DATABASES
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF;"}
if "TABLES_FROM_MODELS" in os.environ:
    MIGRATION_MODULES = OnlyMigrate(
        "oscar_referrals", "wagtail_referrals", "wagtailcore", "home", "auth", "contenttypes",
        "wagtail_localize",
    )
"""
#: What a reader answers at the prompt, and what tables without migrations need.
ANSWERS = {
    "DJANGO_SUPERUSER_USERNAME": "owner",
    "DJANGO_SUPERUSER_EMAIL": "owner@example.com",
    "DJANGO_SUPERUSER_PASSWORD": "a-long-pass-phrase",
    "TABLES_FROM_MODELS": "",
}
OPTIONS = {"migrate": " --run-syncdb -v0", "createsuperuser": " --no-input"}


def added() -> list[tuple[str, str]]:
    """Each block of the how-to, with the file that it belongs to."""
    text = HOW_TO
    if find_spec("wagtail_localize") is None:
        start = text.index("## 7. If the website speaks several languages")
        text = text[:start] + text[text.index("## 8. ") :]
    return BLOCK.findall(text)


def commands() -> list[str]:
    """The arguments of each ``python manage.py`` that the reader is told to run."""
    return re.findall(r"^\$ python manage\.py (.+)$", HOW_TO, re.M)


def add(website: Path, name: str, text: str, *, is_first: bool) -> None:
    """Do with a block what the how-to tells the reader to do with it."""
    file = website / name
    if not file.exists() or (is_first and name in REPLACED):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return
    before = file.read_text(encoding="utf-8")
    if not name.endswith("urls.py"):
        after = f"{before}\n{text}"
    elif "include(wagtail_urls)" in text:
        assert WAGTAIL_S_OWN in before
        after = before.replace(WAGTAIL_S_OWN, text)
    elif text.startswith("    "):
        assert SHOP_BEGINS_AFTER in before
        after = before.replace(SHOP_BEGINS_AFTER, SHOP_BEGINS_AFTER + text)
    else:
        after = text + before
    file.write_text(after, encoding="utf-8")


def run(website: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=website,
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "mysite.settings.dev",
            "PYTHONPATH": os.pathsep.join(
                [str(website), str(ROOT), os.environ.get("PYTHONPATH", "")]
            ),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def website(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wagtail's template, and all that the how-to adds to its files."""
    place = tmp_path_factory.mktemp("website")
    start = [sys.executable, "-m", "wagtail.bin.wagtail", "start", "mysite"]
    subprocess.run(start, cwd=place, check=True, stdout=subprocess.DEVNULL)
    project = place / "mysite"
    (project / "mysite" / "settings" / "local.py").write_text(LOCAL, encoding="utf-8")
    seen: set[str] = set()
    for name, text in added():
        add(project, name, text, is_first=name not in seen)
        seen.add(name)
    return project


def test_following_the_how_to_leads_to_terms_and_blocks(website: Path) -> None:
    told = [command + OPTIONS.get(command, "") for command in commands()]
    assert {"makemigrations home", *OPTIONS} <= set(commands())
    walk = ("-W", "ignore", "-m", "tests.packaging.first_terms_page")
    said = run(website, *walk, *told, **ANSWERS)
    assert "System check identified no issues" in said, said
    assert "The website's own terms page is served." in said, said
    # Its tables have no history of migrations, for which Django would ask.
    (website / "db.sqlite3").unlink()
    assert "No changes" in run(website, "manage.py", "makemigrations", "--check", "--dry-run")

"""Keep the catalogues in step with the source, and check that they are.

    python scripts/translations.py update    collect the messages and compile what is translated
    python scripts/translations.py check     say what is missing, and exit with 1 if anything is

Needs gettext's command-line tools; compiling does not, so that building the distribution doesn't.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("oscar_referrals", "wagtail_referrals", "sandbox")
LANGUAGES = ("ms", "id")
GLOSSARY = ROOT / "tests" / "translations" / "glossary.txt"
IDENTICAL_AT_MOST = 0.05
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")


def catalogue(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(package: Path) -> None:
    """Merge the messages in the package's source into its catalogues, in place."""
    if not shutil.which("xgettext"):
        sys.exit("gettext's tools are missing: on Debian, `apt-get install gettext`.")
    (package / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-wrap"]
    for language in LANGUAGES:
        command += ["--locale", language]
    subprocess.run(command, cwd=package, check=True, stdout=subprocess.DEVNULL)


def update() -> int:
    for name in PACKAGES:
        collect(ROOT / name)
        for language in LANGUAGES:
            path = catalogue(ROOT / name, language)
            po = polib.pofile(str(path))
            po.save_as_mofile(str(path.with_suffix(".mo")))
            print(f"{path.relative_to(ROOT)}: {po.percent_translated()} % translated")
    return 0


def check() -> int:
    findings = [finding for name in PACKAGES for finding in findings_in(ROOT / name)]
    print("\n".join(findings) or "All catalogues are complete and compiled.")
    return 1 if findings else 0


def findings_in(package: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory) / package.name
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__", "var"))
        collect(copy)
        for language in LANGUAGES:
            path = catalogue(package, language)
            where = path.relative_to(ROOT)
            if not path.exists():
                yield f"{where}: there is no such catalogue"
                continue
            for finding in findings_of(path, merged=polib.pofile(str(catalogue(copy, language)))):
                yield f"{where}: {finding}"


def findings_of(path: Path, *, merged: polib.POFile) -> Iterator[str]:
    """What is wrong with a catalogue, given the same one merged with the source's messages."""
    committed = polib.pofile(str(path))
    for entry in merged.fuzzy_entries():
        yield f"fuzzy, or not translated since the source changed: {entry.msgid!r}"
    for entry in merged.untranslated_entries():
        yield f"not translated: {entry.msgid!r}"
    used = {key(entry) for entry in merged if not entry.obsolete}
    for entry in committed:
        if not entry.obsolete and key(entry) not in used:
            yield f"no longer in the source: {entry.msgid!r}"
    for entry in committed.translated_entries():
        for text in translations(entry):
            if placeholders(text) not in (
                placeholders(entry.msgid),
                placeholders(entry.msgid_plural),
            ):
                yield f"other placeholders than the source: {entry.msgid!r}"
    yield from too_much_english(committed)
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        yield "not compiled: run `make messages`"
    elif compiled_messages(polib.mofile(str(compiled))) != compiled_messages(committed):
        yield "the compiled file is older: run `make messages`"


def too_much_english(po: polib.POFile) -> Iterator[str]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines() if GLOSSARY.exists() else []
    same_in_both = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    entries = po.translated_entries()
    identical = [
        entry.msgid
        for entry in entries
        if entry.msgid in translations(entry) and entry.msgid not in same_in_both
    ]
    if len(identical) > IDENTICAL_AT_MOST * len(entries):
        yield f"{len(identical)} of {len(entries)} messages are the English ones: {identical[:20]}"


def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def compiled_messages(messages: polib.POFile | polib.MOFile) -> dict[object, list[str]]:
    return {
        (entry.msgctxt or None, entry.msgid): translations(entry)
        for entry in messages.translated_entries()
    }


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())

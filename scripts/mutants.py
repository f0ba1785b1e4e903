"""Change what decides about money, one place at a time, and see whether a test notices.

    python scripts/mutants.py                     everything that setup.cfg names under [mutmut]
    python scripts/mutants.py rewards.figures     one module of it
    python scripts/mutants.py --results           only the table of the last run

Run by the Python of `make mutants`, which has mutmut. Prints a row per module and every mutant that
no test noticed; docs/reference/mutation-testing.md says of each why it may live. A run goes on
where the last one ended; delete the folder `mutants` to begin anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / "mutants"
#: Noticed: a test failed, or never came to an end.
KILLED = ("killed", "timeout")
SURVIVED = ("survived", "no tests")
#: The tests of one process share one database file, so mutants can't be run side by side.
RUN = (str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1")


def main(arguments: list[str]) -> int:
    """Run what is asked for, and print what became of it."""
    if arguments != ["--results"]:
        names = [f"oscar_referrals.{name}*" for name in arguments]
        ended = subprocess.run([*RUN, *names], cwd=ROOT, check=False).returncode
        if ended:
            return ended
    outcomes = {path: outcomes_of(path) for path in sorted(MUTANTS.rglob("*.meta"))}
    table({path: found for path, found in outcomes.items() if found})
    return 0


def outcomes_of(path: Path) -> dict[str, str]:
    """What became of the mutants of one module, by their names."""
    codes = json.loads(path.read_text())["exit_code_by_key"]
    return {name: status_by_exit_code[code] for name, code in codes.items()}


def table(outcomes: dict[Path, dict[str, str]]) -> None:
    """Print a row per module, the sums, and then what survived."""
    print("\n| module | mutants | killed | survived | in no test | not run |")
    print("| --- | --: | --: | --: | --: | --: |")
    total: Counter[str] = Counter()
    for path, found in outcomes.items():
        counts = Counter(found.values())
        total += counts
        module = str(path.relative_to(MUTANTS / "oscar_referrals")).removesuffix(".meta")
        print(row(f"`{module}`", counts))
    print(row("all", total))
    for found in outcomes.values():
        for name, status in found.items():
            if status in SURVIVED:
                print(f"{status}: {name}")


def row(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    killed = sum(counts[status] for status in KILLED)
    ran = killed + sum(counts[status] for status in SURVIVED)
    cells = (counts.total(), killed, counts["survived"], counts["no tests"], counts.total() - ran)
    return f"| {name} | {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

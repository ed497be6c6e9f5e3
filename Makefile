# Everything a newcomer needs: `make run` starts Amanat, `make test` runs every test. `make help` lists the rest.
# Set-up is remembered by stamp files that are older than the lock file they were made from when it has changed.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(VENV)/bin/pip --quiet --disable-pip-version-check

STAMP_RUN  := $(VENV)/.installed-run
STAMP_TEST := $(VENV)/.installed-test
STAMP_SELF := $(VENV)/.installed-amanat
STAMP_WEB  := web/node_modules/.installed
WEB_APP    := src/amanat/web_app/site.json

# What the app is built from.
WEB_SOURCES := $(shell find web -name node_modules -prune -o -path web/tests -prune -o -type f -print)

# Modules that write a page under docs/. Each takes `--check`, which fails when the page on disk is not what it would write.
GENERATORS := tools.spec_coverage tools.what_the_server_sees tools.config_page tools.cli_page tools.data_map

# Flags for pytest, e.g. `make test ARGS="tests/core -x"`. Without any, all tests run, a file on each worker: browsers
# take a core each; the others wait for processes half of the time, and there is one more of them than there are cores.
ARGS     ?=
BY_FILE  := --dist loadfile --no-loadscope-reorder
BROWSERS := tests/e2e --numprocesses auto $(BY_FILE)
OTHERS   := --ignore=tests/e2e --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1)) $(BY_FILE)

COMPILE := $(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-options \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help setup run dev test soak conformance bench bench-web check format docs locks clean

help: ## List the commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP_RUN) $(STAMP_SELF) $(STAMP_WEB) $(WEB_APP) ## Set up what running needs, into .venv and web/.

run: setup ## Start Amanat with two sample people, on http://localhost:8008.
	@$(VENV)/bin/amanat demo

dev: setup ## Start a lab server and the app on http://localhost:5173; both follow their sources.
	@trap 'kill 0' EXIT; npm --prefix web run --silent dev & $(PY) -m tools.dev

test: setup $(STAMP_TEST) ## Set up what tests need and run them all (ARGS="..." goes to pytest).
	@tools/need_postgresql.sh
	@tools/need_chromium.sh
	@status=0; npm --prefix web test --silent || status=1; \
	$(if $(ARGS),,$(PY) -m pytest $(BROWSERS) || status=1;) \
	$(PY) -m pytest $(or $(ARGS),$(OTHERS)) || status=1; exit $$status

soak: setup $(STAMP_TEST) ## Run the fault tests for longer, and the stories that take long.
	@tools/need_postgresql.sh
	@tools/need_chromium.sh
	@SOAK=1 $(PY) -m pytest tests/faults tests/gateway tests/e2e $(ARGS)

conformance: setup $(STAMP_TEST) ## Hold our answers against the specification's schemas.
	@tools/need_postgresql.sh
	@$(PY) -m tools.conformance

bench: setup $(STAMP_TEST) ## Measure, and print the table of figures.
	@$(PY) -m bench

bench-web: setup $(STAMP_TEST) ## Measure the app in a headless Chromium, and print the table.
	@tools/need_chromium.sh
	@$(PY) -m bench.web

check: setup $(STAMP_TEST) ## Everything that is checked without running the server.
	@status=0; run() { "$$@" || { echo "make check: failed: $$*"; status=1; }; }; \
	run $(VENV)/bin/ruff check --quiet; \
	run $(VENV)/bin/ruff format --quiet --check; \
	run $(VENV)/bin/mypy; \
	run $(VENV)/bin/lint-imports --no-logo; \
	for check in size_check filename_matching lock_check spec_refs; do run $(PY) -m tools.$$check; done; \
	for page in $(GENERATORS); do run $(PY) -m $$page --check; done; \
	run npm --prefix web run --silent check; \
	exit $$status

format: $(STAMP_TEST) ## Format the code and fix what can be fixed.
	@$(VENV)/bin/ruff format
	@$(VENV)/bin/ruff check --fix
	@npm --prefix web run --silent format

docs: setup ## Write the generated pages again.
	@set -e; for module in $(GENERATORS); do $(PY) -m $$module; done

locks: $(STAMP_TEST) ## Pin again what pyproject.toml, requirements/test.in and web/package.json ask for.
	@CUSTOM_COMPILE_COMMAND="make locks" $(COMPILE) --all-build-deps --extra demo --output-file requirements/run.txt pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make locks" $(COMPILE) --output-file requirements/test.txt pyproject.toml requirements/test.in
	@npm --prefix web install --package-lock-only
	@$(PY) -m tools.lock_check

clean: ## Remove what set-up made (never data).
	rm -rf $(VENV) web/node_modules $(dir $(WEB_APP))

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Amanat needs Python 3.11 or later; say which with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "This Python cannot make virtual environments: install its venv package (Debian: apt-get install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMP_RUN): requirements/run.txt | $(PY)
	$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

# After the others: two pips at once would trip over each other.
$(STAMP_TEST): requirements/test.txt | $(STAMP_SELF)
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(STAMP_SELF): pyproject.toml | $(STAMP_RUN)
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP_WEB): web/package-lock.json web/.npmrc
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' \
		|| { echo "Amanat needs Node 20 or later with npm: install them and try again."; exit 1; }
	npm --prefix web ci --no-fund --no-audit --loglevel=error
	@touch $@

$(WEB_APP): $(WEB_SOURCES) | $(STAMP_WEB)
	npm --prefix web run --silent build -- --logLevel warn

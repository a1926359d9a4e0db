# All a machine with Python 3.11 or newer needs: `make forecast` runs the bundled forecast, `make test` every check.
# The environment is .venv; each stamp in it stands for one stage, so that a second call starts at once.
#   make forecast ARGS="--replications 100 --json"      make test ARGS="-k speed"      make help

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The first Python that runs and is new enough; another one: make test PYTHON=/path/to/python
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
SCENARIO ?= slavyansk-kramatorsk
ARGS ?=
FUZZ := tests/scenario/test_hostile.py tests/bad_inputs/test_hostile_files.py
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MADE := $(VENV)/.made
BASE := $(VENV)/.base
DEV := $(VENV)/.dev
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate $(UPGRADE)

.PHONY: help
help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

.PHONY: forecast
forecast: $(BASE) ## run the bundled forecast (base dependencies only)
	@$(BIN)/redan forecast $(SCENARIO) $(ARGS)

.PHONY: report
report: $(BASE) ## the page on the bundled forecast, in its run folder (ARGS go to the forecast)
	@run="$$($(BIN)/redan forecast $(SCENARIO) $(ARGS) --json \
		| $(BIN)/python -c 'import json, sys; print(json.load(sys.stdin)["run"])')"; \
	$(BIN)/redan report "$$run"

.PHONY: test check
test: lint pytest ## every check that CI runs
check: test ## the same

.PHONY: lint
lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: pytest
pytest: $(DEV) lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: verification
verification: $(DEV) ## slow statistical checks against theory
	$(BIN)/python -m pytest verification --ignore verification/test_hard_to_kill.py $(ARGS)

.PHONY: hard-to-kill
hard-to-kill: $(DEV) ## kill runs at 50 random moments; every evening of 10,000 random campaigns
	$(BIN)/python -m pytest verification/test_hard_to_kill.py -s $(ARGS)

.PHONY: fuzz
fuzz: $(DEV) ## spoilt scenarios and files, ten times as many as in make test (REDAN_FUZZ=N: N times)
	REDAN_FUZZ=$${REDAN_FUZZ:-10} $(BIN)/python -m pytest $(FUZZ) -s --timeout 7200 $(ARGS)

.PHONY: cluster-demo
cluster-demo: $(DEV) ## a scheduler and two workers here; one is killed; the bytes are those of one thread
	@$(BIN)/python -m tools.cluster_demo $(ARGS)

.PHONY: supply-chain
supply-chain: wheel ## pinned hashes, two equal wheels, an sdist that builds and installs offline, an SBOM
	@$(BIN)/python -m tools.supply_chain

.PHONY: bench
bench: $(BASE) ## speed on this machine
	@$(BIN)/redan bench $(ARGS)

.PHONY: bench-curves
bench-curves: $(DEV) ## cost against cells, formations, days, replications: docs/background/speed.md (minutes)
	@$(BIN)/python -m benchmarks.curves $(ARGS)

.PHONY: web
web: ## build the page of `redan serve` from web/ (needs node and npm)
	cd web && npm ci && npm run build

.PHONY: web-check
web-check: ## the page's types, and whether the committed page is what web/ builds
	cd web && npm ci && npm run check && npx vite build --outDir ../build/page --emptyOutDir
	diff -r build/page src/redan/views/web/page

.PHONY: web-bench
web-bench: $(DEV) ## first paint and frames a second of the page, beside an empty map (needs a Chromium)
	@$(BIN)/python -m tools.web_bench $(ARGS)

.PHONY: wheel
wheel: $(DEV) ## build the wheel twice and compare the bytes
	@export SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct 2>/dev/null || echo 1577836800)"; \
	rm -rf dist build/again; \
	$(BIN)/python -m hatchling build --target wheel --directory dist; \
	$(BIN)/python -m hatchling build --target wheel --directory build/again; \
	for wheel in dist/*.whl; do cmp "$$wheel" "build/again/$${wheel##*/}"; sha256sum "$$wheel"; done

.PHONY: docs
docs: $(DEV) ## the documentation as a site, in build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet && echo build/site/index.html

.PHONY: tutorials
tutorials: $(DEV) ## run the Python of the tutorials, compiled
	@$(BIN)/python -m tools.run_tutorials docs/tutorial/own-rule.md

.PHONY: docs-pages
docs-pages: $(BASE) ## rebuild the reference pages of rules and parameters
	@$(BIN)/python -m tools.build_rule_pages
	@$(BIN)/python -m tools.interface_pages

.PHONY: history
history: $(DEV) ## operations of the past: rewrite them by their rule and the data, run them, rewrite their page
	@$(BIN)/python -m tools.write_history --write
	@$(BIN)/python -m tools.observe_operations --write
	@rm -rf build/history && $(BIN)/python -m tools.validate_operations build/history

.PHONY: study-pages
study-pages: $(DEV) ## rebuild the pages of the study: spread, pairing, what more would do (an hour)
	@for page in spread pairing more; do $(BIN)/python -m tools.publish_study "$$page"; done

.PHONY: locks
locks: $(DEV) ## rebuild requirements/*.txt (UPGRADE=--upgrade takes the newest versions)
	$(COMPILE) --extra dev --output-file requirements/dev.txt pyproject.toml requirements/build.in >/dev/null
	$(COMPILE) --constraint requirements/dev.txt --output-file requirements/base.txt pyproject.toml >/dev/null
	$(COMPILE) --constraint requirements/dev.txt --output-file requirements/build.txt requirements/build.in >/dev/null
	@! grep -n '://\|^-' requirements/*.txt

.PHONY: clean
clean: ## remove what was made here, the environment too
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE):
	@test -n "$(PYTHON)" || { echo "Redan needs Python 3.11 or newer; name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "making $(VENV) with $(PYTHON)" >&2
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(BASE): $(MADE) requirements/base.txt requirements/build.txt pyproject.toml
	@echo "installing the base packages into $(VENV)" >&2
	@$(PIP) install --require-hashes --requirement requirements/base.txt --requirement requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(BASE) requirements/dev.txt
	@echo "installing the packages for the checks into $(VENV)" >&2
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

# LAPOR! 3. Lines marked with two hashes feed `make help`.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(if $(DB),--db $(DB)) $(T)

# Which branches the whole suite takes; a part says nothing about that.
MEASURED = $(if $(T)$(DB),,--cov --cov-report=)
FLOORS = $(if $(T)$(DB),true,$(BIN)/python -m tests.support.floors)

CHECKS := formatted sound typed directed worded front
BIOME := node_modules/.bin/biome

.PHONY: help run test test-full bench lint format lock messages db clean $(CHECKS:%=check-%)

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

# What tests/prepare.sh brings is enough; without npm the line says so, and fails.
node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm > /dev/null || { echo "JavaScript and CSS are checked by biome, which needs npm: install nodejs and npm (the product itself needs neither)." >&2; exit 1; }
	@npm ci --silent --no-audit --no-fund
	@touch $@

run: $(VENV)/run.stamp ## Install, migrate, fill in the demo, serve on http://127.0.0.1:8080 (PORT=…)
	@exec $(BIN)/python run.py

test: $(VENV)/dev.stamp ## Lint and the whole suite, on both databases (a part: T=tests/rules, DB=sqlite or DB=postgresql)
	@tests/prepare.sh
	@$(if $(T),,$(MAKE) --no-print-directory lint)
	@$(PYTEST) -m "not slow"

test-full: $(VENV)/dev.stamp ## The suite with its slow parts, and which branches of the code it reaches
	@tests/prepare.sh
	@$(if $(T),,$(MAKE) --no-print-directory lint)
	@$(PYTEST) $(MEASURED)
	@$(FLOORS)

bench: $(VENV)/dev.stamp ## Measure at 3,000,000 reports: 30 GB of disk, an hour (QUICK=1: 20,000 reports, minutes)
	@tests/prepare.sh
	@QUICK=$(QUICK) $(BIN)/python -m bench

lint: $(VENV)/dev.stamp node_modules/.package-lock.json ## ruff, mypy, import directions, catalogues, JavaScript and CSS
	@$(MAKE) --no-print-directory $(CHECKS:%=check-%)

# Each check alone, for the hooks of .pre-commit-config.yaml; none of them installs anything.
check-formatted:
	@$(BIN)/ruff format --check --quiet .

check-sound:
	@$(BIN)/ruff check --quiet .

check-typed:
	@$(BIN)/mypy --no-error-summary

check-directed:
	@$(BIN)/lint-imports --no-cache > /dev/null || $(BIN)/lint-imports --no-cache

check-worded:
	@$(BIN)/python translations/update.py --check > /dev/null || $(BIN)/python translations/update.py --check

check-front:
	@$(BIOME) check --error-on-warnings . > /dev/null 2>&1 || $(BIOME) check --error-on-warnings .

format: $(VENV)/dev.stamp node_modules/.package-lock.json ## Format, and mend what ruff and biome can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIOME) check --write --log-level=warn .

messages: $(VENV)/dev.stamp ## Collect new words into translations/ and compile them
	@$(BIN)/python translations/update.py

db: $(VENV)/dev.stamp ## Write a migration for changed models: make db NAME="add …"
	@FLASK_APP=app:create_app $(BIN)/flask db migrate -m "$(NAME)"

lock: ## Lock the newest allowed versions, with hashes (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## Remove what the commands made
	@rm -rf $(VENV) instance build .pytest_cache .ruff_cache .mypy_cache .hypothesis node_modules

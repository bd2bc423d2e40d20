# Puente: two commands. `make demo` runs the main job and serves it; `make test` runs everything.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Where this is set, as in many images, every process compiles all that it imports anew: half of the start of `puente`.
export PYTHONDONTWRITEBYTECODE :=
export PUENTE_VECTORS ?= $(CURDIR)/../shared/vectors
export PUENTE_FORMAT_VECTORS ?= $(CURDIR)/tests/vectors/format
PYTHON_ROOMS := schemas kernel kit issuer wallet verifier registry staff app migrations bench tests

.PHONY: help demo test check test-python test-pages test-format test-long build serve bench wheel clean setup setup-test

help:  ## show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

demo: setup  ## run the main job on the demo cohorts, print what happened, serve it (ARGS="--no-serve")
	@$(PY) -m app.cli demo $(ARGS)

test: setup-test  ## run everything: checks, Python, TypeScript, PostgreSQL, Chromium
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check test-pages test-format
	@$(MAKE) --no-print-directory test-python

check: setup-test  ## format, lint, types, floors
	ruff format --check -q $(PYTHON_ROOMS)
	ruff check -q $(PYTHON_ROOMS)
	mypy
	lint-imports --no-cache
	cd pwa && npm run -s types && npm run -s arrows

test-python: setup-test
	$(PY) -m pytest -n 3 --dist worksteal  # one more than the cores: much of it waits for a browser or a server

test-pages: setup-test
	cd pwa && npm test --silent

test-format: setup-test  ## run any folder of format vectors (PUENTE_FORMAT_VECTORS=DIR) through both cores, a line a case
	$(PY) -m tests.format_runner "$(PUENTE_FORMAT_VECTORS)"

test-long: setup-test  ## the long programmes: many kills, many mutations
	PUENTE_LONG=1 $(PY) -m pytest -n 3 --dist worksteal

build: setup  ## build the pages

serve: setup  ## serve the last demo's data
	@$(PY) -m app.cli serve $(ARGS)

bench: setup-test  ## measure beside named peers (ARGS="kernel --json")
	@$(PY) -m app.cli bench $(ARGS)

wheel: setup-test  ## build the wheel and try it in an empty environment
	.venv/bin/uv build -q --wheel -o dist

setup:
	@tools/setup.sh demo

setup-test:
	@tools/setup.sh test

clean:  ## remove what was made
	rm -rf .venv .make dist demo-out app/pages pwa/node_modules

# Each target makes its own .venv when it is missing: python3, python3-venv and make are all a fresh machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT ?= demo

# Compiled bytecode halves every start of Prefect.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install demo test test-slow check docs freeze bench clean

help:
	@echo "make demo   a synthetic county, reconciled end to end (OUT=$(OUT))"
	@echo "make test   the tests; make test-slow: benchmarks, kills, real servers"
	@echo "make check  format, lint, types, import directions, glossary, house rules, generated docs: all failures at once"
	@echo "make bench  the benchmarks under bench/"
	@echo "make docs   rewrite docs/generated from the code"

install: $(READY)

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

demo: $(READY)
	$(BIN)/longlou demo --out $(OUT)

# One process a core and one more, since tests wait for servers and browsers; each starts its own PostgreSQL.
test: $(READY)
	$(BIN)/python -m pytest -n $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )) --dist worksteal

# Benchmarks, kills and real servers from end to end: half an hour.
test-slow: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

check: $(READY)
	$(BIN)/python -m tools.check

docs: $(READY)
	$(BIN)/python -m tools.make_docs

bench: $(READY)
	$(BIN)/python -m bench.county
	$(BIN)/python -m bench.febrl --out build/febrl
	$(BIN)/python -m bench.intake
	$(BIN)/python -m bench.pull

freeze: $(READY)
	$(BIN)/python -m tools.freeze

clean:
	rm -rf build var demo .mypy_cache .ruff_cache .pytest_cache .hypothesis

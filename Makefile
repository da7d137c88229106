# `make run` serves the extranet with the demo region; `make check test` is what CI runs.

PYTHON ?= python3
PORT ?= 5000
UV := 0.13.9
BIN := .venv/bin
# What the installed package was made from: a change here installs it again.
SOURCES := pyproject.toml hatch_build.py package.json package-lock.json \
	$(wildcard translations/*/LC_MESSAGES/*.po)

# uv installs in a few seconds; a machine that cannot have it does the same with pip, slower.
INSTALL = if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python $(1); \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi

COMPILE = $(BIN)/uv pip compile --quiet $(UPGRADE) --universal --generate-hashes \
	--python-version 3.11 --custom-compile-command 'make lock'

.PHONY: run test coverage check bench lock translations clean

run: .venv/run.stamp
	@EXTRANET_DEMO=1 EXTRANET_BASE_URL=http://127.0.0.1:$(PORT) exec $(BIN)/extranet run --port $(PORT)

test: .venv/dev.stamp
	$(BIN)/python -m tools.browser
	$(BIN)/python -m pytest

coverage: .venv/dev.stamp
	$(BIN)/python -m tools.browser
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

check: .venv/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/djlint templates --lint --quiet

bench: .venv/dev.stamp
	$(BIN)/python -m bench

# With hashes, for every platform; `make lock UPGRADE=--upgrade` takes the newest versions.
lock: .venv/bin/python
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --group pyproject.toml:dev --constraints requirements.txt \
		--output-file requirements-dev.txt pyproject.toml

# Says which texts lack Dutch; English repeats the source.
translations: .venv/dev.stamp
	$(BIN)/python -m tools.catalogues

clean:
	rm -rf .venv node_modules build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis extranet/web/static/vendor translations/*/LC_MESSAGES/*.mo
	find extranet tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)

.venv/run.stamp: requirements.txt $(SOURCES) | .venv/bin/python
	@echo 'Installing (once, about half a minute) …'
	@$(call INSTALL,--require-hashes -r requirements.txt)
	@$(call INSTALL,--no-deps -e .)
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo 'Installing what tests and checks need …'
	@$(call INSTALL,--require-hashes -r requirements-dev.txt)
	@touch $@

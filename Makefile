# Everything one does with this house. `make help` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests
WORKERS ?= 2
LANGUAGES := de_SIMPLE tr ar uk ru ro bg pl fa ku

# A stamp is renewed when the lock file behind it changes, so a second run has nothing to install.
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed
VENDOR := static/vendor
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
EXTRACT := --no-location --sort-by-file --no-wrap --project=participation --version=1 \
	--copyright-holder="its authors" --header-comment="\# Texts of the participation platform, under the EUPL-1.2."
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade
UPDATE := --output-dir translations --init-missing --no-fuzzy-matching --ignore-obsolete --no-wrap \
	--ignore-pot-creation-date

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test unit browser check format bench messages migration lock audit clean
.DELETE_ON_ERROR:

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name text; do printf '%-18s %s\n' "$$name" "$$text"; done

run: $(RUNTIME) $(CATALOGUES) $(VENDOR) ## Serve on http://127.0.0.1:8000 with a demo city (PORT=8123 make run for another port)
	@exec $(BIN)/python -m participation.serving

test: $(DEVELOPMENT) $(CATALOGUES) $(VENDOR) ## Run all tests: units and views, both databases, browser
	@$(BIN)/python -m pytest -q -n $(WORKERS) $(TESTS)

unit: $(DEVELOPMENT) $(CATALOGUES) $(VENDOR) ## Run all tests but those in a browser
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "not browser" $(TESTS)

browser: $(DEVELOPMENT) $(CATALOGUES) $(VENDOR) ## Run the tests in a browser only
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m browser $(TESTS)

check: $(DEVELOPMENT) ## Check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(DEVELOPMENT) ## Put the code into its format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench: $(DEVELOPMENT) $(CATALOGUES) ## Measure: one line per figure with name, value, unit, limit, ok or short
	@$(BIN)/python -m tests.bench

# The code speaks English and the content German: these two need no catalogue of their own.
messages: $(DEVELOPMENT) ## Collect all texts from code and templates and bring every catalogue up to date
	@mkdir -p var
	@$(BIN)/pybabel -q extract $(EXTRACT) --mapping babel.cfg -k _l:1 --output var/messages.pot participation templates
	@$(BIN)/pybabel -q extract $(EXTRACT) --mapping babel-content.cfg --no-default-keywords -k content_text:1 -k t:1 \
		--output var/content.pot participation
	@for language in de $(LANGUAGES); do \
		$(BIN)/pybabel -q update $(UPDATE) -D messages -i var/messages.pot -l $$language || exit 1; done
	@for language in en $(LANGUAGES); do \
		$(BIN)/pybabel -q update $(UPDATE) -D content -i var/content.pot -l $$language || exit 1; done

migration: $(DEVELOPMENT) ## Write down how the models have changed: make migration name=what_changed
	@test -n "$(name)" || { echo 'Say what changed: make migration name=what_changed'; exit 2; }
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex())') \
		$(BIN)/flask --app wsgi db revision "$(name)"
	@$(BIN)/ruff check --quiet --fix participation/migrations/versions
	@$(BIN)/ruff format --quiet participation/migrations/versions

lock: $(DEVELOPMENT) ## Lock the newest dependencies that pyproject.toml allows, with hashes
	@$(BIN)/python -m pip install -qq uv
	@$(BIN)/uv pip compile $(LOCK) --output-file requirements.lock pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) --output-file requirements-dev.lock --group dev pyproject.toml

audit: $(DEVELOPMENT) ## Ask for known flaws in the locked dependencies (needs the network)
	@$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.lock

clean: ## Remove what can be made again; the data in var/ stay
	rm -rf $(VENV) node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis $(CATALOGUES)
	find participation tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed. Name yours: PYTHON=/path/to/python3.12 make run"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { \
		echo "On Debian and Ubuntu the module venv is a package: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(RUNTIME): requirements.lock | $(BIN)/python
	@echo "Installing what the house needs ..."
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock | $(BIN)/python
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements-dev.lock
	@touch $@ $(RUNTIME)

# The house works without the map and the reader of QR codes, so a machine without npm or without a network goes on with
# one line about it. The version stands in the address of what the reader imports, as browsers keep scripts for a year.
$(VENDOR): package-lock.json
	@command -v npm >/dev/null || { \
		echo "npm is not installed, so the map and the ticket camera stay closed: lists show the same." \
			"On Debian and Ubuntu: apt-get install npm"; \
		exit 0; }; \
	echo "Fetching the map and the reader of QR codes ..."; \
	npm ci --ignore-scripts --no-audit --no-fund --silent || { \
		echo "npm could not fetch the map and the reader of QR codes, so they stay closed: lists show the same."; exit 0; }; \
	rm -rf $@ && mkdir -p $@/leaflet $@/qr && \
	cd node_modules/leaflet/dist && cp -r leaflet.js leaflet.css images ../LICENSE $(CURDIR)/$@/leaflet && \
	cd ../../qr && cp index.js LICENSE LICENSE-MIT $(CURDIR)/$@/qr && \
	version=$$(sed -n 's/^  "version": "\(.*\)",$$/\1/p' package.json) && \
	sed "s|'./index.js'|'./index.js?v=$$version'|" decode.js > $(CURDIR)/$@/qr/decode.js

translations/%.mo: translations/%.po | $(RUNTIME)
	@$(BIN)/pybabel -q compile --input-file $< --output-file $@

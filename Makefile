# make demo: an example newspaper to try. make test: everything that must hold. See README.md.

PYTHON ?= python3
BIN = .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST = $(BIN)/python -W error::ImportWarning -m pytest -q

.PHONY: demo test engines faults lint format bench screenshots messages lock

demo: .venv/.installed
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/python -m example.demo

test: lint
	@echo "== Tests of the pure parts of scripts"
	@sh tests/scripts.sh test
	@echo "== Tests on SQLite, with pictures in a folder, and in Chromium"
	$(PYTEST) -n 2 --dist worksteal
	@echo "== Tests of what is stored on a throwaway PostgreSQL, with pictures in a throwaway S3"
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.s3 \
		$(PYTEST) -n 2 --dist worksteal -m "not browser" --stored

# Composing and reading in the engines of other browsers than Chromium.
engines: .venv/.installed-engines
	@sh tests/needs.sh engines
	@echo "== Composing and reading in Firefox"
	ENGINE=firefox $(PYTEST) -n 2 --dist loadfile -m engines
	@echo "== Composing and reading in WebKit"
	xvfb-run -a -s '-screen 0 1280x1024x24' $(PYTEST) tests/in_webkit.py

# Faults made for real: killed workers, a full disk, a stepped clock… Needs root; ONLY=words chooses.
faults: .venv/.installed-dev
	@sh tests/needs.sh faults
	$(BIN)/python -m tests.faults

lint: .venv/.installed-dev
	@sh tests/needs.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files '*.html' | grep templates/ | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.translations
	@sh tests/scripts.sh check

format: .venv/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@sh tests/scripts.sh format

bench: .venv/.installed-dev
	$(BIN)/python -m bench

screenshots: .venv/.installed-dev
	$(BIN)/python -m docs.screenshots

# Find new texts of the interface, and compile what is translated.
messages: .venv/.installed-dev
	$(BIN)/python -m tests.translations --update

.venv/.installed: requirements.txt
	@echo "== Installing what the newsroom needs into .venv (a minute or two)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "== Installing what the tests need into .venv"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.installed-engines: requirements-engines.txt .venv/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-engines.txt
	@touch $@

# Lock what pyproject.toml asks for, with hashes, for all Pythons, naming no index. Needs uv.
UV_LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	$(UV_LOCK) -o requirements.txt pyproject.toml
	$(UV_LOCK) -o requirements-s3.txt pyproject.toml --extra s3 -c requirements.txt
	$(UV_LOCK) -o requirements-dev.txt pyproject.toml --extra s3 --group dev -c requirements-s3.txt
	$(UV_LOCK) -o requirements-engines.txt --group engines -c requirements-dev.txt

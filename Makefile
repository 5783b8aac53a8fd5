# make search   set up, index the sample corpus, show what it finds
# make test     set up, run the tests
# make serve    set up, index the sample corpus, serve its pages at http://127.0.0.1:8000
# make test-web test the pages in a browser; it needs a Chromium
# make test-cluster  test on a cluster of three nodes on this machine; needs Java and Maven. CORPORA=45 CLUSTER_ROUNDS=20: all
# make test-cluster-suite  the same without the tests that kill nodes and builders
# make screenshots  take pictures of all pages, for looking at them
# make check    format, lint, types, generated documents
# make growth   time patterns and readers on hostile input of growing size (two minutes, on a quiet machine)
# make fuzz     damaged files, hostile names and queries for ten minutes; MINUTES=60 for an hour
# make format   format, and fix what ruff can fix
# make docs     write the generated documents anew
# make formats  parse 1,000 made-up cables in every format, and compare them
# make bench    measure; see benchmarks/README.md
# make clean    delete what was made: the environment, the built index, caches
# make help     show this list

PYTHON ?= python3
VENV ?= .venv
MADE_OF := pyproject.toml $(wildcard cablesearch/*/*.c cablesearch/*/*/*.c)
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: search test serve test-web test-cluster test-cluster-suite screenshots check growth fuzz format docs formats bench clean help

search: $(VENV)/installed
	$(BIN)/cablesearch index
	$(BIN)/cablesearch '"Democratization Commission"'

test: $(VENV)/installed-dev
	EVERY_TEST=1 $(BIN)/python -m pytest --numprocesses auto --dist loadfile

serve: $(VENV)/installed
	$(BIN)/cablesearch index
	$(BIN)/cablesearch serve

test-web: $(VENV)/installed-browser
	BROWSER_TESTS=1 $(BIN)/python -m pytest -rs tests/browser tests/web/test_description.py tests/web/test_nginx.py

test-cluster: test-cluster-suite
	CLUSTER_TESTS=1 $(BIN)/python -m pytest -rs --show-capture=no tests/cluster

test-cluster-suite: $(VENV)/installed-dev
	CORPORA=$(or $(CORPORA),6) $(BIN)/python -m tests.cluster.nodes 3 $(BIN)/python -m pytest -rs tests/engines -k 'opensearch or agree'

screenshots: $(VENV)/installed-browser
	$(BIN)/python docs/screenshots.py

check: $(VENV)/installed-dev
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python docs/make.py --check

growth: $(VENV)/installed-dev
	QUIET=1 $(BIN)/python -m pytest tests/benchmarks/test_growth.py
	$(BIN)/python -m benchmarks.growth

fuzz: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.fuzz --minutes $(or $(MINUTES),10)

format: $(VENV)/installed-dev
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

docs: $(VENV)/installed-dev
	$(BIN)/python docs/make.py

formats: $(VENV)/installed-dev
	CABLES=1000 $(BIN)/python -m pytest tests/corpus/test_formats_agree.py

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build *.egg-info cablesearch/analysis/_token_cache.*.so index/[!.]* .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:
	@sed -n 's/^# make/make/p' $(firstword $(MAKEFILE_LIST))

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cablesearch needs Python 3.11 or later; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(MADE_OF) | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(MADE_OF) | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-browser: $(VENV)/installed-dev Makefile
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		'playwright>=1.45' axe-playwright-python==0.1.8 schemathesis==4.32.5
	@touch $@

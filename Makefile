# Everything works from a fresh clone: the targets set up what they need.
#
#   make demo    build the shipped example, read it back, check it; check a draft with slips in it
#   make test    run the tests
#   make lint    ruff and mypy
#   make bench   time a check against the floor, a corpus run by its pages, a department by its lines, sentences by tables
#   make fuzz    read thousands of damaged and hostile files
#   make faults  plant faults into built documents and count how many are found
#   make lock    resolve requirements.lock anew
#   make clean   remove what the targets above made (make distclean: the environment, too)

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
GOUJI := $(VENV)/bin/gouji
EXAMPLE := examples/hunan-2024
BUDGET := examples/hunan-2025-budget
DRAFT := out/demo-draft/draft.pdf
BUILT := out/demo
BUILT_BUDGET := out/demo-budget
REPORT := out/demo-report
PIP := $(RUN) -m pip --disable-pip-version-check -qq

# Forced to the C locale, Python 3.11 cannot start from a folder with a Chinese name; merely in it, it can.
ifneq ($(filter C POSIX,$(LC_ALL)),)
unexport LC_ALL
endif

.PHONY: setup demo test lint bench fuzz faults lock clean distclean

# The stamps lie inside what they stand for: who deletes .venv or node_modules gets it made again.
PACKAGES_READY := $(VENV)/.gouji-ready
FONTS_READY := node_modules/.gouji-ready

setup: $(PACKAGES_READY) $(FONTS_READY)
	@:

$(PACKAGES_READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Gouji needs Python 3.11 or newer, and $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one, for example: make setup PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Could not make $(VENV); Debian and Ubuntu keep what it takes in the package python3-venv." >&2; exit 1; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(RUN) -m compileall -q src
	@touch $@

$(FONTS_READY): package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { \
	  echo "npm was not found. It brings the Chinese typefaces of the PDF; please install Node.js 18 or newer." >&2; exit 1; }
	@echo "Fetching the typefaces ..."
	@npm ci --omit=dev --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null
	@touch $@

demo: setup
	@rm -rf $(REPORT) && mkdir -p $(REPORT)
	@echo "== Building $(EXAMPLE)"
	@$(GOUJI) build $(EXAMPLE) -o $(BUILT)
	@echo
	@echo "== Reading the built files back and checking them"
	@$(GOUJI) read $(BUILT)/*.pdf -o $(REPORT)/built-facts.csv
	@$(GOUJI) check $(BUILT)/*.pdf -f html -o $(REPORT)/built.html
	@$(GOUJI) check $(BUILT)/*.pdf $(BUILT)/*.docx $(BUILT)/*.xlsx $(BUILT)/*.html $(BUILT)/facts.csv $(BUILT)/facts.json \
	  -f json -o $(REPORT)/built.json
	@$(GOUJI) check $(BUILT)/*.pdf -o $(REPORT)/built.txt
	@sed -n 1,2p $(REPORT)/built.txt
	@echo
	@echo "== Checking a draft of the same tables with slips planted in it"
	@$(RUN) examples/planted_draft.py $(EXAMPLE) $(DRAFT)
	@for report in html:html json:json text:txt checklist:xlsx pdf:marked.pdf; do \
	  code=0; $(GOUJI) check $(DRAFT) -f $${report%:*} -o $(REPORT)/draft.$${report#*:} || code=$$?; \
	  [ $$code -eq 1 ] || { echo "Findings (exit code 1) were expected here, not exit code $$code." >&2; exit 1; }; \
	done
	@awk '/^核对范围/ {exit} /^  (提示|四舍五入)/ {skip = 1} /^(■|  错误|  疑点)/ {skip = 0} !skip' $(REPORT)/draft.txt
	@echo
	@echo "== Building $(BUDGET)"
	@$(GOUJI) build $(BUDGET) -o $(BUILT_BUDGET)
	@echo
	@echo "Built package:      $(CURDIR)/$(BUILT)"
	@echo "Its report:         $(CURDIR)/$(REPORT)/built.html  (as data: built.json)"
	@echo "Built budget:       $(CURDIR)/$(BUILT_BUDGET)"
	@echo "The draft:          $(CURDIR)/$(DRAFT)"
	@echo "The draft's report: $(CURDIR)/$(REPORT)/draft.html  (as data: draft.json; as a check-list: draft.xlsx)"
	@echo "The draft, marked:  $(CURDIR)/$(REPORT)/draft.marked.pdf"

test: setup
	@$(RUN) -m pytest -n auto --dist loadfile

lint: setup
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

bench: setup
	@$(RUN) bench/bench.py
	@$(RUN) bench/scale.py
	@$(RUN) bench/department.py
	@$(RUN) bench/narrative.py

fuzz: setup
	@$(RUN) -W ignore tests/hostile/fuzz.py

faults: setup
	@$(RUN) tests/faults/measure.py
	@$(RUN) tests/faults/measure_evaluations.py

lock:
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check -qq install pip-tools==7.6.2
	@CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade --generate-hashes --extra bench --extra dev --extra ocr \
	  --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file requirements.lock pyproject.toml
	@echo "requirements.lock: $$(grep -c '==' requirements.lock) packages"

clean:
	@rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests bench examples -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	@rm -rf $(VENV) node_modules

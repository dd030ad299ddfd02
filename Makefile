# `make` alone lists the targets and the variables, from the `##` line above each.
# Written for GNU make 3.81, which macOS ships: no .ONESHELL, no `!=`.

## the case: a folder of data/
CASE ?= jlr-2025
## build the report as it could have stood at that date or time, such as 2025-09-25T17:12
AS_OF ?=
## build the report from these sources only, separated by commas
SOURCES ?=
## the paper of the PDF: a4 or us-letter
PAPER ?=
## set to 1, run every notebook, whether or not anything changed
NO_CACHE ?=
## set to 1, build a draft in reports/CASE-draft/ although problems remain, and show them in it
DRAFT ?=
## run this many notebooks at once (empty: one per core)
JOBS ?=
## set to 1, start every notebook's kernel anew instead of forking it from a warm one
COLD ?=
## the source that `make suggest` reads, by its id in sources.yaml
SOURCE ?=
## and only this paragraph of it (empty: all)
PARAGRAPH ?=
## the folder with the texts of the articles, which the repository does not keep
ARTICLES ?= articles
## whom or what the case of `make new` is about (empty: the name of the case)
SUBJECT ?=
## `make changes` lists what became known after this moment
FROM ?=
## and before this one (empty: up to now)
TO ?=
## `make source` takes in this saved page, PDF, e-mail or text
FILE ?=
## where that file is from
URL ?=
## or fetches this page, as its robots.txt allows
FETCH ?=
## the id of the source (empty: author or publisher, and day)
ID ?=
## set to 1, `make check` and `make verify` fail on anything that they could not check
STRICT ?=
## what to test, and options for pytest
TESTS ?=
## measure and print only these parts: plain ours watch loop api growth (empty: all, into docs/benchmarks.md)
BENCH ?=
## measure each this many times
ROUNDS ?= 5
## set to 1, `make lock` takes the newest versions instead of keeping those that still fit
UPGRADE ?=
## the Python that .venv is made with, 3.11 or newer
PYTHON ?= python3

# A variable with a misspelt name would otherwise be ignored without a word.
VARIABLES := CASE AS_OF SOURCES PAPER NO_CACHE DRAFT JOBS COLD ARTICLES FILE URL FETCH ID SOURCE PARAGRAPH STRICT SUBJECT \
	FROM TO TESTS BENCH ROUNDS UPGRADE PYTHON
blank := $(subst x,,x x)
GIVEN := $(foreach setting,$(subst \$(blank),_,$(MAKEOVERRIDES)),$(firstword $(subst =, ,$(setting))))
ifneq ($(filter-out $(VARIABLES),$(GIVEN)),)
$(error There is no variable $(filter-out $(VARIABLES),$(GIVEN)); there are $(VARIABLES))
endif

# An active conda or virtual environment that holds this package and its dependencies is used as it is.
# It prints the parts (run, dev, lab, audit) that it can run; .venv runs the others.
ACTIVE := $(or $(VIRTUAL_ENV),$(CONDA_PREFIX))
ifneq ($(and $(ACTIVE),$(filter report watch new source suggest schema check verify changes test coverage audit bench lab \
	tidy types,$(MAKECMDGOALS))),)
PARTS := $(shell [ "$(ACTIVE)" -ef .venv ] || { "$(ACTIVE)/bin/python" -c "import casebound" 2>/dev/null \
	&& "$(ACTIVE)/bin/python" -m casebound.environment; })
endif
bin = $(if $(filter $(1),$(PARTS)),$(ACTIVE)/bin,.venv/bin)
installed = $(if $(filter $(1),$(PARTS)),,.venv/.installed-$(1))
option = $(if $(strip $(2)),--$(1) "$(2)")

# The program itself runs in parallel, and pip must not.
.NOTPARALLEL:
.PHONY: help report watch new source suggest schema check verify changes test coverage audit bench lab tidy types lock \
	clean moved

## list the targets and the variables
help:
	@awk '/^## / { doc = substr($$0, 4); next } \
		doc && /^[a-z]+:/ { name = "make " $$1; sub(/:.*/, "", name); targets = targets sprintf("  %-20s %s\n", name, doc) } \
		doc && /^[A-Z_]+ \?=/ { name = $$1 "=" $$3; variables = variables sprintf("  %-20s %s\n", name, doc) } \
		{ doc = "" } \
		END { printf "%s\nVariables, as in `make report AS_OF=2025-09-26`:\n%s", targets, variables }' Makefile

# The next targets are not files. The program decides by content what is up to date: file times mean nothing
# after a clone, and do not show that a notebook was deleted.

## build reports/CASE/report.html, report.pdf and annex.pdf, and set up .venv on first use
report: $(call installed,run)
	@"$(call bin,run)/casebound" report $(call option,case,$(CASE)) $(call option,as-of,$(AS_OF)) \
		$(call option,sources,$(SOURCES)) $(call option,paper,$(PAPER)) $(if $(NO_CACHE),--no-cache) \
		$(if $(DRAFT),--draft) $(call option,jobs,$(JOBS)) $(if $(COLD),--cold)

## build at every change, and show the report in the browser
watch: $(call installed,run)
	@"$(call bin,run)/casebound" watch $(call option,case,$(CASE)) $(call option,as-of,$(AS_OF)) \
		$(call option,sources,$(SOURCES)) $(call option,paper,$(PAPER)) $(call option,jobs,$(JOBS))

## begin a case: make data/CASE with the least that `make check` passes; SUBJECT names whom or what it is about
new: $(call installed,run)
	@"$(call bin,run)/casebound" new $(call option,subject,$(SUBJECT)) "$(CASE)"

## write the JSON Schemas by which an editor completes and checks the files of the case
schema: $(call installed,run)
	@"$(call bin,run)/casebound" schema $(call option,case,$(CASE))

## check the facts and the prose of the case, and say what could not be checked
check: $(call installed,run)
	@"$(call bin,run)/casebound" check $(call option,case,$(CASE)) $(if $(STRICT),--strict)

## check every quotation against the texts in ARTICLES, and write those that hold into evidence.lock
verify: $(call installed,run)
	@"$(call bin,run)/casebound" verify $(call option,case,$(CASE)) $(if $(STRICT),--strict) $(call option,articles,$(ARTICLES))

## suggest facts from the text of SOURCE, as YAML to paste; nothing is written
suggest: $(call installed,run)
	@"$(call bin,run)/casebound" suggest "$(SOURCE)" $(call option,case,$(CASE)) $(call option,paragraph,$(PARAGRAPH)) \
		$(call option,articles,$(ARTICLES))

## list what became known between FROM and TO: new, superseded, corrected, withdrawn
changes: $(call installed,run)
	@"$(call bin,run)/casebound" changes $(call option,case,$(CASE)) --from "$(FROM)" $(call option,to,$(TO))

## take FILE (or the page at FETCH) in: its text into articles/, its entry into the case's sources.yaml
source: $(call installed,run)
	@"$(call bin,run)/casebound" source $(if $(FILE),"$(FILE)") $(call option,case,$(CASE)) $(call option,url,$(URL)) \
		$(call option,fetch,$(FETCH)) $(call option,id,$(ID))

## run the tests
test: $(call installed,dev)
	@"$(call bin,dev)/python" -m pytest $(TESTS)

# Percent of lines and branches that the tests' own processes run; kernels and workers are not measured.
floors = facts:99 analysis:100 pages:99 checks:98 authoring:90 report:91

## run the tests, and fail where the branch coverage of a room falls below its floor
coverage: $(call installed,dev)
	@"$(call bin,dev)/python" -m pytest --cov --cov-report= $(TESTS)
	@low=; for floor in $(floors); do room="$${floor%:*}"; least="$${floor#*:}"; printf '%-10sfloor %s %%, now ' "$$room" "$$least"; \
		"$(call bin,dev)/python" -m coverage report --include="src/casebound/$$room/*" --format=total \
		--fail-under="$$least" || low="$$low $$room"; done; \
		[ -z "$$low" ] || { echo "below the floor:$$low; add tests for what you added" >&2; exit 1; }

## check the built report: accessibility, valid HTML and PDF (with Chromium, Java, npm and qpdf)
audit: $(call installed,audit) .cache/audit/.installed
	@"$(call bin,audit)/python" tests/audit "reports/$(CASE)" .cache/audit/node_modules

## measure builds against other ways to a report, and write docs/benchmarks.md
bench: $(call installed,dev)
	@"$(call bin,dev)/python" tests/bench --rounds "$(ROUNDS)" $(BENCH)

## open the notebooks in JupyterLab
lab: $(call installed,lab)
	@"$(call bin,lab)/python" -m jupyterlab --notebook-dir=notebooks

## format and check the code, and strip the notebooks of their outputs
tidy: $(call installed,dev)
	@"$(call bin,dev)/python" -m ruff check --fix-only --quiet .
	@"$(call bin,dev)/python" -m ruff format --quiet .
	@find notebooks -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' -exec "$(call bin,dev)/python" -m nbstripout \
		--keep-id --extra-keys "metadata.language_info.version" {} +
	@"$(call bin,dev)/python" -m ruff check .

## check the types with mypy
types: $(call installed,dev)
	@"$(call bin,dev)/python" -m mypy

# One version for every Python (fewest), not the newest for each, so that all build the same report.
compile = .cache/uv/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-annotate --no-config --quiet $(if $(UPGRADE),--upgrade)

## write the lock files anew from pyproject.toml
lock: .cache/uv/bin/uv
	$(compile) --output-file requirements.lock
	$(compile) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(compile) --extra lab --constraint requirements-dev.lock --output-file requirements-lab.lock
	$(compile) --extra audit --constraint requirements-dev.lock --output-file requirements-audit.lock
	@command -v npm >/dev/null || echo "npm is not installed, so tests/audit/package-lock.json stays as it was."
	! command -v npm >/dev/null || npm install --prefix tests/audit --package-lock-only --ignore-scripts --silent \
		--omit-lockfile-registry-resolved

## remove reports/ and .cache/, and keep .venv
clean:
	rm -rf reports .cache
	@echo "Kept: .venv (to remove it too: rm -rf .venv)"

# Each file .installed-* says that the packages of its lock are in .venv. It is written last, so that a failed
# installation is tried again. The first holds the folder's name, which the programs in .venv/bin hold too: a
# folder that was moved or copied is installed anew.
ifneq ($(shell [ -x .venv/bin/python ] && cat .venv/.installed-run 2>/dev/null),$(CURDIR))
.venv/.installed-run: moved
endif

pip = .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input

define new-venv
"$(PYTHON)" -c "" 2>/dev/null || { echo "There is no $(PYTHON) that runs here. Install Python 3.11" \
	"or newer, or name one: PYTHON=python3.12 make $(MAKECMDGOALS)" >&2; exit 1; }; \
"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "$(PYTHON) is" \
	"$$("$(PYTHON)" --version 2>&1), and Casebound needs 3.11 or newer." \
	"Name another: PYTHON=python3.12 make $(MAKECMDGOALS)" >&2; exit 1; }; \
"$(PYTHON)" -c "import ensurepip, venv" 2>/dev/null || { echo "$(PYTHON) lacks venv or ensurepip" \
	"(Debian and Ubuntu keep them in the package python3-venv). Install it," \
	"or name another Python: PYTHON=python3.12 make $(MAKECMDGOALS)" >&2; exit 1; }; \
"$(PYTHON)" -m venv --clear
endef

# The build back end is in the lock too: in an isolated build pip would fetch it without a hash.
.venv/.installed-run: requirements.lock pyproject.toml
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || { $(new-venv) .venv; }
	@echo "Installing the packages of $< into .venv: on first use about a minute, and 540 MB."
	@$(pip) install --require-hashes --requirement requirements.lock
	@$(pip) install --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > $@

.venv/.installed-dev .venv/.installed-lab .venv/.installed-audit: .venv/.installed-%: requirements-%.lock .venv/.installed-run
	@echo "Installing the packages of $< into .venv."
	@$(pip) install --require-hashes --requirement $<
	@touch $@

# Without the packages' scripts, one of which would fetch a Java.
.cache/audit/.installed: tests/audit/package-lock.json
	@command -v npm >/dev/null || { echo "npm is not installed (Debian and Ubuntu: apt-get install npm)." >&2; exit 1; }
	@mkdir -p .cache/audit
	@cp tests/audit/package.json tests/audit/package-lock.json .cache/audit
	@cd .cache/audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.cache/uv/bin/uv:
	@$(new-venv) .cache/uv
	@.cache/uv/bin/python -m pip --quiet --disable-pip-version-check install "uv>=0.9"

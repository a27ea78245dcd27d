# make run: install what is missing, build the client, start the classroom.
# make test: everything that must be green. make check: lint, types, import contracts, sizes.
# make screens: pictures of every screen for a person.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Some machines forbid it; every server a test starts would compile the product anew.
unexport PYTHONDONTWRITEBYTECODE

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -type f -print)

.PHONY: run test screens check format messages bench weak clean

run: $(VENV)/installed classroom/static/index.html
	@$(BIN)/classroom serve

test: $(VENV)/developed classroom/static/index.html
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --max-worker-restart 2 --ignore tests/browsers
	$(BIN)/python -m pytest tests/browsers

# The scenes again, with a picture of every look in screens/.
screens: $(VENV)/developed classroom/static/index.html
	CLASSROOM_SCREENS=1 $(BIN)/python -m pytest tests/browsers

check: $(VENV)/developed classroom/static/index.html
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house
	cd web && PATH="$$(../$(BIN)/python ../hatch_build.py --node):$$PATH" npm run --silent check

format: $(VENV)/developed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd web && PATH="$$(../$(BIN)/python ../hatch_build.py --node):$$PATH" npx biome check --write .

messages: $(VENV)/developed
	$(BIN)/python -m classroom.wire.typescript

bench: $(VENV)/developed classroom/static/index.html
	$(BIN)/python -m bench.forwarding
	$(BIN)/python -m bench.join
	$(BIN)/python -m bench.board
	$(BIN)/python -m bench.room
	$(BIN)/python -m bench.courseware
	$(BIN)/python -m bench.recording
	$(BIN)/python -m bench.booking

# Speech and picture on weak networks, the whole ladder: some forty minutes; joins need root.
weak: $(VENV)/developed classroom/static/index.html
	$(BIN)/python -m bench.weak_network

clean:
	rm -rf $(VENV) web/node_modules classroom/static build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

# The client is built by the rule below, so the package is installed without building it again.
$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	CLASSROOM_SKIP_WEB=1 $(BIN)/python -m pip install --quiet -c constraints.txt --editable .
	touch $@

$(VENV)/developed: $(VENV)/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt --group dev
	touch $@

classroom/static/index.html: $(VENV)/bin/python $(WEB_SOURCES)
	$(BIN)/python -m hatch_build
	touch $@

# The two commands of a fresh machine are `make demo` and `make test`.
.PHONY: demo test test-all unit bench mutants fuzz accuracy pictures lint lock

py := .venv/bin/python
# Fewer tests: make test TESTS=tests/unit
TESTS := tests

demo:
	@.ci/setup demo
	@.venv/bin/hopthu demo

test: lint
	@$(py) -m pytest -q -n 2 --dist loadfile -m "not slow" $(TESTS)

# The slow rest as well: Cyrus, other Pythons, sweeps.
test-all: lint
	@$(py) -m pytest -q -n 2 --dist loadfile $(TESTS)

unit:
	@.ci/setup test
	@$(py) -m pytest -q tests/unit

lint:
	@.ci/setup test
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy

bench:
	@.ci/setup test
	@$(py) -m tests.benchmarks

mutants:
	@.ci/setup test
	@$(py) -m tests.mutants

# Damaged golden files against the readers; goes on where the last run ended.
MINUTES := 5
fuzz:
	@.ci/setup test
	@$(py) -m tests.fuzz --minutes $(MINUTES)

# How exactly tables are read, by format and writer.
accuracy:
	@.ci/setup test
	@$(py) -m tests.accuracy

# Every page at three widths, and the table as it is printed, to be looked at.
PICTURES := var/pictures
pictures:
	@.ci/setup test
	@$(py) -m tests.pictures $(PICTURES)

# Needs uv on the PATH.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --group dev pyproject.toml -o requirements-dev.lock

# The two commands of a fresh machine are `make demo` and `make test`.
.PHONY: demo test test-all unit bench accuracy mutants lint lock

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

accuracy:
	@.ci/setup test
	@$(py) -m tests.accuracy

mutants:
	@.ci/setup test
	@$(py) -m tests.mutants

# Needs uv on the PATH.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --group dev pyproject.toml -o requirements-dev.lock

#!/bin/sh
# The rows of the pass that once.sh made, for the check.
set -eu
cd "$(dirname "$0")/../.."
exec .venv/bin/hopthu --config "$BENCH_WORK/hopthu.toml" --now "$BENCH_NOW" export registrations "$BENCH_ROWS"

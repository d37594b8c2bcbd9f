"""Benchmarks: `python -m benchmarks.NAME` prints a table; `--check` holds the bars, `--json FILE` writes the figures."""

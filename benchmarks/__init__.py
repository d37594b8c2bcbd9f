"""`python -m benchmarks.NAME` prints a table; `--check` holds the bars and `--json FILE` writes the figures."""

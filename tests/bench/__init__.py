"""Benchmarks: `python -m tests.bench`. Ratios against hand-written floors in one run; no timed tests."""

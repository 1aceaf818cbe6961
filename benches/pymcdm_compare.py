#!/usr/bin/env python3
"""Time pymcdm on the same sizes as Trede's own benchmark.

pymcdm is a Python library for multi-criteria decision analysis on top of
numpy. This script times its weighted sum model (WSM) with the library's own
normalisation, input validation and ranking, all at their defaults except for
the normalisation, which can be chosen:

    10x6, 1000x20, 10000x20   normalise, weigh, add and rank one matrix
    leave-one-out-100x10      the same 100 times, each time without one row

The first criterion is a cost, as a price is; the others are profits. The
matrices are random, strictly positive, and the same in every run.

Usage:

    python3 -m venv venv && venv/bin/pip install pymcdm
    venv/bin/python benches/pymcdm_compare.py [--normalisation minmax|sum]
                                              [--seconds 2] [--verbose-results]

`--verbose-results` asks pymcdm for its explained result (the tables of the
intermediate steps) instead of the preference vector alone.

The output is a table in microseconds and one JSON line per case:

    {"case":"10x6","micros":…}

The figure is the least of as many repeats as fit in `--seconds` per case, at
least five, as it is in Trede's benchmark: what else the machine does only adds
to it. Compare only figures from the same machine in the same hour. Leave
OPENBLAS_* unset, so that numpy chooses its own kernels.
"""

import argparse
import json
import time

import numpy as np
from pymcdm import normalizations
from pymcdm.methods import WSM

SIZES = [(10, 6), (1_000, 20), (10_000, 20)]
LEAVE_ONE_OUT = (100, 10)
SEED = 20_130_401
LEAST_REPEATS = 5


def problem(bids, criteria):
    """A random decision matrix, weights that add up to 1, and the criteria types."""
    random = np.random.default_rng(SEED + bids * 100 + criteria)
    matrix = random.uniform(1.0, 100.0, size=(bids, criteria))
    weights = random.uniform(1.0, 10.0, size=criteria)
    types = np.ones(criteria, dtype=int)
    types[0] = -1
    return matrix, weights / weights.sum(), types


def score(method, matrix, weights, types, verbose):
    """One scoring: normalise, weigh, add, rank."""
    result = method(matrix, weights, types, verbose=verbose)
    preferences = result.results[-1].data if verbose else result
    return method.rank(preferences)


def leave_one_out(method, matrix, weights, types, verbose):
    """Score again without each alternative in turn."""
    return [
        score(method, np.delete(matrix, row, axis=0), weights, types, verbose)
        for row in range(matrix.shape[0])
    ]


def least_micros(run, seconds):
    """Least time of `run` in microseconds, after one run to warm up, and the number of repeats."""
    run()
    samples = []
    end = time.perf_counter() + seconds
    while len(samples) < LEAST_REPEATS or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        samples.append((time.perf_counter() - start) * 1e6)
    return min(samples), len(samples)


def main():
    parser = argparse.ArgumentParser(description="Time pymcdm's weighted sum model.")
    parser.add_argument("--normalisation", choices=["minmax", "sum"], default="minmax")
    parser.add_argument("--seconds", type=float, default=2.0, help="time to spend per case")
    parser.add_argument("--verbose-results", action="store_true", help="ask pymcdm to explain its result")
    arguments = parser.parse_args()

    method = WSM(getattr(normalizations, f"{arguments.normalisation}_normalization"))
    verbose = arguments.verbose_results
    cases = [(f"{bids}x{criteria}", score, (bids, criteria)) for bids, criteria in SIZES]
    cases.append(("leave-one-out-{}x{}".format(*LEAVE_ONE_OUT), leave_one_out, LEAVE_ONE_OUT))

    results = []
    for name, function, size in cases:
        data = problem(*size)
        micros, repeats = least_micros(lambda: function(method, *data, verbose), arguments.seconds)
        results.append((name, micros, repeats))

    print(f"{'case':<24}{'least µs':>14}{'repeats':>10}")
    for name, micros, repeats in results:
        print(f"{name:<24}{micros:>14,.1f}{repeats:>10,}")
    print()
    for name, micros, _ in results:
        print(json.dumps({"case": name, "micros": round(micros, 1)}, separators=(",", ":")))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Time numpy on the draws of the laboratory's benchmark, with the plain sum.

Draws 100,000 tenders of 5 bids x 6 criteria (uniform prices, scores and
commitments, a level out of four), weighs and adds them in floats and looks who
is first. Nothing else is told: no rounding, no explanation, no drop-outs, no
second winner without the level, no point of an assessor.

Usage:

    python3 -m venv venv && venv/bin/pip install numpy
    venv/bin/python crates/lab/benches/numpy_compare.py

Compare only figures from the same machine in the same hour.
"""

import time

import numpy as np

TENDERS, BIDS = 100_000, 5
LEVEL_POINTS = np.array([0.0, 4.0, 6.0, 8.0])
WEIGHTS = np.array([20.0, 10.0, 10.0])
SEED = 1


def run():
    random = np.random.default_rng(SEED)
    shape = (TENDERS, BIDS)
    price = np.round(random.uniform(90_000, 130_000, shape), 2)
    scores = np.round(random.uniform(4, 10, (*shape, 3)), 1)
    level = random.choice(4, size=shape, p=[0.4, 0.3, 0.2, 0.1])
    offer = np.round(random.uniform(2, 5, shape), 1)
    total = 40 * (140_000 - price) / 60_000
    total += scores @ (WEIGHTS / 10)
    total += LEVEL_POINTS[level]
    total += 10 * (offer - 2) / 3
    return np.bincount(total.argmax(axis=1), minlength=BIDS)


def main():
    run()
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        wins = run()
        best = min(best, time.perf_counter() - started)
    print(f"plain sum in numpy: {TENDERS / best:,.0f} tenders/s, wins {wins.tolist()}")


main()

#!/usr/bin/env python3
"""Runs the benchmarks of one build directory and prints ratios: scripts/bench_report.py BUILD."""

import json
import pathlib
import re
import statistics
import subprocess
import sys
import time

ROUNDS = 5
STARTS = 40


def openssl_speed():
    """Signatures a second of 2048 bits, as the openssl command measures its own library."""
    command = ["openssl", "speed", "-elapsed", "-seconds", "1", "-mr", "rsa2048"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.search(r"^\+F2:\d+:2048:([\d.]+):", output, re.MULTILINE).group(1))


def benchmarks(program):
    """Operations a second of each benchmark, once."""
    command = [program, "--benchmark_format=json", "--benchmark_min_time=0.5"]
    report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {b["name"]: 1e9 / b["real_time"] for b in report["benchmarks"]}


def start_ms(command):
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - began)


def signing(build):
    rounds = {}
    for _ in range(ROUNDS):  # interleaved: what slows one slows all
        rounds.setdefault("openssl speed", []).append(openssl_speed())
        for name, rate in benchmarks(build / "tests/bench/signing_bench").items():
            rounds.setdefault(name, []).append(rate)
    limit = statistics.median(rounds["openssl speed"])
    print(f"signing, RSA-2048: median of {ROUNDS} rounds\n")
    print(f"{'':28}{'a second':>10}{'of openssl speed':>20}")
    for name, rates in rounds.items():
        rate = statistics.median(rates)
        print(f"{name:28}{rate:10.0f}{rate / limit:20.2f}")


def starting(build):
    program = build / "src/cli/applink"
    commands = {
        "true": ["/bin/true"],
        "openssl version": ["openssl", "version"],
        "applink --version": [program, "--version"],
        "applink-http --version": [build / "src/cli/applink-http", "--version"],
        "curl --version": ["curl", "--version"],
    }
    times = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            times[name].append(start_ms(command))
    print(f"\nstart: median of {STARTS}, interleaved\n")
    print(f"{'':28}{'ms':>10}")
    for name, taken in times.items():
        print(f"{name:28}{statistics.median(taken):10.2f}")


def main():
    build = pathlib.Path(sys.argv[1])
    signing(build)
    starting(build)


if __name__ == "__main__":
    main()

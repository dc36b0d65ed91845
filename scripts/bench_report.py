#!/usr/bin/env python3
"""Runs the benchmarks of one build directory and prints ratios: scripts/bench_report.py BUILD."""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
STARTS = 40
SEEDS = 11


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


def making_ms(command, directory, environment):
    began = time.perf_counter()
    subprocess.run(command, cwd=directory, env=environment, capture_output=True, check=True)
    return 1000 * (time.perf_counter() - began)


def modulus(path):
    command = ["openssl", "rsa", "-in", path, "-noout", "-modulus"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def making(build):
    """Both programs find the same primes: the search for others would take another time."""
    preload = (build / "tests/bench/libsame_randomness.so").resolve()
    applink = (build / "src/cli/applink").resolve()
    print(f"\nmaking a key: {SEEDS} of each size, the same ones by both programs, interleaved\n")
    print(f"{'':14}{'openssl genpkey':>18}{'applink key create':>20}{'ratio of the sums':>20}")
    for bits in (2048, 3072, 4096):
        times = {"openssl": [], "applink": []}
        for seed in range(SEEDS):
            environment = {**os.environ, "LD_PRELOAD": str(preload), "SEED": str(seed)}
            with tempfile.TemporaryDirectory() as directory:
                commands = {
                    "openssl": ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt",
                                f"rsa_keygen_bits:{bits}", "-out", "key.pem"],
                    "applink": [applink, "key", "create", "k", "--bits", str(bits), "--out", "keys"],
                }
                for name, command in commands.items():
                    times[name].append(making_ms(command, directory, environment))
                if modulus(f"{directory}/key.pem") != modulus(f"{directory}/keys/private_key.pem"):
                    sys.exit("the two programs made different keys: nothing can be compared")
        openssl, ours = (statistics.median(times[name]) for name in ("openssl", "applink"))
        ratio = sum(times["applink"]) / sum(times["openssl"])
        print(f"{bits:6} bits, ms{openssl:18.0f}{ours:20.0f}{ratio:20.2f}")


def main():
    build = pathlib.Path(sys.argv[1])
    signing(build)
    starting(build)
    making(build)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Runs the benchmarks of one build directory and prints ratios: scripts/bench_report.py BUILD.

What is compared runs in turns, so that what slows one slows all. A ratio with a target stands in the
last table; a machine that has other things to do misses targets that are reached on a quiet one.
"""

import concurrent.futures
import contextlib
import dataclasses
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import bench_store

ROUNDS = 5
STARTS = 40
SEEDS = 11
BATCH = 20_000
KEY = pathlib.Path(__file__).resolve().parent.parent / "tests/data/keys/pkcs1.pem"
ORIGIN = "https://jira.example.com:8443"
URL = ORIGIN + "/rest/api/2/search?jql=project%20%3D%20TEST&maxResults=50"


@dataclasses.dataclass
class Ratio:
    what: str
    value: float
    target: float
    at_least: bool

    def line(self):
        reached = self.value >= self.target if self.at_least else self.value <= self.target
        bound = "at least" if self.at_least else "at most"
        return f"{self.what:66}{self.value:6.3f}   {bound:8} {self.target:.2f}   {'reached' if reached else 'MISSED'}"


def heading(text):
    print(f"\n{text}\n", flush=True)


def on_one_processor():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def openssl_speed(seconds=1, **options):
    """Signatures a second of 2048 bits, as the openssl command measures its own library."""
    command = ["openssl", "speed", "-elapsed", "-seconds", str(seconds), "-mr", "rsa2048"]
    output = subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout
    return float(re.search(r"^\+F2:\d+:2048:([\d.]+):", output, re.MULTILINE).group(1))


def two_openssl_speeds():
    with concurrent.futures.ThreadPoolExecutor(2) as both:
        return sum(both.map(openssl_speed, (2, 2)))


def benchmarks(program, names, **options):
    """Operations a second of each benchmark whose name fits, once."""
    command = [program, "--benchmark_format=json", "--benchmark_min_time=0.5", f"--benchmark_filter={names}"]
    report = json.loads(subprocess.run(command, capture_output=True, check=True, **options).stdout)
    return {b["name"].replace("/real_time", ""): 1e9 / b["real_time"] for b in report["benchmarks"]}


def signing(build):
    program = build / "tests/bench/signing_bench"
    rounds = {}
    for _ in range(ROUNDS):
        rates = {"openssl speed": openssl_speed(preexec_fn=on_one_processor),
                 **benchmarks(program, "-threads", preexec_fn=on_one_processor), **benchmarks(program, "threads")}
        for name, rate in rates.items():
            rounds.setdefault(name, []).append(rate)
    medians = {name: statistics.median(rates) for name, rates in rounds.items()}
    limit = medians["openssl speed"]
    heading(f"signing, RSA-2048: median of {ROUNDS} rounds")
    print(f"{'':28}{'a second':>10}{'of openssl speed':>20}")
    for name, rate in medians.items():
        print(f"{name:28}{rate:10.0f}{rate / limit:20.2f}")
    yield Ratio("signatures a second, of openssl speed on the same processor",
                medians["rsa_signature"] / limit, 0.97, True)
    yield Ratio("two threads, of one", medians["rsa_signature/threads:2"] / medians["rsa_signature"], 1.9, True)


def instructions(build):
    """Of one signature each, without what comes once: 65 of them less the first."""
    counts = {way: (counted(build, way, 65) - counted(build, way, 1)) / 64 for way in ("bare", "header")}
    heading("instructions under callgrind, RSA-2048")
    print(f"{'a bare signature':28}{counts['bare']:12.0f}\n{'a whole header':28}{counts['header']:12.0f}")
    yield Ratio("instructions of a whole header, of a bare signature", counts["header"] / counts["bare"], 1.03, False)


def counted(build, way, times):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
               build / "tests/bench/instructions", KEY, way, str(times)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", told).group(1))


@contextlib.contextmanager
def home():
    """A home with a key file, a store that holds the same key, and a link."""
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory)
        (path / "key.pem").touch(0o600)
        (path / "key.pem").write_bytes(KEY.read_bytes())
        yield path


def environment_of(directory):
    return {"HOME": str(directory), "PATH": os.environ["PATH"]}


def storeless(directory):
    return ["--key-file", directory / "key.pem", "--consumer-key", "hub", "--token", "T"]


def batch(build):
    with home() as directory:
        requests = directory / "requests.jsonl"
        requests.write_text("".join(json.dumps({"id": id, "method": "GET", "url": URL}) + "\n" for id in range(BATCH)))
        command = [build / "src/cli/applink", "sign", "--batch", "--base-url", ORIGIN, *storeless(directory)]
        limits, rates = [], []
        for _ in range(ROUNDS):
            limits.append(two_openssl_speeds())
            rates.append(BATCH / seconds_of_batch(command, requests, directory))
    limit, rate = statistics.median(limits), statistics.median(rates)
    heading(f"sign --batch, {BATCH} requests on {len(os.sched_getaffinity(0))} processors: median of {ROUNDS} rounds")
    print(f"{'':28}{'a second':>10}\n{'two of openssl speed':28}{limit:10.0f}\n{'sign --batch':28}{rate:10.0f}")
    yield Ratio("sign --batch on two processors, of two openssl speed", rate / limit, 0.9, True)


def seconds_of_batch(command, requests, directory):
    with requests.open("rb") as lines, (directory / "signed.jsonl").open("wb") as answers:
        began = time.perf_counter()
        subprocess.run(command, stdin=lines, stdout=answers, env=environment_of(directory), check=True)
        return time.perf_counter() - began


def start_ms(command, environment):
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=True)
    return 1000 * (time.perf_counter() - began)


def starting(build):
    program = build / "src/cli/applink"
    with home() as directory:
        environment = environment_of(directory)
        for words in (["key", "import", "hubkey", directory / "key.pem"],
                      ["link", "add", "prod", "--url", ORIGIN, "--consumer-key", "hub", "--key", "hubkey"]):
            start_ms([program, *words], environment)
        commands = {
            "true": ["/bin/true"],
            "openssl version": ["openssl", "version"],
            "applink --version": [program, "--version"],
            "applink-http --version": [build / "src/cli/applink-http", "--version"],
            "applink sign, no store": [program, "sign", "GET", URL, *storeless(directory)],
            "applink sign, from the store": [program, "sign", "GET", URL, "-l", "prod", "--token", "T"],
            "curl --version": ["curl", "--version"],
        }
        times = {name: [] for name in commands}
        for _ in range(STARTS):
            for name, command in commands.items():
                times[name].append(start_ms(command, environment))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    heading(f"whole processes: median of {STARTS}, interleaved")
    print(f"{'':30}{'ms':>10}")
    for name, taken in medians.items():
        print(f"{name:30}{taken:10.2f}")
    curl = medians["curl --version"]
    yield Ratio("applink sign without a store, of curl --version", medians["applink sign, no store"] / curl, 1.0, False)
    yield Ratio("applink sign from the store, of curl --version",
                medians["applink sign, from the store"] / curl, 1.2, False)


def store(build):
    for ratio in bench_store.store(build):
        yield Ratio(*ratio)


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
    heading(f"making a key: {SEEDS} of each size, the same ones by both programs, interleaved")
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
    build = pathlib.Path(sys.argv[1]).resolve()
    ratios = [ratio for part in (signing, instructions, batch, starting, store) for ratio in part(build)]
    making(build)
    heading("what is to be reached")
    for ratio in ratios:
        print(ratio.line())


if __name__ == "__main__":
    main()

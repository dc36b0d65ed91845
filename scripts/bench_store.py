"""The part of scripts/bench_report.py that is about the store: commits, and stores that are full."""

import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

LINKS = 10_000
READS = 40


def microseconds(command):
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def milliseconds(command, environment):
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    return 1000 * (time.perf_counter() - began)


def commits(program):
    """(kind of record, median of ours, median of SQLite's) in microseconds."""
    with tempfile.TemporaryDirectory(dir=os.getcwd()) as directory:  # not /tmp, which may be memory
        told = subprocess.run([program, "commits", directory], capture_output=True, check=True, text=True).stdout
    times = {}
    for line in told.splitlines():
        kind, ours, theirs = line.split()
        times.setdefault(kind, []).append((float(ours), float(theirs)))
    for kind, pairs in times.items():
        yield kind, *(statistics.median(column) for column in zip(*pairs))


def full_stores(build, directory):
    """Medians with one link and with LINKS: (microseconds of opening and reading, ms of `token show`)."""
    stores = {}
    for count in (1, LINKS):
        home = pathlib.Path(directory) / str(count)
        database, key = home / ".local/share/applink/store.db", home / ".config/applink/store.key"
        memory = pathlib.Path("/dev/shm")
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as quick:  # nobody waits for a disk
            location = [f"{quick}/store.db", f"{quick}/store.key"]
            subprocess.run([build / "tests/bench/store_bench", "fill", *location, str(count)], check=True)
            for made, path in zip(location, (database, key)):
                path.parent.mkdir(parents=True, mode=0o700)
                shutil.copy(made, path)
                path.chmod(0o600)
        stores[count] = (database, key, {"HOME": str(home)})
    opened, shown = {count: [] for count in stores}, {count: [] for count in stores}
    for _ in range(READS):
        for count, (database, key, environment) in stores.items():
            opened[count].append(microseconds([build / "tests/bench/store_bench", "open", database, key]))
            shown[count].append(milliseconds([build / "src/cli/applink", "token", "show", "link0"], environment))
    return [{count: statistics.median(times) for count, times in table.items()} for table in (opened, shown)]


def store(build):
    """Prints its tables; then (what, value, target, whether at least) of each target."""
    print("\ndurable changes, of bare SQLite that writes the same rows and bytes: medians of 200, in turns\n")
    print(f"{'':14}{'ours, us':>12}{'SQLite, us':>12}", flush=True)
    ratios = []
    for kind, ours, theirs in commits(build / "tests/bench/store_bench"):
        print(f"{kind:14}{ours:12.0f}{theirs:12.0f}")
        ratios.append((f"changes of a {kind} a second, of bare SQLite", theirs / ours, 0.9, True))
    with tempfile.TemporaryDirectory(dir=os.getcwd()) as directory:
        opened, shown = full_stores(build, directory)
    print(f"\na store of {LINKS} links and their tokens: medians of {READS}, in turns\n")
    print(f"{'':34}{'one link':>12}{'all':>12}")
    print(f"{'open it and read a token, us':34}{opened[1]:12.0f}{opened[LINKS]:12.0f}")
    print(f"{'applink token show, ms':34}{shown[1]:12.2f}{shown[LINKS]:12.2f}", flush=True)
    ratios.append((f"ms to open and read, {LINKS} links more than one", (opened[LINKS] - opened[1]) / 1000, 5, False))
    ratios.append((f"ms of applink token show, {LINKS} links more than one", shown[LINKS] - shown[1], 5, False))
    return ratios

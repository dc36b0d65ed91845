#!/usr/bin/python3
"""Asks the installed curl about every option of the table, and about every option of its own.

    curl_options_test.py PROBE
"""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# Global to curl's code, though its manual does not say so.
GLOBAL_UNSAID = {"rate", "silent", "progress-meter"}
# Written as --no-NAME in the help, and with a name of their own in the table.
SWITCHED_OFF_IN_HELP = "no-"

problems = []


def check(holds, words):
    if not holds:
        problems.append(words)


def curl(*arguments):
    run = subprocess.run(["curl", "-q", *arguments], capture_output=True, text=True, timeout=20,
                         stdin=subprocess.DEVNULL, check=False)
    return run.stderr + run.stdout


def base_name(name, table):
    short = name[len(SWITCHED_OFF_IN_HELP):] if name.startswith(SWITCHED_OFF_IN_HELP) else name
    return short if short in table else name


def check_help(table):
    rows = re.findall(r"^ *(?:-(.), )? *--([a-z0-9.-]+)", curl("--help", "all"), re.MULTILINE)
    check(len(rows) > 200, f"curl --help all has only {len(rows)} options")
    for letter, name in rows:
        row = table.get(base_name(name, table))
        check(row is not None, f"--{name} is not in the table")
        if row:
            check(row["letter"] == letter, f"--{name} is -{letter}, not -{row['letter']}")


def check_scope(table):
    manual = curl("--manual")
    entries = re.split(r"^ {7}(?=-)", manual, flags=re.MULTILINE)
    said = 0
    for entry in entries[1:]:
        name = re.fullmatch(r"(?:-., )?--([a-z0-9.-]+)(?: [<\[].*)?", entry.split("\n", 1)[0])
        if not name:
            continue
        named = base_name(name[1], table)
        is_global = re.search(r"This\s+option\s+is\s+global", entry) is not None
        said += is_global
        if named in table and named not in GLOBAL_UNSAID:
            check(table[named]["global"] == is_global, f"--{named}: global is {is_global}")
    check(said > 5, "the manual names no global options")


def check_takes(row):
    """Given last and alone, an option that takes a value asks for it."""
    name = row["name"]
    answer = curl("--" + name)
    if row["newer"] and "is unknown" in answer:
        return
    check("is unknown" not in answer, f"curl does not know --{name}")
    check(("requires parameter" in answer) == (row["takes"] == "value"),
          f"--{name} takes {row['takes']}, says the table, and curl: {answer[:80]}")
    if name == "metalink":  # taken by name alone, and badly used in every way
        return
    off = curl("--no-" + name)
    refused = "boolean" in off or "is unknown" in off or "reverse" in off or "no-" in off
    check(refused == (row["takes"] != "toggle"),
          f"--no-{name}, of what takes {row['takes']}: {off[:80]}")


def check_beginnings(probe, table):
    beginnings = sorted({row["name"][:size] for row in table.values() if not row["newer"]
                         for size in (len(row["name"]) // 2 + 1, len(row["name"]) - 1)})
    ours = subprocess.run([probe, "--names"], input="\n".join(beginnings) + "\n", text=True,
                          capture_output=True, check=True).stdout.splitlines()
    check(len(ours) == len(beginnings), "the probe answers each name")

    def one(pair):
        beginning, taken_for = pair
        if taken_for in ("manual", "help", "version"):
            return
        answer = curl("--" + beginning)
        for words, sign in (("is ambiguous", "several options"), ("is unknown", "has no option")):
            check((words in answer) == (sign in taken_for),
                  f"--{beginning}: curl says {answer[:60]!r}, we {taken_for!r}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, zip(beginnings, ours)))


def main():
    probe = sys.argv[1]
    rows = json.loads(subprocess.run([probe, "--options"], capture_output=True, text=True,
                                     check=True).stdout)
    table = {row["name"]: row for row in rows}
    check(len(table) == len(rows), "a name is in the table twice")
    letters = [row["letter"] for row in rows if row["letter"]]
    check(len(set(letters)) == len(letters), "a letter is in the table twice")
    check_help(table)
    check_scope(table)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(check_takes, rows))
    version = curl("--version").split()[1]
    if version.startswith("7."):  # later ones take whole names alone
        check_beginnings(probe, table)
    for words in problems:
        print(words)
    print(f"{len(rows)} options, curl {version}: {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())

#!/usr/bin/env python3
"""Prints "PASSED FAILED" of one JUnit report that Meson wrote; a report that is missing failed."""

import sys
import xml.etree.ElementTree as xml


def counts(path):
    try:
        suites = list(xml.parse(path).getroot().iter("testsuite"))
    except (OSError, xml.ParseError):
        return 0, 1
    passed = failed = 0
    for suite in suites:
        cases = list(suite.iter("testcase"))
        bad = [c for c in cases if c.find("failure") is not None or c.find("error") is not None]
        skipped = [c for c in cases if c.find("skipped") is not None]
        failed += len(bad)
        passed += len(cases) - len(bad) - len(skipped)
    return passed, failed


if __name__ == "__main__":
    print(*counts(sys.argv[1]))

#!/usr/bin/env python3
"""Checks that every module includes only what the architecture gives it, and that every file opens
with a line that says what it is.

    scripts/check_layers.py [ROOT]

The table below is the architecture; a change of it is a change of design and says why in its
commit. Tests and benchmarks are free: they stand outside the layers.
"""

import pathlib
import re
import sys

# module -> what it may include: a module, or single headers of one as "module/header".
LAYERS = {
    "base": "",
    "crypto": "base",
    "http": "base crypto/certificate crypto/tls_server",
    "oauth1": "base crypto http/url http/message http/form http/redirect_target",
    "jira": "base oauth1 http/url http/message http/redirect_target",
    "store": "base crypto jira/application_link jira/connection oauth1/credentials "
    "oauth1/placement oauth1/sign oauth1/signature_method",
    "signing": "base crypto oauth1 jira store http/url http/message http/form",
    "keyring": "base crypto jira store",
    "pages": "base crypto",
    "handshake": "base crypto http oauth1 jira store signing pages",
    "calls": "base crypto http oauth1 jira store signing",
    "interchange": "base crypto oauth1 jira store keyring",
    "onboarding": "base crypto http oauth1 jira store signing keyring handshake calls pages",
    "rotation": "base crypto http oauth1 jira store signing keyring handshake calls",
    "doctor": "base crypto http oauth1 jira store signing handshake calls",
    "status": "base crypto jira store",
    "proxy": "base http jira signing calls",
    "sandbox": "base crypto http oauth1 jira pages",
    "cli": "*",
}

# A foreign header and the modules that may include it.
OWNERS = {
    r"openssl/.*": {"crypto"},
    r"curl/.*": {"http"},
    r"oauth\.h": {"oauth1"},
    r"sqlite3\.h": {"store"},
    r"libsecret/.*": {"store"},
    r"libpq-fe\.h": {"store"},
    r"CLI/.*": {"cli"},
    r"qrencode\.h": {"cli"},
    r"nlohmann/.*": {"jira", "calls", "sandbox", "cli"},
}

OPENING = re.compile(r"// \S")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def module_of(path, root):
    parts = path.relative_to(root).parts
    if parts[:2] == ("include", "applink") and len(parts) > 3:
        return parts[2]
    if parts[0] == "src" and len(parts) > 2:
        return parts[1]
    return None


def may_include(module, target):
    allowed = LAYERS[module].split()
    other = target.split("/")[0]
    return (
        other == module
        or "*" in allowed
        or other in allowed
        or target.removesuffix(".h") in allowed
    )


def complaint(module, include):
    target = include.removeprefix("applink/")
    if "/" in target and target.split("/")[0] in LAYERS:
        if not may_include(module, target):
            return f"{module} may not include {include}"
        return None
    for pattern, owners in OWNERS.items():
        if re.fullmatch(pattern, include) and module not in owners:
            return f"{module} may not include <{include}>: only {', '.join(sorted(owners))} may"
    return None


def complaints(root):
    found = 0
    files = [p for top in ("include", "src") for p in sorted((root / top).rglob("*"))]
    for path in files:
        if path.suffix not in (".h", ".cpp"):
            continue
        found += 1
        module = module_of(path, root)
        if module not in LAYERS:
            yield f"{path.relative_to(root)}: not in a module of the architecture"
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        if not lines or not OPENING.match(lines[0]):
            yield f"{path.relative_to(root)}:1: does not open with a line that says what the file is"
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            problem = match and complaint(module, match.group(2))
            if problem:
                yield f"{path.relative_to(root)}:{number}: {problem}"
    if found == 0:
        yield f"no source found under {root}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems = list(complaints(root))
    print("\n".join(problems) if problems else "every include follows the architecture, and every file says what it is")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

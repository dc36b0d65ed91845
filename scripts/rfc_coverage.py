#!/usr/bin/env python3
"""Says where each obligation of RFC 5849 is met in the code, and which test holds it to that.

    scripts/rfc_coverage.py             what is covered and what is missing; fails where something is
    scripts/rfc_coverage.py --report    the same, and writes docs/rfc5849.md
    scripts/rfc_coverage.py --text FILE the same, with FILE the text of the RFC, of which each
                                        sentence must be, and none of whose key words may be missing

A citation is a comment in src/, include/ or tests/, above what obeys the sentence or tries it:

    //= rfc5849#3.3
    //# The timestamp value MUST be a positive integer.

The words are those of the RFC, broken into lines as they fit. The sentences are in
tests/data/rfc5849.toml. A part of a sentence cites it if it has its key word in it.
"""

import argparse
import dataclasses
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
SENTENCES = "tests/data/rfc5849.toml"
REPORT = "docs/rfc5849.md"
KEY_WORDS = re.compile(r"\b(?:MUST NOT|MUST|SHALL NOT|SHALL|REQUIRED)\b")
CITATION = re.compile(r"\s*//= rfc5849#([\d.]+)$")
QUOTE = re.compile(r"\s*//#(.*)$")
TEST = re.compile(r"TEST(?:_F|_P)?\((\w+),\s+(\w+)\)")


def one_line(text):
    return " ".join(text.split())


@dataclasses.dataclass
class Sentence:
    section: str
    text: str
    obliges: bool
    exempt: str = ""
    code: list = dataclasses.field(default_factory=list)
    tests: list = dataclasses.field(default_factory=list)

    def is_cited_by(self, quote):
        key_word = KEY_WORDS.search(self.text)
        return quote in self.text and (not key_word or bool(KEY_WORDS.search(quote)))

    def lacks(self):
        """What is missing: words for a message, none where nothing is."""
        if not self.obliges or self.exempt:
            return []
        return [what for what, cited in (("code", self.code), ("test", self.tests)) if not cited]


@dataclasses.dataclass
class Citation:
    section: str
    quote: str
    place: str  # "src/oauth1/sign.cpp:21", for messages
    where: str  # "src/oauth1/sign.cpp" or "Sign.RefusesATimestamp (tests/…)", for the report
    is_test: bool


def sentences_of(data):
    for section, entries in data["section"].items():
        for entry in entries.get("obligations", []):
            yield Sentence(section, one_line(entry["text"]), True, one_line(entry.get("exempt", "")))
        for text in entries.get("quoted", []):
            yield Sentence(section, one_line(text), False)


def test_at(lines, start):
    """The test whose head follows below the comments, or in which the citation stands."""
    while start < len(lines) and lines[start].lstrip().startswith("//"):
        start += 1
    following = TEST.match(" ".join(lines[start:start + 2]))
    before = (TEST.match(line) for line in reversed(lines[:start]))
    found = following or next((match for match in before if match), None)
    return f"{found[1]}.{found[2]}" if found else None


def citations_in(path):
    lines = path.read_text().splitlines()
    name = path.relative_to(ROOT).as_posix()
    number = 0
    while number < len(lines):
        start = CITATION.match(lines[number])
        number += 1
        if not start:
            continue
        first, words = number, []
        while number < len(lines) and (quote := QUOTE.match(lines[number])):
            words.append(quote[1])
            number += 1
        where, is_test = f"`{name}`", name.startswith("tests/")
        if is_test and (test := test_at(lines, number)):
            where = f"`{test}` in {where}"
        yield Citation(start[1], one_line(" ".join(words)), f"{name}:{first}", where, is_test)


def citations():
    for folder in ("src", "include", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield from citations_in(path)


def attribute(citation, sentences):
    """Adds the citation to the sentences it cites; false where its words are none of the RFC's."""
    known = False
    for sentence in sentences:
        if sentence.section != citation.section or not citation.quote:
            continue
        known = known or citation.quote in sentence.text
        if sentence.is_cited_by(citation.quote):
            places = sentence.tests if citation.is_test else sentence.code
            if citation.where not in places:
                places.append(citation.where)
    return known


def faults_in(sentences):
    for citation in citations():
        if not attribute(citation, sentences):
            yield (f"{citation.place}: not the words of section {citation.section}, or not in "
                   f"{SENTENCES}: {citation.quote}")
    for sentence in sentences:
        for what in sentence.lacks():
            yield f"section {sentence.section}: no {what} cites: {sentence.text}"


def sections_of_text(text):
    """Sections 2 and 3, each in one line: without page breaks, with hyphenated lines joined."""
    text = re.sub(r"\n+[^\n]+\[Page \d+\]\n\f?\n*RFC 5849[^\n]+\n+", "\n\n", text)
    text = re.sub(r"(?<=\w-)\n\s+(?=\w)", "", text)
    heads = list(re.finditer(r"^(\d+(?:\.\d+)*)\.  \S.*\n", text, re.MULTILINE))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: one_line(text[head.end():end]) for head, end in zip(heads, ends)
            if head[1][0] in "23"}


def faults_against_text(sentences, text):
    for section, whole in sections_of_text(text).items():
        own = [sentence.text for sentence in sentences if sentence.section == section]
        for sentence in own:
            if sentence not in whole:
                yield f"section {section}: not a sentence of the RFC: {sentence}"
        starts = [(whole.find(sentence), len(sentence)) for sentence in own]
        for word in KEY_WORDS.finditer(whole):
            if not any(0 <= start <= word.start() < start + length for start, length in starts):
                yield f"section {section}: not in {SENTENCES}: … {whole[word.start() - 60:word.end() + 60]} …"


def table(sentences):
    rows = ["| sentence | code | tests |", "|---|---|---|"]
    for sentence in sentences:
        code, tests = "<br>".join(sentence.code), "<br>".join(sentence.tests)
        if sentence.exempt:
            code, tests = f"– {sentence.exempt}", "–"
        rows.append(f"| {sentence.text.replace('|', '&#124;')} | {code} | {tests} |")
    return "\n".join(rows)


def report(sentences):
    parts = [
        "# RFC 5849, sentence by sentence",
        "Written by `scripts/rfc_coverage.py --report`; do not edit. Every sentence of sections 2 and 3 of\n"
        "RFC 5849 (E. Hammer-Lahav, Ed., *The OAuth 1.0 Protocol*, April 2010) that says MUST, MUST NOT,\n"
        "SHALL or REQUIRED, the code that obeys it, and the tests that hold it to that. A test of the\n"
        "build fails where one is missing.",
    ]
    obligations = [sentence for sentence in sentences if sentence.obliges]
    for section in dict.fromkeys(sentence.section for sentence in obligations):
        parts.append(f"## Section {section}")
        parts.append(table([sentence for sentence in obligations if sentence.section == section]))
    return "\n\n".join(parts) + "\n"


def summary(sentences):
    obligations = [sentence for sentence in sentences if sentence.obliges]
    for section in dict.fromkeys(sentence.section for sentence in obligations):
        own = [sentence for sentence in obligations if sentence.section == section]
        covered = sum(not sentence.lacks() and not sentence.exempt for sentence in own)
        exempt = sum(bool(sentence.exempt) for sentence in own)
        print(f"section {section:<10} {len(own):2} obligations: {covered:2} covered, {exempt} not ours")


def main():
    arguments = argparse.ArgumentParser(description="How RFC 5849 is covered by code and tests.")
    arguments.add_argument("--report", action="store_true", help=f"write {REPORT}")
    arguments.add_argument("--text", type=pathlib.Path, help="the text of the RFC, to check against")
    chosen = arguments.parse_args()

    sentences = list(sentences_of(tomllib.loads((ROOT / SENTENCES).read_text())))
    faults = list(faults_in(sentences))
    if chosen.text:
        faults += faults_against_text(sentences, chosen.text.read_text())
    written = report(sentences)
    if chosen.report:
        (ROOT / REPORT).write_text(written)
    elif not (ROOT / REPORT).exists() or (ROOT / REPORT).read_text() != written:
        faults.append(f"{REPORT} is not up to date: scripts/rfc_coverage.py --report")
    summary(sentences)
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

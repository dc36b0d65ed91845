#!/usr/bin/python3
"""Runs commands in real shells, and checks that the program gets the very words.

    shell_quote_test.py PROBE

Each shell reads all commands as a script, and once more as an interactive shell does, where "!"
means its history to bash and zsh.
"""

import base64
import json
import os
import random
import subprocess
import sys
import tempfile

SEED = 849
PROGRAM = "/usr/bin/printf"  # of the coreutils: says exactly which words it was given
FIRST_WORDS = [b"%s\\0", b"=words="]  # its format, and what stands before the words of each command
RANDOM_COMMANDS = 150

SCRIPTS = {"dash": ["dash"], "bash": ["bash", "--norc", "--noprofile"],
           "bash as sh": ["bash", "--posix"], "zsh": ["zsh", "-f"], "zsh with options":
           ["zsh", "-f", "-o", "rcquotes", "-o", "extendedglob", "-o", "globsubst"],
           "fish": ["fish", "--no-config"]}
# Interactive, with a history to refer to: a word of it would change what "!" stands for.
INTERACTIVE = {"bash": ["bash", "--norc", "--noprofile", "-i", "-o", "histexpand"],
               "zsh": ["zsh", "-f", "-i", "-o", "banghist"],
               "fish": ["fish", "--no-config", "-i"]}

PIECES = ["a", "Z9", " ", "  ", "'", '"', "\\", "\\\\", "$", "$HOME", "${x}", "`id`", "$(id)", "!", "!!",
          "!a", "!?x", "^a^b", "\n", "\r", "\t", "\x1b[31m", "\x01", "\x7f", "ü", "€", "😀", "\u202e",
          "\x80", "\xff", "&", "&&", "|", ";", "<", ">", "(", ")", "{a,b}", "[1-3]", "*", "?", "~", "~root",
          "#", "%", "%HOME%", "%self", "=", "=ls", "@", ":", ",", "-", "--", ".", "/", "''", "\\n", "\\'",
          "$'x'", "\n!x", "'\n!!'", "if", "0"]
WORDS = [["-q", "x"], ["", "", "a", ""], ["!", "!!", "a!b", "x'!'y"], ["-H", 'A: OAuth a="b%2B", c="d"'],
         ["-d", '{"fields":{"summary":"[1,2] a&b it\'s"}}'], ["two\nlines", "\n", "a\n\nb\n"],
         ["http://h/?a=1&b=$x"], ["~", "~/x", "=ls", "-", "--", "-x"], ["\x1b]0;title\x07"], ["ü", "\u202eabc"],
         ["'", "''", "a'", "'a", "\\'", "\\"], ["\\\n", "\n!foo", "first\n^a^b"], ["{a,b}", "[a]", "*"]]


def raw(text):
    """The characters from U+0080 to U+00FF that stand alone in PIECES are bytes."""
    return b"".join(character.encode("latin-1") if character in "\x80\xff" else character.encode()
                    for character in text)


def random_words():
    rng = random.Random(SEED)
    for _ in range(RANDOM_COMMANDS):
        yield ["".join(rng.choices(PIECES, k=rng.randrange(0, 7))) for _ in range(rng.randrange(1, 5))]


class Probe:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.process = subprocess.Popen([self.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def command(self, shell, words):
        asked = {"shell": shell, "program": PROGRAM,
                 "words": [base64.b64encode(word).decode() for word in [*FIRST_WORDS, *words]]}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Comparison:
    def __init__(self, probe, folder):
        self.probe = probe
        self.folder = folder
        self.problems = 0
        self.expected = [[raw(word) for word in words] for words in [*WORDS, *random_words()]]

    def problem(self, *words):
        self.problems += 1
        print(*words)

    def script(self, shell):
        commands = [base64.b64decode(self.probe.command(shell, words)["command"]) for words in self.expected]
        for command in commands:
            text = command.decode()  # whatever the words are, the command is UTF-8
            if any((character < " " and character != "\n") or "\x7f" <= character < "\xa0" for character in text):
                self.problem(f"{shell}: a control character would reach the terminal: {text!r}")
        return b"\n".join(commands) + b"\n"

    def run(self, name, shell, argv, feed):
        """`feed` hands the script to the shell: as a file, or typed."""
        script = self.script(shell)
        path = os.path.join(self.folder, "script")
        with open(path, "wb") as file:
            file.write(script)
        done = subprocess.run([*argv, path] if feed == "file" else argv, cwd=self.folder, timeout=100,
                              input=None if feed == "file" else script, capture_output=True, check=False,
                              env={"HOME": self.folder, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                                   "TERM": "dumb"}, start_new_session=True)
        got = done.stdout.split(FIRST_WORDS[1] + b"\0")[1:]
        if len(got) != len(self.expected):
            self.problem(f"{name}: {len(got)} of {len(self.expected)} commands ran: {done.stderr[-500:]}")
        for words, printed in zip(self.expected, got):
            came = printed.split(b"\0")[:-1]
            if came != words:
                self.problem(f"{name}: {words} came as {came}")

    def check_history(self):
        """That the interactive shells here do look for "!": else their tests would show nothing."""
        for name in ("bash", "zsh"):
            done = subprocess.run(INTERACTIVE[name], cwd=self.folder, input=b"echo one\necho x-!!\n",
                                  capture_output=True, check=False, timeout=100, start_new_session=True,
                                  env={"HOME": self.folder, "PATH": os.environ["PATH"], "TERM": "dumb"})
            if b"x-echo one" not in done.stdout:
                self.problem(f"{name} has no history here: {done.stdout} {done.stderr}")


def main():
    probe = Probe(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(probe, folder)
        for name, argv in SCRIPTS.items():
            comparison.run(name, "fish" if name == "fish" else "sh", argv, "file")
        for name, argv in INTERACTIVE.items():
            comparison.run(f"{name} -i", "fish" if name == "fish" else "sh", argv, "typed")
        comparison.check_history()
        for shell in ("sh", "fish", "powershell", "cmd"):
            if "hint" not in probe.command(shell, [b"a\0b"]):
                comparison.problem(f"{shell} takes a NUL byte")
    probe.close()
    print(f"{len(comparison.expected)} commands a shell, {comparison.problems} problems")
    sys.exit(1 if comparison.problems else 0)


if __name__ == "__main__":
    main()

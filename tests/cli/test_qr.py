"""The authorize page as a QR code: what the terminal shows is read by a decoder of others, zbar."""

import re
import subprocess

import harness
from harness import DONE, USAGE

BLACK, WHITE = 0, 255
HALVES = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
INK = "\x1b[38;5;16;48;5;231m"
SQUARE = 4  # pixels


def pixels(text, ground):
    """Rows of squares as a terminal on this ground paints them, two of them a line."""
    rows = []
    for line in text.splitlines():
        line = line.rstrip("\r")
        inked = line.startswith(INK)
        bare = re.sub(r"\x1b\[[\d;]*m", "", line)
        if not bare or set(bare) - set(HALVES):
            continue
        fore, back = (BLACK, WHITE) if inked else (WHITE - ground, ground)
        for half in (0, 1):
            rows.append([fore if HALVES[character][half] else back for character in bare])
    return rows


def decoded(rows, ground):
    """What zbarimg reads in the picture, with some of the terminal around it."""
    margin = 12
    width = len(rows[0]) + 2 * margin
    empty = [[ground] * width] * margin
    field = [*empty, *([ground] * margin + row + [ground] * margin for row in rows), *empty]
    body = b"".join(
        bytes(value for value in row for _ in range(SQUARE)) * SQUARE for row in field
    )
    picture = b"P5 %d %d 255\n" % (width * SQUARE, len(field) * SQUARE) + body
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqr.enable", "-"],
        input=picture, stdout=subprocess.PIPE, timeout=harness.PATIENCE, check=False,
    )
    return read.stdout.decode().rstrip("\n")


class QrCode(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.have_key()
        self.sandbox = self.have_sandbox("--approve-as", "alice")
        self.have_link(self.sandbox.url)

    def shown(self, *words, columns=80, env=None):
        """What a terminal of so many columns shows, and the URL in it."""
        terminal = harness.Terminal(self, "login", "prod", "--qr", "--start", *words, env=env,
                                    columns=columns)
        # --start prints the URL last.
        seen = terminal.read_until("oauth_token=")
        seen = seen if seen.endswith("\n") else terminal.read_until("\n", seen.count("\n") + 1)
        self.assertEqual(terminal.wait(), DONE)
        return seen, re.findall(r"^http\S+", seen, re.MULTILINE)[0]

    def test_the_terminal_shows_a_code_of_the_page(self):
        seen, page = self.shown()
        for ground in (BLACK, WHITE):
            self.assertEqual(decoded(pixels(seen, ground), ground), page)

    def test_every_line_of_it_fits_and_leaves_no_colour_behind(self):
        seen, _ = self.shown()
        drawn = [line.rstrip("\r") for line in seen.splitlines() if line.startswith(INK)]
        self.assertGreater(len(drawn), 20)
        for line in drawn:
            self.assertTrue(line.endswith("\x1b[0m"), line)
            self.assertLessEqual(len(re.sub(r"\x1b\[[\d;]*m", "", line)), 80)

    def test_without_colour_it_is_for_a_dark_terminal(self):
        for words, env in ((("--color", "never"), {}), ((), {"NO_COLOR": "1"})):
            seen, page = self.shown(*words, env=env)
            self.assertNotIn("\x1b[", seen)
            self.assertEqual(decoded(pixels(seen, BLACK), BLACK), page)

    def test_a_narrow_terminal_is_told_so(self):
        seen, _ = self.shown(columns=30)
        self.assertRegex(seen, r"no QR code: it takes \d+ columns, and the terminal has 30")
        self.assertNotIn("▀", seen)

    def test_no_terminal_is_told_so_unless_colour_is_forced(self):
        outcome = self.applink("login", "prod", "--qr", "--start")
        self.assertIn("warning: no QR code outside a terminal", outcome.err)
        self.assertNotIn("▀", outcome.err)
        outcome = self.applink("login", "prod", "--qr", "--start", "--color", "always")
        self.assertEqual(decoded(pixels(outcome.err, BLACK), BLACK), outcome.out.rstrip("\n"))

    def test_it_is_shown_whatever_is_muted_and_in_a_login_that_waits(self):
        terminal = harness.Terminal(self, "login", "prod", "--qr", "--no-browser", "--quiet")
        seen = terminal.read_until("\x1b[0m", 20)
        page = re.findall(r"^http\S+", seen, re.MULTILINE)[0]
        harness.Page(page)
        self.assertEqual(terminal.wait(), DONE)

    def test_the_second_sitting_shows_none(self):
        self.refused(USAGE, "login", "prod", "--qr", "--finish", "aB3xY9", hint="--qr")


if __name__ == "__main__":
    harness.main()

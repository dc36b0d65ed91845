"""The event log: who changed what, and when."""

import getpass
import re
import socket
import sqlite3
import unittest

import harness
from harness import DAY, FAILED, USAGE

LINE = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)  (\S+) +(\S.*)$")


class LogTest(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.database = self.home / ".local/share/applink/store.db"

    def log(self, *words, **options):
        """What is said to have happened, line by line."""
        head, *lines = self.applink("log", *words, **options).out.splitlines()
        self.assertRegex(head, r"^TIME +WHO +WHAT$")
        return [LINE.match(line).group(3) for line in lines]

    def have_history(self):
        self.have_key()
        self.have_link("https://jira.example.com/jira")
        self.have_link("https://test.example.com", "test")
        self.applink("link", "set", "prod", "--default")
        self.applink("link", "set", "prod", "--realm", "jira")
        self.applink("link", "remove", "prod", "--yes")


class Log(LogTest):
    def test_says_who_did_what_oldest_first(self):
        self.have_history()
        said = self.log()
        self.assertEqual(said[0], "made the store")
        self.assertEqual(said[-7:], ["added the key hubkey", "added the link prod", "added the link test",
                                     "set the default link", "changed the link prod",
                                     "unset the default link", "removed the link prod"])
        who = f"{getpass.getuser()}@{socket.gethostname()}"
        for event in self.applink("log", "--json").json["events"]:
            self.assertEqual(event["who"], who)

    def test_is_in_json_number_by_number(self):
        self.have_history()
        events = self.applink("log", "--json").json["events"]
        self.assertEqual([event["number"] for event in events], list(range(1, len(events) + 1)))
        self.assertEqual({name: events[0][name] for name in ("change", "kind", "name", "user_label")},
                         {"change": "added", "kind": "store", "name": None, "user_label": None})
        last = events[-1]
        self.assertEqual((last["change"], last["kind"], last["name"]), ("removed", "link", "prod"))
        self.assertRegex(last["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_of_one_link_also_when_it_is_gone(self):
        self.have_history()
        self.assertEqual(self.log("--link", "prod"),
                         ["added the link prod", "set the default link", "changed the link prod",
                          "unset the default link", "removed the link prod"])
        self.assertEqual(self.log("-l", "test")[0], "added the link test")
        self.refused(FAILED, "log", "--link", "tset", says='no link "tset"', hint='did you mean "test"?')
        self.refused(FAILED, "log", "--link", "\x1b[2J", "--json", says=r"\x1b[2J", hint="applink log")

    def test_of_a_login_and_its_token(self):
        self.have_login()
        self.log_in("prod", "--user", "ci")
        self.applink("token", "forget", "prod", "--user", "ci", "--yes")
        self.assertEqual(self.log("--link", "prod"),
                         ["added the link prod",
                          "began a login at prod", "updated the login at prod",
                          "added the token of prod", "ended the login at prod",
                          "began a login at prod (ci)", "updated the login at prod (ci)",
                          "added the token of prod (ci)", "ended the login at prod (ci)",
                          "removed the token of prod (ci)"])

    def test_since(self):
        self.have_history()
        later = {"APPLINK_CLOCK_OFFSET": str(2 * DAY)}
        self.applink("link", "set", "test", "--default", env=later)
        for since in ("24h", "1d", "1440m"):
            self.assertEqual(self.log("--since", since, env=later), ["set the default link"])
        everything = self.log()
        for since in ("2007-12-03", "2007-12-03T07:21:52Z", "2007-12-03T07:21:52+01:00", "30d"):
            self.assertEqual(self.log("--since", since), everything)
        nothing = self.applink("log", "--since", "2999-01-01")
        self.assertEqual((nothing.out, nothing.err), ("", "nothing happened since 2999-01-01T00:00:00Z\n"))
        self.assertEqual(self.applink("log", "--since", "2999-01-01", "--json").json["events"], [])

    def test_since_what_is_no_time(self):
        for since in ("", "7", "yesterday", "7w", "2026-13-01", "2026-11-01 12:00"):
            with self.subTest(since=since):
                self.refused(USAGE, "log", "--since", since, says="not a time", hint="how long ago, as 7d")
        self.assertFalse(self.database.exists(), "a wrong command line makes no store")

    def test_fits_a_terminal(self):
        self.have_history()
        terminal = harness.Terminal(self, "log", columns=80)
        terminal.read_until("removed the link prod\r\n")
        self.assertEqual(terminal.wait(), harness.DONE)
        for line in terminal.seen.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_is_not_printed_where_it_is_broken(self):
        self.have_history()
        with sqlite3.connect(self.database) as database:
            database.execute("DELETE FROM event WHERE number = 4")
        database.close()
        for words in (("log",), ("log", "--json"), ("log", "--link", "prod")):
            outcome = self.refused(FAILED, *words, says="event 4 was taken out of the log",
                                   hint="to see all that is wrong with the store, run: applink store check")
            self.assertEqual(outcome.out, "")

    def test_says_so_where_nobody_takes_it(self):
        self.have_history()
        with open("/dev/full", "wb") as full:
            self.refused(FAILED, "log", stdout=full, says="could not write to standard output")


if __name__ == "__main__":
    harness.main()

"""Many processes on one store: what each was told is done is there at the end, and done once."""

import collections
import shutil
import threading
import unittest

import harness

PROCESSES = 32


class Worker(threading.Thread):
    """Runs one command after the other, each a process of its own, and keeps what it was told."""

    def __init__(self, test, gate, commands):
        super().__init__()
        self.test, self.gate, self.commands = test, gate, commands
        self.outcomes = []

    def run(self):
        self.gate.wait(harness.PATIENCE)
        for words in self.commands:
            self.outcomes.append((words, self.test.run_applink(*words, env=self.test.browser)))


class ManyAtOnce(harness.CommandTest):
    def setUp(self):
        super().setUp()
        self.browser = self.have_browser()

    def at_once(self, workloads):
        """What the commands of each worker said; all the workers begin together."""
        self.assertEqual(len(workloads), PROCESSES)
        gate = threading.Barrier(PROCESSES)
        workers = [Worker(self, gate, commands) for commands in workloads]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        outcomes = [outcome for worker in workers for outcome in worker.outcomes]
        self.assertEqual(len(outcomes), sum(map(len, workloads)))
        for words, outcome in outcomes:
            self.assertNotRegex(outcome.err, r"(?i)\b(locked|busy)\b", words)
        return outcomes

    def all_done_at_once(self, workloads):
        outcomes = self.at_once(workloads)
        for words, outcome in outcomes:
            self.assertEqual(outcome.status, harness.DONE, (words, outcome))
        return outcomes

    def happened(self):
        """How often each change was made; the store is whole, and its log has every number once."""
        self.applink("store", "check")
        events = self.applink("log", "--json").json["events"]
        self.assertEqual([event["number"] for event in events], list(range(1, len(events) + 1)))
        return collections.Counter((event["change"], event["kind"], event["name"]) for event in events)

    def listed(self, kind):
        return self.applink(kind, "list", "--json").json[kind + "s"]


class FirstUse(ManyAtOnce):
    def test_makes_one_store_and_one_key_file(self):
        key = self.write("key.pem", (harness.KEYS / "pkcs1.pem").read_bytes())
        names = [f"key{number}" for number in range(PROCESSES)]
        outcomes = self.all_done_at_once([[("key", "import", name, key)] for name in names])
        made = [outcome for _, outcome in outcomes if "made a new store" in outcome.err]
        self.assertEqual(len(made), 1, "one of them says so")
        self.assertEqual({key["name"] for key in self.listed("key")}, set(names))
        self.assertEqual([path.name for path in (self.home / ".config/applink").iterdir()], ["store.key"])
        happened = self.happened()
        self.assertEqual(happened["added", "store", None], 1)
        for name in names:
            self.assertEqual(happened["added", "key", name], 1)


class Everything(ManyAtOnce):
    NUMBERS = range(8)

    def setUp(self):
        super().setUp()
        self.have_key()
        self.key = self.home / "imported.pem"
        self.sandbox = self.have_sandbox("--approve-as", "alice")
        self.have_link(self.sandbox.url, "shared")

    def of_keys(self, number):
        return [("key", "import", f"key{number}", self.key), ("key", "import", f"gone{number}", self.key),
                ("key", "list"), ("key", "remove", f"gone{number}", "--yes")]

    def of_links(self, number):
        """Its own link, and two fields of one that all of them change."""
        name = f"link{number}"
        return [("link", "add", name, "--url", self.sandbox.url, "--consumer-key", "hub", "--key", "hubkey"),
                ("link", "set", "shared", "--realm", name), ("link", "set", name, "--realm", "a", "--default"),
                ("link", "set", "shared", "--max-time", f"{100 + number}s"), ("link", "set", name, "--realm", "b")]

    def of_tokens(self, number):
        label = ("--user", f"user{number}")
        return [("login", "shared", *label), ("token", "show", "shared", *label), ("login", "shared", *label),
                ("token", "forget", "shared", *label, "--yes"), ("login", "shared", *label)]

    def of_reader(self, number):
        if number == 0:
            return [("store", "backup", f"backup{copy}.db") for copy in self.NUMBERS]
        return [("token", "list"), ("link", "list"), ("store", "check"), ("log",), ("link", "show", "shared"),
                ("store", "info")]

    def check_events(self):
        happened = self.happened()
        for number in self.NUMBERS:
            for change, kind, name, times in (
                    ("added", "key", f"key{number}", 1), ("added", "key", f"gone{number}", 1),
                    ("removed", "key", f"gone{number}", 1), ("added", "link", f"link{number}", 1),
                    ("replaced", "link", f"link{number}", 2)):
                self.assertEqual(happened[change, kind, name], times, (change, kind, name))
        many = len(self.NUMBERS)
        self.assertEqual(happened["replaced", "link", "shared"], 2 * many)
        self.assertEqual([happened[change, "token", "shared"] for change in ("added", "replaced", "removed")],
                         [2 * many, many, many])
        self.assertEqual(happened["added", "setting", "default link"], 1)
        self.assertEqual(happened["replaced", "setting", "default link"], many - 1)

    def check_backup(self, file):
        home = self.home / (file + ".home")
        for directory in (".local/share/applink", ".config/applink"):
            (home / directory).mkdir(parents=True, mode=0o700)
        shutil.copy(self.home / file, home / ".local/share/applink/store.db")
        shutil.copy(self.home / ".config/applink/store.key", home / ".config/applink/store.key")
        self.applink("store", "check", env={"HOME": str(home)})

    def test_that_was_acknowledged_is_there_once(self):
        self.all_done_at_once([work(number) for number in self.NUMBERS
                               for work in (self.of_keys, self.of_links, self.of_tokens, self.of_reader)])
        self.assertEqual({key["name"] for key in self.listed("key")},
                         {"hubkey"} | {f"key{number}" for number in self.NUMBERS})
        links = {link["name"]: link for link in self.listed("link")}
        own = {f"link{number}" for number in self.NUMBERS}
        self.assertEqual(links.keys(), {"shared"} | own)
        self.assertEqual({links[name]["realm"] for name in own}, {"b"})
        self.assertIn(links["shared"]["realm"], own, "one field")
        self.assertIn(links["shared"]["max_time_seconds"], range(100, 108), "does not undo the other")
        self.assertEqual(len([name for name in own if links[name]["default"]]), 1)
        self.assertEqual({token["user_label"] for token in self.listed("token")},
                         {f"user{number}" for number in self.NUMBERS})
        self.check_events()
        for copy in self.NUMBERS:
            self.check_backup(f"backup{copy}.db")


class Names(ManyAtOnce):
    def test_go_to_the_first_who_asks(self):
        """What only the user can decide is not decided by whoever is last."""
        self.have_key()
        words = ("link", "add", "prod", "--url", "https://jira.example.com", "--consumer-key", "hub", "--key", "hubkey")
        refused = [outcome for _, outcome in self.at_once([[words]] * PROCESSES) if outcome.status != harness.DONE]
        self.assertEqual(len(refused), PROCESSES - 1)
        for outcome in refused:
            self.assertEqual(outcome.status, harness.FAILED, outcome)
            self.assertIn('there is a link "prod" already', outcome.err)
        self.assertEqual(self.happened()["added", "link", "prod"], 1)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""Kills applink at random moments of every command that writes, and looks at what is left.

    crash_test.py [KILLS] [--seed SEED]

$APPLINK names the executable, $APPLINK_KILLED_AT what killed_at.cpp was built into. After each kill
everything that was acknowledged before is there and opens, what the killed command was to do is
done or not done, nothing else lies around, and the command can be given again.
"""

import argparse
import collections
import contextlib
import copy
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import harness  # noqa: E402
from commands import ANY, TABLE, State, whose  # noqa: E402
from harness import DONE, FAILED, REFUSED  # noqa: E402
from place import Place  # noqa: E402

BY_CLOCK = 0.15  # the share of kills by processor time: between system calls too
LANDINGS = ("before", "amid", "after")
OUTPUTS = ("exported", "made", "backups")


class Test:
    def __init__(self, place, seed):
        self.place = place
        self.random = random.Random(seed)
        self.state = State()
        self.events = 0
        self.lives = {}
        self.counts = {command.name: collections.Counter() for command in TABLE}
        self.doing = "nothing"

    def kills(self):
        return sum(count.total() for count in self.counts.values())

    def run(self, kills):
        self.settle(self.place.observe(), State(keys={"hubkey": ANY}))
        while self.kills() < kills:
            command = self.next_command()
            if command.fresh:
                self.step_in_fresh_place(command)
            else:
                self.step(command)

    def next_command(self):
        """The one that was killed least, so that each has its share."""
        return min(TABLE, key=lambda command: (self.counts[command.name].total(), self.random.random()))

    def step(self, command):
        state = copy.deepcopy(self.state)
        words = command.words(self.place, state, self.random)
        if words is None:
            return self.go_elsewhere()
        expected = [state, *command.outcomes(state, words)]
        self.doing = f"{command.name}: {words}"
        if command.name not in self.lives:
            _, self.lives[command.name] = self.place.measured(*words)
            return self.settle(self.place.observe(), expected[-1])
        return self.kill(command, words, expected)

    def go_elsewhere(self):
        """Some other command, so that the state is another."""
        state = copy.deepcopy(self.state)
        command = self.random.choice([command for command in TABLE if not command.fresh])
        words = command.words(self.place, state, self.random)
        if words is not None:
            self.doing = f"{command.name}: {words}"
            self.place.must(*words)
            self.settle(self.place.observe(), command.outcomes(state, words)[-1])

    def kill(self, command, words, expected):
        written, events = self.written(), self.place.events()
        outcome = self.place.run(*words, env=self.end_of(command))
        assert outcome.status in (-signal.SIGKILL, DONE), outcome
        told = bool(command.says) and command.says in outcome.out + outcome.err
        observed = self.place.observe()
        done = told or outcome.status == DONE
        found = self.settle(observed, *(expected[-1:] if done else expected))
        if found is expected[0] and not any(found == other for other in expected[1:-1]):
            assert observed.events == events, "an event of nothing"
        self.examine(command, words)
        if outcome.status == DONE:
            return  # it came to its end before that moment
        changed = self.written() != written or observed.events != events
        landing = self.landing(found, expected, told, changed)
        self.counts[command.name][landing] += 1
        if landing != "after":
            self.give_again(command, words, expected, landing)

    @staticmethod
    def landing(found, expected, told, changed):
        if told or (found is expected[-1] and found is not expected[0]):
            return "after"
        return "amid" if changed else "before"

    def end_of(self, command):
        """The environment that ends it, at a moment or at an instant."""
        life = self.lives[command.name]
        if self.random.random() < BY_CLOCK:
            nanoseconds = self.random.randrange(1, life.nanoseconds)
            self.doing += f", killed after {nanoseconds} ns"
            return self.place.preloaded(APPLINK_KILL_CPU=nanoseconds)
        moment = self.random.randint(1, life.moments)
        self.doing += f", killed at moment {moment} of {life.moments}"
        return self.place.preloaded(APPLINK_KILL_AT=moment)

    def settle(self, observed, *expected):
        """The state that was found; the test goes on from there."""
        found = next((state for state in expected if observed.is_as(state)), None)
        assert found is not None, f"found {observed}, which is none of {expected}"
        assert observed.events >= self.events, "events are lost"
        self.events = observed.events
        self.state = copy.deepcopy(observed.state)
        self.state.pending = set(found.pending)
        return found

    def written(self):
        return {path: path.stat().st_ino for name in OUTPUTS for path in self.place.files(name)}

    def examine(self, command, words):
        self.place.check_files()
        if self.state.links:
            self.place.sign(self.random.choice(sorted(self.state.links)))
        if words[:2] in (("key", "create"), ("key", "import")) and words[2] in self.state.keys:
            self.place.check_key(words[2])
        command.check(self.place, words)

    def give_again(self, command, words, expected, landing):
        """What was not done is done now; what a provider gave out already is asked for anew."""
        self.doing += ", and given again"
        may_be_there = (FAILED,) if landing == "amid" and expected[-1] is expected[0] else ()
        outcome = self.place.must(*words, statuses=(*command.again, *may_be_there))
        after = expected[-1]
        if outcome.status == REFUSED:
            link, label = whose(words)
            self.place.must("login", link, "--user", label)
            after = after.with_changes(lambda state: state.pending.discard((link, label)))
        self.settle(self.place.observe(), after)
        command.check(self.place, words)

    def step_in_fresh_place(self, command):
        home = self.place.emptied("fresh")
        home.mkdir()
        place = Place(home, self.place)
        words = command.words(place, self.state, self.random)
        (after,) = command.outcomes(self.state, words)
        self.doing = f"{command.name}: {words}"
        if command.name not in self.lives:
            _, self.lives[command.name] = place.measured(*words)
        else:
            self.kill_in_fresh_place(command, place, words)
        assert place.observe().is_as(after), "not what it was to be"
        shutil.rmtree(home)

    def kill_in_fresh_place(self, command, place, words):
        outcome = place.run(*words, env=self.end_of(command))
        assert outcome.status in (-signal.SIGKILL, DONE), outcome
        place.check_files()
        told = command.says in outcome.err
        has_written = (place.home / ".config").exists()
        if outcome.status != DONE:
            landing = "after" if told else "amid" if has_written else "before"
            self.counts[command.name][landing] += 1
        if told or outcome.status == DONE or place.database().exists() and not place.observe().is_as(State()):
            return  # observed by whoever called: it is there, and whole
        place.must(*words, statuses=command.again)

    def report(self):
        rows = [("COMMAND", *map(str.upper, LANDINGS))]
        rows += [(name, *(str(count[landing]) for landing in LANDINGS))
                 for name, count in self.counts.items()]
        total = sum(self.counts.values(), collections.Counter())
        rows.append(("all", *(str(total[landing]) for landing in LANDINGS)))
        for name, *cells in rows:
            print(f"{name:<22}", *(f"{cell:>7}" for cell in cells))


@contextlib.contextmanager
def place_with_sandbox():
    """A home with one key, and a provider whose user allows everything."""
    with tempfile.TemporaryDirectory(prefix="applink-crash-") as home:
        place = Place(home)
        place.must("key", "import", "hubkey", place.key_file)
        public = place.write("hub.pem", place.must("key", "export", "hubkey", "--public-pem").stdout, 0o600)
        process = place.start(("sandbox", "--port", "0", "--approve-as", "alice",
                               "--consumer", f"hub={public}", "--consumer", f"hub2={public}"))
        sandbox = harness.Sandbox(process)
        threading.Thread(target=process.stderr.read, daemon=True).start()
        place.url = sandbox.url
        try:
            yield place
        finally:
            process.kill()
            process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kills", metavar="KILLS", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    print(f"{arguments.kills} kills, --seed {arguments.seed}", flush=True)
    with place_with_sandbox() as place:
        test = Test(place, arguments.seed)
        try:
            test.run(arguments.kills)
        except AssertionError as failure:
            print(f"{test.doing}\n{failure}", file=sys.stderr)
            return 1
        finally:
            test.report()
    print(f"{test.kills()} kills: nothing was lost, and nothing was left half done")
    return 0


if __name__ == "__main__":
    sys.exit(main())

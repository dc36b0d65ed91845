"""Words, help, near misses, and where what is said goes."""

import os
import re
import subprocess

import harness
from harness import DONE, FAILED, LOCKED, USAGE


class Help(harness.CommandTest):
    def commands(self):
        listed = self.applink().out.split("Commands:\n")[1].split("\n\n")[0]
        return [re.split(r"  +", line.strip())[0] for line in listed.splitlines()]

    def test_no_arguments_show_three_examples_then_the_commands(self):
        out = self.applink().out
        examples = [line for line in out.split("Commands:")[0].splitlines() if "  applink " in line]
        self.assertEqual(len(examples), 3)
        self.assertLessEqual(max(map(len, out.splitlines())), 80, out)
        self.assertIn("login", self.commands())
        self.assertEqual(self.applink("--help").out, out)
        self.assertEqual(self.applink("help").out, out)

    def test_every_command_says_what_it_takes(self):
        commands = self.commands()
        self.assertGreaterEqual(len(commands), 19)
        for command in commands:
            with self.subTest(command=command):
                help_text = self.applink(*command.split(), "--help")
                self.assertTrue(help_text.out.startswith(f"applink {command}: "), help_text.out)
                self.assertIn(f"Usage: applink {command}", help_text.out)
                self.assertIn(f"Example:\n  applink {command}", help_text.out)
                self.assertEqual(help_text.err, "")
                self.assertEqual(self.applink("help", *command.split()).out, help_text.out)
                # An example is one line, to be copied.
                told, _, _ = help_text.out.partition("Example:\n")
                self.assertLessEqual(max(map(len, told.splitlines())), 80, told)

    def test_help_needs_neither_arguments_nor_a_store(self):
        self.applink("key", "export", "--help", env={"HOME": ""})
        self.assertEqual(list(self.home.iterdir()), [])

    def test_a_family_lists_its_commands(self):
        out = self.applink("key", "--help").out
        self.assertIn("applink key create", out)
        self.assertNotIn("link add", out.replace("applink", ""))

    def test_the_version(self):
        out = self.applink("--version").out
        self.assertRegex(out, r"^applink \d+\.\d+\.\d+\n$")
        self.assertEqual(self.applink("login", "--version").out, out)


class NearMisses(harness.CommandTest):
    def test_an_unknown_command(self):
        self.refused(USAGE, "kye", "list", says='no command "kye"', hint="applink key")
        self.refused(USAGE, "key", "crate", "x", says='no command "key crate"', hint="key create")
        self.refused(USAGE, "xylophone", says='no command "xylophone"', hint="applink --help")

    def test_a_command_without_its_second_word(self):
        self.refused(USAGE, "key", says="create, export, import", hint="applink key create")

    def test_an_unknown_flag(self):
        self.refused(USAGE, "link", "add", "x", "--consumer-kee", "y",
                     says="no option --consumer-kee", hint="--consumer-key")
        self.refused(USAGE, "--frobnicate", says="no option --frobnicate", hint="applink --help")
        self.refused(USAGE, "--quite", "key", "list", says="no option --quite", hint="--quiet")

    def test_missing_and_superfluous_words(self):
        self.refused(USAGE, "key", "create", says="NAME is missing", hint="applink key create")
        self.refused(USAGE, "key", "create", "a", "b", says="one word too many: b")
        outcome = self.refused(USAGE, "link", "set", "x", "--consumer-secret", "hush",
                               says="--consumer-secret takes no value", hint="--consumer-secret-file FILE")
        self.assertNotIn("hush", outcome.err, "it may be the secret itself")
        self.refused(USAGE, "link", "add", "x", "--url", says="--url needs a value")
        self.refused(USAGE, "link", "add", "x", "--url", "a", "--url", "b", says="given twice")

    def test_a_number_that_is_none(self):
        for bits in ("many", "", "2048x", "99999999999999999999"):
            with self.subTest(bits=bits):
                self.refused(USAGE, "key", "create", "a", "--bits", bits, says="--bits: not a number")

    def test_a_wrong_colour(self):
        self.refused(USAGE, "key", "list", "--color", "pink", says="pink", hint="auto, always or never")

    def test_control_characters_do_not_reach_the_terminal(self):
        outcome = self.refused(USAGE, "\x1b[31mred", says=r"\x1b[31mred")
        self.assertNotIn("\x1b", outcome.err)

    def test_nothing_of_this_made_a_store(self):
        self.run_applink("key", "crate", "x")
        self.assertEqual(list(self.home.iterdir()), [])


class Manners(harness.CommandTest):
    def test_flags_may_stand_before_the_command(self):
        self.assertEqual(self.applink("--quiet", "--color", "never", "key", "list").err, "")

    def test_names_that_are_commands_are_names(self):
        self.have_key("list")
        self.assertEqual(self.applink("key", "show", "list", "--json").json["key"]["name"], "list")

    def test_behind_two_dashes_a_word_is_no_flag(self):
        self.refused(USAGE, "key", "create", "--", "--bits", says="--bits")

    def test_quiet_mutes_narration_but_no_error(self):
        self.assertNotEqual(self.applink("key", "list").err, "")
        self.assertEqual(self.applink("key", "list", "-q").err, "")
        self.refused(FAILED, "key", "show", "nothing", "-q", says="nothing")

    def test_colour_when_asked_for_and_never_by_accident(self):
        def error(*words, **env):
            return self.run_applink("key", "show", "nothing", *words, env=env).err

        self.assertNotIn("\x1b", error())
        self.assertIn("\x1b[", error("--color", "always"))
        self.assertIn("\x1b[", error("--color=always", NO_COLOR="1"))
        self.assertNotIn("\x1b", error("--color", "never"))


class Streams(harness.CommandTest):
    def test_a_full_disk_under_standard_output(self):
        with open("/dev/full", "wb") as full:
            outcome = self.run_applink("--version", stdout=full)
        self.assertEqual(outcome.status, FAILED)
        self.assertIn("standard output: No space left on device", outcome.err)

    def test_a_closed_pipe(self):
        reader, writer = os.pipe()
        os.close(reader)
        outcome = self.run_applink("--version", stdout=writer)
        os.close(writer)
        self.assertEqual(outcome.status, FAILED)
        self.assertIn("Broken pipe", outcome.err)

    def test_closed_standard_descriptors_are_not_given_to_the_store(self):
        words = " ".join(["exec", str(self.binary), "store", "info", ">&-", "<&-"])
        outcome = subprocess.run(["sh", "-c", words], env=self.environment, stderr=subprocess.PIPE)
        self.assertEqual(outcome.returncode, FAILED)
        self.assertIn(b"Bad file descriptor", outcome.stderr)
        self.applink("store", "check")

    def test_the_answer_and_what_is_said_about_it_are_apart(self):
        outcome = self.applink("store", "info")
        self.assertIn("database", outcome.out)
        self.assertNotIn("database", outcome.err)
        self.assertEqual(self.applink("store", "info").err, "", "the notice of a new store comes once")


class Variables(harness.CommandTest):
    def test_no_home(self):
        self.refused(LOCKED, "key", "list", env={"HOME": ""}, says="HOME", hint="HOME")

    def test_a_clock_offset_that_is_no_number(self):
        for offset in ("soon", "1.5", "", "+", "999999999999999999999"):
            with self.subTest(offset=offset):
                outcome = self.run_applink("key", "list", env={"APPLINK_CLOCK_OFFSET": offset})
                self.assertEqual(outcome.status, USAGE if offset else DONE, outcome)

    def test_another_store(self):
        elsewhere = self.home / "some" / "where.db"
        self.have_key()
        self.assertEqual(self.applink("key", "list", "--json", env={"APPLINK_STORE": elsewhere}).json["keys"], [])
        self.assertTrue(elsewhere.exists())
        self.assertEqual(len(self.applink("key", "list", "--json").json["keys"]), 1)

    def test_a_store_has_one_key_however_it_is_named(self):
        self.applink("store", "info", env={"APPLINK_STORE": "where.db"})
        (self.home / "link.db").symlink_to("where.db")
        for name in ("./where.db", str(self.home / "where.db"), "link.db"):
            with self.subTest(name=name):
                self.applink("store", "check", env={"APPLINK_STORE": name})

    def test_the_directories_of_the_desktop(self):
        places = {"XDG_DATA_HOME": str(self.home / "data"), "XDG_CONFIG_HOME": str(self.home / "config")}
        store = self.applink("store", "info", "--json", env=places).json["store"]
        self.assertEqual(store["database"], str(self.home / "data/applink/store.db"))
        self.assertEqual(store["key_file"], str(self.home / "config/applink/store.key"))


if __name__ == "__main__":
    harness.main()

"""Every command that writes, and what may be in the store when one of them was killed.

A row has:
    name      of the command, as the counts are printed
    words     (world, state, random) -> the command line, or None where the state has no use for it
    outcomes  (state, words) -> the states that may be found beside the one before, the last of them
              being that after a command that came to its end
    says      how what it tells begins when all is done: from then on nothing else may be found
    again     how it may end when it is given again, where the state is still that before: what a
              provider gave out once, it does not give out twice
    fresh     whether it is to find no store; the state is then that of another place
    check     (world, words) -> what else has to hold afterwards, an AssertionError where it does not
"""

import copy
import dataclasses
import shutil
from typing import Callable, Optional

from harness import DONE, FAILED, REFUSED

KEYS = ("hubkey", "spare", "made", "other")
LINKS = ("one", "two", "three")
LABELS = ("default", "ci")
ANY = "any"  # in place of a value that nobody can foresee


@dataclasses.dataclass
class State:
    """What the store holds, as its listings tell it."""

    keys: dict = dataclasses.field(default_factory=dict)     # name: SHA-256
    links: dict = dataclasses.field(default_factory=dict)    # name: (consumer key, key, realm)
    default: Optional[str] = None
    tokens: dict = dataclasses.field(default_factory=dict)   # (link, label): token
    pending: set = dataclasses.field(default_factory=set)    # (link, label)
    unlock_methods: set = dataclasses.field(default_factory=lambda: {"key file"})

    def with_changes(self, change):
        changed = copy.deepcopy(self)
        change(changed)
        return changed

    def unused_keys(self):
        return sorted(set(self.keys) - {key for _, key, _ in self.links.values()} - {"hubkey"})

    def forget_logins(self, link):
        self.tokens = {whose: token for whose, token in self.tokens.items() if whose[0] != link}
        self.pending = {whose for whose in self.pending if whose[0] != link}


@dataclasses.dataclass
class Command:
    name: str
    words: Callable
    outcomes: Callable
    says: str = ""
    again: tuple = (DONE,)
    fresh: bool = False
    check: Callable = lambda world, words: None


def one_of(random, names):
    names = sorted(names)
    return random.choice(names) if names else None


def option(words, flag):
    return words[words.index(flag) + 1] if flag in words else None


def whose(words):
    return words[2] if words[0] == "token" else words[1], option(words, "--user") or "default"


# Keys.


def import_key(world, state, random):
    name = one_of(random, set(KEYS) - set(state.keys))
    return name and ("key", "import", name, world.key_file)


def create_key(world, state, random):
    name = one_of(random, set(KEYS) - set(state.keys))
    return name and ("key", "create", name)


def remove_key(world, state, random):
    name = one_of(random, state.unused_keys())
    return name and ("key", "remove", name, "--yes")


def with_key(state, words):
    return [state.with_changes(lambda after: after.keys.update({words[2]: ANY}))]


def without_key(state, words):
    return [state.with_changes(lambda after: after.keys.pop(words[2]))]


def nothing_in_store(state, words):
    return [state]


def export_all(world, state, random):
    return ("key", "export", one_of(random, state.keys), "--all", world.emptied("exported"))


def export_one(world, state, random):
    file = world.emptied("exported") / "public.pem"
    file.parent.mkdir()
    return once_more(world, random, "key", "export", one_of(random, state.keys), "--public-pem", "-o", file)


def once_more(world, random, *words):
    """The command, or the command that replaces what it wrote before."""
    if random.random() < 0.5:
        return words
    world.must(*words)
    return (*words, "--force")


def create_elsewhere(world, state, random):
    return ("key", "create", "elsewhere", "--out", world.emptied("made"))


def each_is_what_export_gives(world, words):
    """A file is there with all that belongs into it, or not at all."""
    whole = world.emptied("whole")
    world.must("key", "export", words[2], "--all", whole)
    contents = {path.read_bytes() for path in whole.iterdir()}
    for path in world.files("exported"):
        assert path.read_bytes() in contents, f"half of a file: {path}"
    shutil.rmtree(whole)


def each_is_a_whole_key(world, words):
    for path in world.files("made"):
        world.must("key", "inspect", path)


# Links.


def add_link(world, state, random):
    name = one_of(random, set(LINKS) - set(state.links))
    words = ("link", "add", name, "--url", world.url, "--consumer-key", "hub", "--key", "hubkey")
    return name and ((*words, "--default") if random.random() < 0.5 else words)


def with_link(state, words):
    def change(after):
        after.links[words[2]] = (option(words, "--consumer-key"), option(words, "--key"), None)
        if "--default" in words:
            after.default = words[2]

    return [state.with_changes(change)]


def set_realm(world, state, random):
    name = one_of(random, state.links)
    return name and ("link", "set", name, "--realm", f"realm{random.randrange(10**9)}")


def set_key(world, state, random):
    """The same key under another name, for the provider knows no other."""
    name = one_of(random, state.links)
    same = {key for key, sha256 in state.keys.items() if sha256 == state.keys["hubkey"]}
    key = name and one_of(random, same - {state.links[name][1]})
    return key and ("link", "set", name, "--key", key)


def set_default(world, state, random):
    name = one_of(random, set(state.links) - {state.default})
    return name and ("link", "set", name, "--default")


def set_consumer(world, state, random):
    """Another client: its tokens and logins go with the change."""
    name = one_of(random, state.links)
    return name and ("link", "set", name, "--consumer-key",
                     "hub2" if state.links[name][0] == "hub" else "hub", "--yes")


def with_link_changed(state, words):
    def change(after):
        name = words[2]
        consumer, key, realm = after.links[name]
        if option(words, "--consumer-key"):
            after.forget_logins(name)
        after.links[name] = (option(words, "--consumer-key") or consumer, option(words, "--key") or key,
                             option(words, "--realm") or realm)
        if "--default" in words:
            after.default = name

    return [state.with_changes(change)]


def remove_link(world, state, random):
    name = one_of(random, state.links)
    return name and ("link", "remove", name, "--yes")


def without_link(state, words):
    def change(after):
        del after.links[words[2]]
        after.forget_logins(words[2])
        if after.default == words[2]:
            after.default = None

    return [state.with_changes(change)]


# Logins and tokens.


def login(world, state, random, *more):
    name = one_of(random, state.links)
    return name and ("login", name, "--user", random.choice(LABELS), *more)


def start_login(world, state, random):
    return login(world, state, random, "--start")


def finish_login(world, state, random):
    """Begun anew, so that the provider knows the login."""
    words = start_login(world, state, random)
    if words is None:
        return None
    page = world.must(*words).out.strip()
    state.pending.add(whose(words))
    return (*words[:-1], "--finish", world.follow(page))


def with_login(state, words):
    return [state.with_changes(lambda after: after.pending.add(whose(words)))]


def with_token(state, words):
    def begun(after):
        after.pending.add(whose(words))

    def done(after):
        after.pending.discard(whose(words))
        after.tokens[whose(words)] = ANY

    return [state.with_changes(begun), state.with_changes(done)]


def renew_token(world, state, random):
    """A token that no other link has: the provider gives a new one for it once."""
    values = list(state.tokens.values())
    token = one_of(random, [whose for whose, value in state.tokens.items() if values.count(value) == 1])
    return token and ("token", "renew", token[0], "--user", token[1])


def with_new_token(state, words):
    return [state.with_changes(lambda after: after.tokens.update({whose(words): ANY}))]


def forget_token(world, state, random):
    token = one_of(random, set(state.tokens) | state.pending)
    return token and ("token", "forget", token[0], "--user", token[1], "--yes")


def without_token(state, words):
    def change(after):
        after.tokens.pop(whose(words), None)
        after.pending.discard(whose(words))

    return [state.with_changes(change)]


# The store.


def first_use(world, state, random):
    return ("key", "import", "hubkey", world.key_file)


def with_one_key(state, words):
    return [State(keys={words[2]: ANY})]


def restore(world, state, random):
    file = world.emptied("backups") / "store.db"
    file.parent.mkdir()
    world.elsewhere.must("store", "backup", file)
    return ("store", "restore", file, "--key-file", world.elsewhere.home / ".config/applink/store.key")


def as_elsewhere(state, words):
    return [state]


def back_up(world, state, random):
    file = world.emptied("backups") / "store.db"
    file.parent.mkdir()
    return once_more(world, random, "store", "backup", file)


def each_backup_is_whole(world, words):
    for path in world.files("backups"):
        world.check_backup(path)


def export_link(world, state, random):
    name = one_of(random, state.links)
    if name is None:
        return None
    file = world.emptied("exported") / f"{name}.link"
    file.parent.mkdir()
    return ("store", "export", "--link", name, "-o", file, "--passphrase-file", world.passphrase)


def import_link(world, state, random):
    name = one_of(random, set(LINKS) - set(state.links))
    words = name and export_link(world, state, random)
    if words is None:
        return None
    world.must(*words)
    return ("store", "import", option(words, "-o"), "--as", name, "--passphrase-file", world.passphrase)


def with_link_and_tokens(state, words):
    def change(after):
        exported, name = words[2].stem, option(words, "--as")
        after.links[name] = state.links[exported]
        after.tokens.update({(name, label): token for (link, label), token in state.tokens.items()
                             if link == exported})

    return [state.with_changes(change)]


def each_link_file_is_whole(world, words):
    for path in world.files("exported"):
        world.must("store", "import", path, "--as", "probe", "--dry-run",
                   "--passphrase-file", world.passphrase)


# What unlocks the store. The key file stays: it is what every other command opens it with.


def add_passphrase(world, state, random):
    if "passphrase" in state.unlock_methods:
        return None
    return ("store", "unlock-method", "add", "passphrase", "--new-passphrase-file", world.passphrase)


def change_passphrase(world, state, random):
    if "passphrase" not in state.unlock_methods:
        return None
    return ("store", "unlock-method", "change", "passphrase", "--new-passphrase-file", world.passphrase,
            "--passphrase-file", world.passphrase)


def remove_passphrase(world, state, random):
    return ("store", "unlock-method", "remove", "passphrase") if "passphrase" in state.unlock_methods else None


def with_passphrase(state, words):
    return [state.with_changes(lambda after: after.unlock_methods.add("passphrase"))]


def with_passphrase_changed(state, words):
    return [state.with_changes(lambda after: None)]


def without_passphrase(state, words):
    return [state.with_changes(lambda after: after.unlock_methods.discard("passphrase"))]


def the_passphrase_opens_it(world, words):
    if "passphrase" in world.observe().state.unlock_methods:
        world.must("key", "list", "--passphrase-file", world.passphrase)


TABLE = (
    Command("key create", create_key, with_key, says="made the key"),
    Command("key create --out", create_elsewhere, nothing_in_store, 
            again=(DONE, FAILED), check=each_is_a_whole_key),
    Command("key import", import_key, with_key, says="keeps the key"),
    Command("key remove", remove_key, without_key, says="removed the key"),
    Command("key export --all", export_all, nothing_in_store, check=each_is_what_export_gives),
    Command("key export -o", export_one, nothing_in_store, check=each_is_what_export_gives),
    Command("link add", add_link, with_link, says="added the link"),
    Command("link set --realm", set_realm, with_link_changed, says="changed the link"),
    Command("link set --key", set_key, with_link_changed, says="changed the link"),
    Command("link set --default", set_default, with_link_changed, says="changed the link"),
    Command("link set --consumer-key", set_consumer, with_link_changed, says="changed the link"),
    Command("link remove", remove_link, without_link, says="removed the link"),
    Command("login", login, with_token, says="has a token", again=(DONE, REFUSED)),
    Command("login --start", start_login, with_login, says="http"),
    Command("login --finish", finish_login, with_token, says="has a token", again=(DONE, REFUSED)),
    Command("token renew", renew_token, with_new_token, says="has a new token", again=(DONE, REFUSED)),
    Command("token forget", forget_token, without_token, says="forgot"),
    Command("store backup", back_up, nothing_in_store, check=each_backup_is_whole),
    Command("store export", export_link, nothing_in_store, check=each_link_file_is_whole),
    Command("store import", import_link, with_link_and_tokens, says="keeps the link"),
    Command("store restore", restore, as_elsewhere, says="restored ", fresh=True),
    Command("unlock-method add", add_passphrase, with_passphrase, says="unlocks the store as well",
            check=the_passphrase_opens_it),
    Command("unlock-method change", change_passphrase, with_passphrase_changed, says="changed the passphrase",
            check=the_passphrase_opens_it),
    Command("unlock-method remove", remove_passphrase, without_passphrase, says="does not unlock the store any more"),
    Command("first use", first_use, with_one_key, says="keeps the key", fresh=True),
)

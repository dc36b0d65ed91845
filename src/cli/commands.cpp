// The table itself: a line for each command, in the order of help.
#include "cli/commands.h"

#include <array>

#include "cli/commands/all.h"

namespace applink::cli {
namespace {

constexpr std::array table{
    Command{"curl", "sign a curl command line, and print it or run it",
            "applink curl -- -sS https://jira.example.com/jira/rest/api/2/myself", curl},
    Command{"key create", "make an RSA key pair", "applink key create hubkey", key_create},
    Command{"key export", "write a key pair to files, or one of its forms to stdout",
            "applink key export hubkey --all keys/hub", key_export},
    Command{"key import", "keep a key pair that was made elsewhere",
            "applink key import hubkey private_key.pem", key_import},
    Command{"key inspect", "say what a file is, and whether Jira takes it as a key",
            "applink key inspect public_key.pem", key_inspect},
    Command{"key list", "list the key pairs", "applink key list", key_list},
    Command{"key remove", "remove a key pair that no link uses", "applink key remove hubkey",
            key_remove},
    Command{"key show", "show what is public of a key pair", "applink key show hubkey", key_show},
    Command{"link add", "keep where a Jira is, and who we are there",
            "applink link add prod --url https://jira.example.com/jira --consumer-key hub "
            "--key hubkey",
            link_add},
    Command{"link bundle", "write what Jira's administrator needs to make the link",
            "applink link bundle prod -o prod.html", link_bundle},
    Command{"link list", "list the links", "applink link list", link_list},
    Command{"link remove", "remove a link with its tokens", "applink link remove prod",
            link_remove},
    Command{"link set", "change a link, or make it the usual one",
            "applink link set prod --default", link_set},
    Command{"link show", "show a link", "applink link show prod", link_show},
    Command{"log", "say who changed what in the store, and when", "applink log --since 7d", log},
    Command{"login", "get a token: the user allows it in the browser", "applink login prod", login},
    Command{"onboard", "make a link, from nothing to the proof that it works",
            "applink onboard prod https://jira.example.com/jira", onboard},
    Command{"request", "make a signed call",
            "applink request GET https://jira.example.com/jira/rest/api/2/myself", request},
    Command{"sandbox", "run a Jira-like provider on this machine, to try things",
            "applink sandbox --port 8080 --consumer hub=keys/hub/public_key.pem", sandbox,
            Command::Store::is_never_opened},
    Command{"sign", "sign a request, and print the header or every step",
            "applink sign GET https://jira.example.com/jira/rest/api/2/myself --explain", sign},
    Command{"store backup", "copy the store, sealed as it is, while it is in use",
            "applink store backup store-backup.db", store_backup},
    Command{"store check", "check that the store is as it was written", "applink store check",
            store_check},
    Command{"store export", "write a link, its key and tokens, under a passphrase",
            "applink store export --link prod -o prod.link", store_export},
    Command{"store import", "keep a link that another machine exported",
            "applink store import prod.link", store_import},
    Command{"store info", "say where the store is and what it holds", "applink store info",
            store_info},
    Command{"store restore", "put a backup into its place, where there is no store",
            "applink store restore store-backup.db", store_restore},
    Command{"store unlock-method", "list, add, change or remove what unlocks the store",
            "applink store unlock-method add passphrase", store_unlock_method},
    Command{"token forget", "forget a token", "applink token forget prod", token_forget},
    Command{"token list", "list the tokens and how long they are good", "applink token list",
            token_list},
    Command{"token renew", "put a new token in the place of one, without its user",
            "applink token renew prod", token_renew},
    Command{"token show", "show a token without its secrets", "applink token show prod",
            token_show},
    Command{"verify", "say whether a request is signed right, and why not",
            "applink verify --public-key public_key.pem request.txt", verify},
};

}  // namespace

std::span<const Command> commands() {
  return table;
}

}  // namespace applink::cli

// Numbers of things.
#include "cli/store_contents.h"

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

namespace applink::cli {
namespace {

std::string counted(std::uint64_t number, std::string_view word) {
  return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

}  // namespace

std::string in_words(const store::StoreContents& contents) {
  return fmt::format("{}, {}, {}, {}", counted(contents.keys, "key"),
                     counted(contents.links, "link"), counted(contents.tokens, "token"),
                     counted(contents.events, "event"));
}

void add_to(Json& object, const store::StoreContents& contents) {
  object["keys"] = contents.keys;
  object["links"] = contents.links;
  object["tokens"] = contents.tokens;
  object["pending_logins"] = contents.pending_logins;
  object["events"] = contents.events;
}

}  // namespace applink::cli

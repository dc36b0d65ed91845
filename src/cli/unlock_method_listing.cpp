// A line for each method: docs/json.md has the fields.
#include "cli/unlock_method_listing.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/json_text.h"
#include "cli/layout.h"

namespace applink::cli {
namespace {

using store::UnlockMethodState;
using Opens = UnlockMethodState::Opens;

const char* word_of(Opens opens) {
  switch (opens) {
    case Opens::yes:
      return "yes";
    case Opens::no:
      return "no";
    case Opens::if_right:
      return "if right";
  }
  return "";
}

std::string details_of(const UnlockMethodState& state) {
  if (!state.obstacle.empty()) return terminal_safe(state.obstacle);
  if (state.scrypt) {
    return fmt::format("scrypt, N = 2^{}, r = {}, p = {}", state.scrypt->log2_n, state.scrypt->r,
                       state.scrypt->p);
  }
  return terminal_safe(state.key_file.string());
}

Json json_of(const UnlockMethodState& state) {
  Json object;
  object["method"] = state.method;
  object["opens_here"] =
      state.opens_here == Opens::if_right ? Json() : Json(state.opens_here == Opens::yes);
  object["obstacle"] = json_or_null(state.obstacle);
  object["key_file"] = json_or_null(state.key_file.string());
  Json scrypt;
  if (state.scrypt) {
    scrypt["n"] = std::int64_t{1} << std::min<int>(state.scrypt->log2_n, 62);
    scrypt["r"] = state.scrypt->r;
    scrypt["p"] = state.scrypt->p;
  }
  object["scrypt"] = std::move(scrypt);
  return object;
}

}  // namespace

std::string as_text(const std::vector<UnlockMethodState>& states) {
  std::vector<Row> rows{{"METHOD", "OPENS", "DETAILS"}};
  for (const UnlockMethodState& state : states) {
    rows.push_back({terminal_safe(state.method), word_of(state.opens_here), details_of(state)});
  }
  return aligned(rows);
}

std::string as_json(const std::vector<UnlockMethodState>& states) {
  Json array = Json::array();
  for (const UnlockMethodState& state : states) array.push_back(json_of(state));
  return json_text("unlock_methods", std::move(array));
}

}  // namespace applink::cli

// Looking curl's options up as curl does.
#include "calls/curl_options.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "calls/curl_option_table.h"

namespace applink::calls {
namespace {

template <class Wanted>
const CurlOption* first_that(const Wanted& wanted) {
  for (const auto table : {curl_options_that_matter(), curl_options_that_pass()}) {
    const auto found = std::find_if(table.begin(), table.end(), wanted);
    if (found != table.end()) return &*found;
  }
  return nullptr;
}

std::string hint_for_unknown(std::string_view name) {
  const auto equals = name.find('=');
  if (equals != std::string_view::npos && exact_curl_option(name.substr(0, equals))) {
    return fmt::format("write it with a space: --{} VALUE", to_lower_ascii(name.substr(0, equals)));
  }
  std::vector<std::string> names;
  for (const auto* option : curl_options()) names.emplace_back(option->name);
  const auto near = nearest(name, names);
  return near ? fmt::format("did you mean --{}?", *near) : "see: curl --help all";
}

tl::unexpected<Error> ambiguous(std::string_view name,
                                const std::vector<const CurlOption*>& candidates) {
  constexpr std::size_t shown = 5;
  std::string list;
  for (std::size_t i = 0; i < candidates.size() && i < shown; ++i) {
    list += fmt::format("{}--{}", i == 0 ? "" : ", ", candidates[i]->name);
  }
  if (candidates.size() > shown) list += ", …";
  return fail(ErrorCode::usage, fmt::format("--{} may be one of several options of curl", name),
              "write the whole name: " + list);
}

}  // namespace

std::vector<const CurlOption*> curl_options() {
  std::vector<const CurlOption*> all;
  for (const auto& option : curl_options_that_matter()) all.push_back(&option);
  for (const auto& option : curl_options_that_pass()) all.push_back(&option);
  return all;
}

const CurlOption* exact_curl_option(std::string_view name) {
  const auto wanted = to_lower_ascii(name);
  return first_that([&wanted](const CurlOption& option) { return option.name == wanted; });
}

const CurlOption* curl_option_of_letter(char letter) {
  if (letter == '\0') return nullptr;
  return first_that([letter](const CurlOption& option) { return option.letter == letter; });
}

Result<const CurlOption*> curl_option_named(std::string_view name) {
  if (const auto* option = exact_curl_option(name)) return option;
  const auto wanted = to_lower_ascii(name);
  std::vector<const CurlOption*> candidates;
  for (const auto* option : curl_options()) {
    if (wanted.empty() || option->age == CurlAge::newer) continue;
    if (option->name.starts_with(wanted)) candidates.push_back(option);
  }
  if (candidates.size() == 1) return candidates.front();
  if (candidates.size() > 1) return ambiguous(terminal_safe(name), candidates);
  // What stands behind '=' may be a secret.
  const auto equals = name.find('=');
  return fail(ErrorCode::usage,
              fmt::format("curl has no option --{}{}", terminal_safe(name.substr(0, equals)),
                          equals == std::string_view::npos ? "" : "=…"),
              hint_for_unknown(name));
}

}  // namespace applink::calls

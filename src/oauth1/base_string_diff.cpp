// Two base strings taken apart and laid side by side. Lenient: the other one may be anything.
#include "applink/oauth1/base_string_diff.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "applink/http/form.h"
#include "applink/http/url.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/signature_base_string.h"
#include "oauth1/header_parameters.h"

namespace applink::oauth1 {
namespace {

using Kind = BaseStringDifference::Kind;
using Differences = std::vector<BaseStringDifference>;

struct TakenApart {
  std::string method;
  http::Url url;
  Parameters parameters;  ///< in the order of the base string
};

std::optional<std::string> decoded(std::string_view text) {
  auto plain = percent_decode(text);
  if (!plain) return std::nullopt;
  return *std::move(plain);
}

std::optional<Parameters> parameters_in(std::string_view normalized) {
  Parameters parameters;
  while (!normalized.empty()) {
    const auto pair = normalized.substr(0, normalized.find('&'));
    normalized.remove_prefix(std::min(pair.size() + 1, normalized.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals));
    auto value = decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    parameters.push_back({*std::move(name), *std::move(value)});
  }
  return parameters;
}

/// METHOD "&" URI "&" PARAMETERS, the last two encoded as a whole.
std::optional<TakenApart> taken_apart(std::string_view base_string) {
  const auto first = base_string.find('&');
  const auto second = base_string.find('&', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto uri = decoded(base_string.substr(first + 1, second - first - 1));
  const auto normalized = decoded(base_string.substr(second + 1));
  if (!uri || !normalized) return std::nullopt;
  auto url = http::Url::parse(*uri);
  auto parameters = parameters_in(*normalized);
  if (!url || !parameters) return std::nullopt;
  return TakenApart{std::string(base_string.substr(0, first)), *std::move(url),
                    *std::move(parameters)};
}

/// Whether `longer` is segments before `shorter`: "/jira/rest" and "/rest".
bool has_more_in_front(std::string_view longer, std::string_view shorter) {
  return longer.size() > shorter.size() && shorter.starts_with('/') && longer.ends_with(shorter);
}

/// What stands before the part in which both end, in whole segments.
std::pair<std::string, std::string> fronts(std::string_view a, std::string_view b) {
  std::size_t common = 0;
  std::size_t whole = 0;
  while (common < std::min(a.size(), b.size()) &&
         a[a.size() - 1 - common] == b[b.size() - 1 - common]) {
    ++common;
    if (a[a.size() - common] == '/') whole = common;
  }
  return {std::string(a.substr(0, a.size() - whole)), std::string(b.substr(0, b.size() - whole))};
}

bool is_encoded_again(std::string_view once, std::string_view twice) {
  return once != twice && percent_encode(once) == twice;
}

/// A path keeps its slashes where a server encodes it again.
bool is_path_encoded_again(std::string_view once, std::string_view twice) {
  std::string again;
  for (const char c : once) again += c == '%' ? std::string("%25") : std::string(1, c);
  return once != twice && again == twice;
}

void compare_paths(Differences& found, std::string_view ours, std::string_view theirs) {
  if (ours == theirs) return;
  if (is_path_encoded_again(ours, theirs)) {
    found.push_back({Kind::double_encoded, "", std::string(ours), std::string(theirs)});
    return;
  }
  auto [our_front, their_front] = fronts(ours, theirs);
  const bool is_context = has_more_in_front(ours, theirs) || has_more_in_front(theirs, ours) ||
                          (our_front.size() < ours.size() && their_front.size() < theirs.size());
  if (is_context) {
    found.push_back({Kind::context_path, "", std::move(our_front), std::move(their_front)});
    return;
  }
  found.push_back({Kind::path, "", std::string(ours), std::string(theirs)});
}

void compare_urls(Differences& found, const http::Url& ours, const http::Url& theirs) {
  if (ours.scheme() != theirs.scheme()) {
    found.push_back({Kind::scheme, "", std::string(ours.scheme()), std::string(theirs.scheme())});
  }
  if (ours.host() != theirs.host()) {
    found.push_back({Kind::host, "", std::string(ours.host()), std::string(theirs.host())});
  }
  // Where neither names a port, that of the other scheme is no second difference.
  if (ours.port() != theirs.port() && (ours.explicit_port() || theirs.explicit_port())) {
    found.push_back({Kind::port, "", std::to_string(ours.port()), std::to_string(theirs.port())});
  }
  compare_paths(found, ours.path(), theirs.path());
}

bool is_protocol_parameter(const Parameter& parameter) {
  return parameter.name.starts_with("oauth_");
}

bool has_protocol_parameters(const Parameters& parameters) {
  return std::any_of(parameters.begin(), parameters.end(), is_protocol_parameter);
}

BaseStringDifference about(Kind kind, const std::string& name, std::string ours,
                           std::string theirs) {
  if (name.starts_with("oauth_")) return {kind, name, "", ""};
  return {kind, name, std::move(ours), std::move(theirs)};
}

/// Takes out of both what they have in common.
void strike_out_common(Parameters& ours, Parameters& theirs) {
  std::erase_if(ours, [&theirs](const Parameter& one) {
    const auto same = std::find(theirs.begin(), theirs.end(), one);
    if (same == theirs.end()) return false;
    theirs.erase(same);
    return true;
  });
}

Parameter take_named(Parameters& parameters, Parameters::iterator found) {
  Parameter taken = std::move(*found);
  parameters.erase(found);
  return taken;
}

void compare_parameters(Differences& found, Parameters ours, Parameters theirs) {
  if (ours == theirs) return;
  const bool differ_in_order =
      std::is_permutation(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  if (differ_in_order) {
    found.push_back({Kind::parameter_order});
    return;
  }
  strike_out_common(ours, theirs);
  for (auto& [name, value] : ours) {
    const auto same_name = std::find_if(
        theirs.begin(), theirs.end(),
        [wanted = std::string_view(name)](const Parameter& other) { return other.name == wanted; });
    if (same_name == theirs.end()) {
      found.push_back(about(Kind::parameter_missing, name, std::move(value), ""));
      continue;
    }
    const auto other = take_named(theirs, same_name);
    const auto kind =
        is_encoded_again(value, other.value) ? Kind::double_encoded : Kind::parameter_changed;
    found.push_back(about(kind, name, std::move(value), other.value));
  }
  for (auto& [name, value] : theirs) {
    found.push_back(about(Kind::parameter_added, name, "", std::move(value)));
  }
}

Differences without_form_values(Differences differences, const http::Request& asked) {
  if (!http::is_form(asked.headers)) return differences;
  const auto form = http::parse_form(asked.body);
  for (auto& difference : differences) {
    const bool is_of_form =
        !difference.name.empty() &&
        std::any_of(form.begin(), form.end(), [&difference](const http::FormPair& field) {
          return field.name == difference.name;
        });
    if (is_of_form) difference = {difference.kind, difference.name};
  }
  return differences;
}

std::string quoted_front(const std::string& front) {
  return front.empty() ? "none" : fmt::format("\"{}\"", front);
}

std::string values(const BaseStringDifference& difference) {
  if (difference.ours.empty() && difference.theirs.empty()) return "";
  return fmt::format(": \"{}\" instead of \"{}\"", difference.theirs, difference.ours);
}

}  // namespace

std::vector<BaseStringDifference> base_string_differences(std::string_view ours,
                                                          std::string_view theirs) {
  if (ours == theirs) return {};
  auto mine = taken_apart(ours);
  auto other = taken_apart(theirs);
  if (!mine || !other) return {{Kind::unreadable}};
  Differences found;
  if (mine->method != other->method) {
    found.push_back({Kind::method, "", mine->method, other->method});
  }
  compare_urls(found, mine->url, other->url);
  compare_parameters(found, std::move(mine->parameters), std::move(other->parameters));
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.kind < b.kind; });
  return found;
}

Result<std::vector<BaseStringDifference>> base_string_differences(const http::Request& asked,
                                                                  FormBodyRule rule,
                                                                  std::string_view theirs) {
  TRY_ASSIGN(const auto header, header_parameters(asked));
  TRY_ASSIGN(auto parameters, request_parameters(asked, header, rule));
  if (const auto other = taken_apart(theirs); other && !has_protocol_parameters(parameters)) {
    std::copy_if(other->parameters.begin(), other->parameters.end(), std::back_inserter(parameters),
                 is_protocol_parameter);
  }
  return without_form_values(
      base_string_differences(signature_base_string(asked.method, asked.url, parameters), theirs),
      asked);
}

bool is_signed(const http::Request& request, FormBodyRule rule) {
  const auto header = header_parameters(request);
  if (!header) return false;
  const auto parameters = request_parameters(request, *header, rule);
  return parameters && has_protocol_parameters(*parameters);
}

std::string in_words(const BaseStringDifference& difference) {
  const auto& [kind, name, ours, theirs] = difference;
  switch (kind) {
    case Kind::unreadable:
      return "what it signed is no signature base string";
    case Kind::method:
      return fmt::format("it saw the method {} instead of {}", theirs, ours);
    case Kind::scheme:
      return fmt::format("it saw the scheme {} instead of {}", theirs, ours);
    case Kind::host:
      return fmt::format("it saw the host {} instead of {}", theirs, ours);
    case Kind::port:
      return fmt::format("it saw the port {} instead of {}", theirs, ours);
    case Kind::path:
      return fmt::format("it saw the path \"{}\" instead of \"{}\"", theirs, ours);
    case Kind::context_path:
      return fmt::format("it saw the context path {} instead of {}", quoted_front(theirs),
                         quoted_front(ours));
    case Kind::parameter_missing:
      return fmt::format("it did not see the parameter {}", name);
    case Kind::parameter_added:
      return fmt::format("it saw a parameter {} that was never sent", name);
    case Kind::parameter_changed:
      return fmt::format("it saw another value of the parameter {}{}", name, values(difference));
    case Kind::double_encoded:
      if (name.empty()) return fmt::format("it encoded the path once more: \"{}\"", theirs);
      return fmt::format("it encoded the parameter {} once more{}", name, values(difference));
    case Kind::parameter_order:
      return "it saw the same parameters in another order";
  }
  return "it differs";
}

}  // namespace applink::oauth1

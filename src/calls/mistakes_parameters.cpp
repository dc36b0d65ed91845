// What clients do wrong with the parameters that they sign: too few, or too many.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/http/form.h"
#include "calls/mistakes.h"

namespace applink::calls {
namespace {

using oauth1::Parameter;
using oauth1::Parameters;

/// Of a request with more, none is left out by itself: that would take too long.
constexpr std::size_t most_tried = 64;
/// A larger body is no form that anybody took for one by mistake.
constexpr std::size_t largest_form = std::size_t{64} << 10;

constexpr std::array sources = {&SignedText::query, &SignedText::protocol, &SignedText::form};

std::size_t size_of(const SignedText& text) {
  return text.query.size() + text.protocol.size() + text.form.size();
}

Mistaken with_parameter(const SignedText& right, Parameter parameter, std::string deed) {
  SignedText text = right;
  text.protocol.push_back(std::move(parameter));
  return {std::move(text), "", std::move(deed)};
}

bool has(const SignedText& text, std::string_view name) {
  return std::any_of(sources.begin(), sources.end(), [&](const auto source) {
    return oauth1::find(text.*source, name).has_value();
  });
}

enum class Keep { first, last };

/// What is left of the parameters in a map from names to values.
Parameters as_in_a_map(const Parameters& parameters, Keep keep) {
  Parameters kept;
  for (const Parameter& parameter : parameters) {
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const Parameter& other) {
      return other.name == parameter.name;
    });
    if (same == kept.end()) {
      kept.push_back(parameter);
    } else if (keep == Keep::last) {
      same->value = parameter.value;
    }
  }
  return kept;
}

Mistaken with_maps(const SignedText& right, Keep keep, std::string deed) {
  SignedText text = right;
  for (const auto source : sources) text.*source = as_in_a_map(right.*source, keep);
  return {std::move(text), "", std::move(deed)};
}

}  // namespace

Mistakes other_form_rule(const SignedText& right, const MistakeClues& clues) {
  SignedText text = right;
  if (!right.form.empty()) {
    text.form.clear();
    return {{std::move(text), "the request without its body", "did not sign the form in the body"}};
  }
  const std::string& body = clues.request.body;
  if (body.find('=') == std::string::npos || body.size() > largest_form) return {};
  for (http::FormPair& pair : http::parse_form(body)) {
    text.form.push_back({std::move(pair.name), std::move(pair.value)});
  }
  const bool is_form = http::is_form(clues.request.headers);
  return {{std::move(text), "the request with its body as a form",
           is_form ? "signed the form in the body, which Atlassian's products read of a POST alone"
                   : "signed the body as a form, which its Content-Type does not say that it is"}};
}

Mistakes query_left_out(const SignedText& right, const MistakeClues&) {
  if (right.query.empty()) return {};
  SignedText text = right;
  text.query.clear();
  return {{std::move(text), "the request without its query", "did not sign the query"}};
}

Mistakes parameter_left_out(const SignedText& right, const MistakeClues&) {
  Mistakes made;
  if (size_of(right) > most_tried) return made;
  for (const auto source : sources) {
    for (std::size_t i = 0; i < (right.*source).size(); ++i) {
      SignedText text = right;
      auto& parameters = text.*source;
      std::string deed = fmt::format("did not sign the parameter {}", parameters[i].name);
      parameters.erase(parameters.begin() + static_cast<std::ptrdiff_t>(i));
      made.push_back({std::move(text), "", std::move(deed)});
    }
  }
  return made;
}

Mistakes realm_signed(const SignedText& right, const MistakeClues& clues) {
  if (!clues.realm) return {};
  return {with_parameter(right, {"realm", *clues.realm}, "signed the realm too")};
}

Mistakes body_hash_signed(const SignedText& right, const MistakeClues& clues) {
  if (has(right, "oauth_body_hash")) return {};
  const std::string hash = base64_encode(crypto::digest(clues.hash, clues.request.body));
  return {with_parameter(right, {"oauth_body_hash", hash},
                         "signed oauth_body_hash, and did not send it")};
}

Mistakes parameter_not_sent(const SignedText& right, const MistakeClues&) {
  Mistakes made;
  for (const auto& [name, value] :
       {Parameter{"oauth_version", "1.0"}, {"oauth_token", ""}, {"oauth_callback", "oob"}}) {
    if (has(right, name)) continue;
    made.push_back(with_parameter(right, {name, value},
                                  fmt::format("signed {}={}, and did not send it", name, value)));
  }
  return made;
}

Mistakes repeats_left_out(const SignedText& right, const MistakeClues&) {
  return {with_maps(right, Keep::last, "signed the last one alone of parameters with one name"),
          with_maps(right, Keep::first, "signed the first one alone of parameters with one name")};
}

Mistakes empty_left_out(const SignedText& right, const MistakeClues&) {
  SignedText text = right;
  for (const auto source : sources) {
    std::erase_if(text.*source, [](const Parameter& p) { return p.value.empty(); });
  }
  return {{std::move(text), "", "did not sign the parameters that have no value"}};
}

}  // namespace applink::calls

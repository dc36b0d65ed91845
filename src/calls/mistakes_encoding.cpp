// What clients do wrong when they write down and join what they sign.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "applink/http/form.h"
#include "calls/mistakes.h"

namespace applink::calls {
namespace {

using oauth1::Parameters;
using Encoding = SignedText::Encoding;
using Ending = SignedText::Ending;
using Joining = SignedText::Joining;
using Order = SignedText::Order;

/// The pairs as they are written, not decoded.
Parameters raw_pairs(std::string_view form) {
  Parameters pairs;
  while (!form.empty()) {
    const auto pair = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(pair.size() + 1, form.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    if (pair.empty()) continue;
    pairs.push_back({std::string(pair.substr(0, equals)),
                     std::string(pair.substr(std::min(equals + 1, pair.size())))});
  }
  std::erase_if(pairs, [](const oauth1::Parameter& p) { return p.name == "oauth_signature"; });
  return pairs;
}

/// Decoded, but for "+".
Parameters with_plus(std::string_view form) {
  std::string kept;
  for (const char c : form) kept += c == '+' ? std::string("%2B") : std::string(1, c);
  Parameters pairs;
  for (http::FormPair& pair : http::parse_form(kept)) {
    pairs.push_back({std::move(pair.name), std::move(pair.value)});
  }
  std::erase_if(pairs, [](const oauth1::Parameter& p) { return p.name == "oauth_signature"; });
  return pairs;
}

using Reading = Parameters (*)(std::string_view);

Mistakes read_otherwise(const SignedText& right, const MistakeClues& clues, Reading reading,
                        std::string_view deed) {
  Mistakes made;
  SignedText both = right;
  if (!right.query.empty()) {
    SignedText text = right;
    text.query = both.query = reading(clues.request.url.query().value_or(""));
    made.push_back({std::move(text), "", fmt::format("{} in the query", deed)});
  }
  if (!right.form.empty()) {
    SignedText text = right;
    text.form = both.form = reading(clues.request.body);
    made.push_back({std::move(text), "", fmt::format("{} in the form", deed)});
  }
  if (made.size() == 2) {
    made.push_back({std::move(both), "", fmt::format("{} in the query and in the form", deed)});
  }
  return made;
}

template <class Way, std::size_t Size>
Mistakes in_other_ways(const SignedText& right, Way SignedText::*part,
                       const std::array<std::pair<Way, std::string_view>, Size>& ways) {
  Mistakes made;
  for (const auto& [way, deed] : ways) {
    SignedText text = right;
    text.*part = way;
    made.push_back({std::move(text), "", std::string(deed)});
  }
  return made;
}

}  // namespace

Mistakes encoded_again(const SignedText& right, const MistakeClues& clues) {
  return read_otherwise(right, clues, raw_pairs, "encoded once more what was encoded");
}

Mistakes plus_taken_as_it_is(const SignedText& right, const MistakeClues& clues) {
  return read_otherwise(right, clues, with_plus, "took + for itself and not for a space");
}

Mistakes other_encoding(const SignedText& right, const MistakeClues&) {
  constexpr std::array<std::pair<Encoding, std::string_view>, 7> ways{{
      {Encoding::plus_for_space, "wrote a space as + in the base string"},
      {Encoding::lower_case, "wrote escapes in lower case, as in %2f"},
      {Encoding::marks_raw, "left !*'() unencoded, as JavaScript's encodeURIComponent does"},
      {Encoding::of_a_form, "encoded as a form is (a space as +, ~ as %7E)"},
      {Encoding::tilde_escaped, "encoded ~, which stays as it is"},
      {Encoding::twice, "encoded each parameter twice before joining them"},
      {Encoding::none, "did not encode the parameters before joining them"},
  }};
  return in_other_ways(right, &SignedText::encoding, ways);
}

Mistakes other_order(const SignedText& right, const MistakeClues&) {
  constexpr std::array<std::pair<Order, std::string_view>, 2> ways{{
      {Order::as_sent, "did not sort the parameters"},
      {Order::by_name_alone, "sorted parameters of one name not by their values"},
  }};
  return in_other_ways(right, &SignedText::order, ways);
}

Mistakes other_method(const SignedText& right, const MistakeClues& clues) {
  Mistakes made;
  for (const std::string_view method : {"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"}) {
    if (method == right.method) continue;
    SignedText text = right;
    text.method = method;
    made.push_back({std::move(text), fmt::format("{} {}", method, url_of(right)),
                    fmt::format("signed the method {}", method)});
  }
  if (clues.request.method != right.method) {
    SignedText text = right;
    text.method = clues.request.method;
    made.push_back({std::move(text), "", "did not put the method into upper case"});
  }
  return made;
}

Mistakes joined_raw(const SignedText& right, const MistakeClues&) {
  constexpr std::array<std::pair<Joining, std::string_view>, 3> ways{{
      {Joining::parameters_raw, "did not encode the joined parameters as a whole"},
      {Joining::url_raw, "did not encode the URL"},
      {Joining::both_raw, "encoded neither the URL nor the joined parameters as a whole"},
  }};
  return in_other_ways(right, &SignedText::joining, ways);
}

Mistakes line_end_signed(const SignedText& right, const MistakeClues&) {
  constexpr std::array<std::pair<Ending, std::string_view>, 1> ways{
      {{Ending::line_end, "signed a line end behind the base string, as echo prints one"}}};
  return in_other_ways(right, &SignedText::ending, ways);
}

Mistakes hashed_twice(const SignedText& right, const MistakeClues& clues) {
  constexpr std::array<std::pair<Ending, std::string_view>, 3> ways{{
      {Ending::hashed, "hashed the base string twice"},
      {Ending::hashed_in_hex, "hashed the base string twice, the first hash in hexadecimal"},
      {Ending::hashed_in_base64, "hashed the base string twice, the first hash in base64"},
  }};
  Mistakes made = in_other_ways(right, &SignedText::ending, ways);
  for (Mistaken& mistaken : made) mistaken.text.hash = clues.hash;
  return made;
}

}  // namespace applink::calls

// From a signature back to the steps that led to it.
#include "applink/signing/computation.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "applink/http/form.h"
#include "applink/oauth1/percent_encoding.h"

namespace applink::signing {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto end = text.find('&');
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return pieces;
}

ParameterSource source_at(std::size_t index, std::size_t in_query, std::size_t in_signature) {
  if (index < in_query) return ParameterSource::query;
  return index < in_query + in_signature ? ParameterSource::signature : ParameterSource::form_body;
}

}  // namespace

Result<Computation> computation_of(const http::Request& request, const oauth1::Signature& signature,
                                   oauth1::FormBodyRule rule) {
  oauth1::Parameters protocol = signature.protocol_parameters;
  if (!protocol.empty() && protocol.back().name == "oauth_signature") protocol.pop_back();
  TRY_ASSIGN(auto sent, oauth1::sent_parameters(request, protocol, rule));
  const auto in_query = http::parse_form(request.url.query().value_or("")).size();

  Computation made;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    made.parameters.push_back({std::move(sent[i].name), std::move(sent[i].value),
                               source_at(i, in_query, protocol.size())});
  }
  const auto parts = split(signature.base_string);
  for (std::size_t i = 0; i < parts.size() && i < made.parts.size(); ++i) made.parts[i] = parts[i];
  TRY_ASSIGN(const auto normalized, oauth1::percent_decode(made.parts.back()));
  made.sorted = split(normalized);
  return made;
}

}  // namespace applink::signing

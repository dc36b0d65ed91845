// Words of a section chosen for one of its transfers.
#include "calls/curl_transfer_arguments.h"

#include <algorithm>

#include <fmt/format.h>

#include "calls/curl_globs.h"

namespace applink::calls {
namespace {

bool is_left_out(const CurlWord& word, const CurlMethod& method) {
  switch (word.option->effect) {
    case CurlEffect::url:
    case CurlEffect::url_query:
    case CurlEffect::get:
    case CurlEffect::glob_off:
    case CurlEffect::path_as_is:
    case CurlEffect::no_default_config:
      return true;
    case CurlEffect::taken_out:
      return word.on();
    default:
      return method.data_in_query && is_curl_data(word);
  }
}

/// --json brings them, and goes with its data into the query.
std::vector<CurlWord> json_headers(const TransferOfSection& transfer) {
  const auto& words = transfer.words;
  const bool json = std::any_of(words.begin(), words.end(),
                                [](const auto& word) { return word.is(CurlEffect::json); });
  if (!json || !transfer.method.data_in_query) return {};
  std::vector<CurlWord> added;
  const auto* header = exact_curl_option("header");
  if (!transfer.headers.settles_content_type) {
    added.push_back({header, fmt::format("Content-Type: {}", curl_json_type)});
  }
  if (!transfer.headers.settles_accept) {
    added.push_back({header, fmt::format("Accept: {}", curl_json_type)});
  }
  return added;
}

}  // namespace

std::vector<std::string> transfer_arguments(const TransferOfSection& transfer) {
  std::vector<CurlWord> kept;
  std::size_t outputs = 0;
  std::size_t uploads = 0;
  for (const auto& word : transfer.words) {
    if (is_left_out(word, transfer.method)) continue;
    if (word.is(CurlEffect::output) && outputs++ != transfer.number) continue;
    if (word.is(CurlEffect::upload) && uploads++ != transfer.number) continue;
    kept.push_back(word);
    if (word.option->name == "output") {
      kept.back().value = with_curl_choices(word.value, transfer.choices);
    }
  }
  for (auto& word : json_headers(transfer)) kept.push_back(std::move(word));
  std::vector<std::string> arguments{"-g", "--path-as-is"};
  for (auto& argument : as_arguments(kept)) arguments.push_back(std::move(argument));
  return arguments;
}

}  // namespace applink::calls

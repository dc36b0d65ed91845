// A curl command line read: options checked one by one, sections split, transfers made of each.
#include "applink/calls/curl_arguments.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "calls/curl_globs.h"
#include "calls/curl_notes.h"
#include "calls/curl_transfers.h"
#include "calls/curl_words.h"

namespace applink::calls {
namespace {

tl::unexpected<Error> refuse(const CurlWord& word) {
  const auto name = name_of(word);
  const auto& option = *word.option;
  return fail(ErrorCode::usage, fmt::format("{} {}", name, option.reason),
              option.hint.empty() ? fmt::format("leave {} out", name) : std::string(option.hint));
}

Result<void> check_header_value(const CurlWord& word) {
  const auto line_end = [](char c) { return c == '\r' || c == '\n'; };
  if (std::none_of(word.value.begin(), word.value.end(), line_end)) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("the value of {} has a line end, which begins another header", name_of(word)),
      "write it on one line");
}

/// What the word alone decides.
Result<void> check(const CurlWord& word, CurlPurpose purpose) {
  if (!word.on()) return {};
  if (word.is(CurlEffect::unreadable)) return refuse(word);
  if (word.is(CurlEffect::refused) && purpose != CurlPurpose::inspection) return refuse(word);
  if (word.is(CurlEffect::becomes_header)) return check_header_value(word);
  return {};
}

std::vector<std::string> notes_on(const std::vector<CurlWord>& words) {
  std::vector<std::string> notes;
  for (const auto& word : words) {
    if (!word.on() || (!word.is(CurlEffect::taken_out) && !word.is(CurlEffect::shows))) continue;
    add_once(notes, fmt::format("{} {}", name_of(word), word.option->reason));
  }
  return notes;
}

Result<std::vector<std::vector<CurlWord>>> sections_of(const std::vector<CurlWord>& words) {
  std::vector<std::vector<CurlWord>> sections(1);
  for (const auto& word : words) {
    if (word.option->scope == CurlScope::global) continue;
    if (!word.is(CurlEffect::next)) {
      sections.back().push_back(word);
      continue;
    }
    const auto& before = sections.back();
    if (std::none_of(before.begin(), before.end(),
                     [](const auto& other) { return other.is(CurlEffect::url); })) {
      return fail(ErrorCode::usage, "--next stands behind no URL",
                  "write the URL of the first transfer before it");
    }
    sections.emplace_back();
  }
  return sections;
}

std::vector<std::string> global_arguments(const std::vector<CurlWord>& words) {
  std::vector<CurlWord> global;
  std::copy_if(words.begin(), words.end(), std::back_inserter(global),
               [](const auto& word) { return word.option->scope == CurlScope::global; });
  std::vector<std::string> arguments{"-q"};
  const auto own = as_arguments(global);
  arguments.insert(arguments.end(), own.begin(), own.end());
  return arguments;
}

void note_default_config(CurlCommand& command, const CurlWords& read, CurlFiles& files) {
  if (!read.words.empty() && read.words.front().is(CurlEffect::no_default_config)) return;
  if (const auto config = files.default_config()) {
    add_once(command.notes,
             fmt::format("{} is not read (-q): give with -K {} what the line needs of it",
                         terminal_safe(*config), terminal_safe(*config)));
  }
}

}  // namespace

Result<CurlCommand> read_curl_arguments(std::span<const std::string> arguments, CurlFiles& files,
                                        CurlPurpose purpose) {
  TRY_ASSIGN(const auto read, curl_words(arguments, files));
  for (const auto& word : read.words) TRY(check(word, purpose));
  CurlCommand command;
  command.global_arguments = global_arguments(read.words);
  TRY_ASSIGN(auto sections, sections_of(read.words));
  for (auto& section : sections) {
    TRY_ASSIGN(auto transfers, curl_transfers(std::move(section), files, purpose,
                                              most_curl_transfers - command.transfers.size()));
    std::move(transfers.begin(), transfers.end(), std::back_inserter(command.transfers));
  }
  if (purpose == CurlPurpose::inspection) return command;
  for (const auto& note : read.notes) add_once(command.notes, note);
  for (const auto& note : notes_on(read.words)) add_once(command.notes, note);
  note_default_config(command, read, files);
  return command;
}

}  // namespace applink::calls

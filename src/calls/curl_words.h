// A curl command line taken apart: each option with its value, as curl itself reads them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/calls/curl_arguments.h"
#include "calls/curl_options.h"

namespace applink::calls {

struct CurlWord {
  enum class Spelling {
    name,     ///< --request
    letter,   ///< -X
    cluster,  ///< a letter right behind that of the word before: the S of -sS
  };
  enum class Switch { on, off };  ///< off: --no-NAME

  const CurlOption* option = nullptr;
  std::string value = {};
  Spelling spelling = Spelling::name;
  Switch way = Switch::on;

  [[nodiscard]] bool is(CurlEffect effect) const { return option->effect == effect; }
  [[nodiscard]] bool on() const { return way == Switch::on; }
};

struct CurlWords {
  std::vector<CurlWord> words;
  std::vector<std::string> notes;
};

/// URLs become words of --url. The options of -K files stand where the file stood, unless there are
/// none in it that a signature could mind: then -K itself stays.
Result<CurlWords> curl_words(std::span<const std::string> arguments, CurlFiles& files);

/// "-X", "--request", "--no-location": for messages.
std::string name_of(const CurlWord& word);
/// Whether the word makes curl read standard input.
bool reads_standard_input(const CurlWord& word);
/// The same, or a device or descriptor: the FILE of the shell's <(…). Whoever reads it first has
/// all.
bool reads_once(const CurlWord& word);
/// As arguments again: letters of one cluster stay together, shortened names are whole.
std::vector<std::string> as_arguments(std::span<const CurlWord> words);

}  // namespace applink::calls

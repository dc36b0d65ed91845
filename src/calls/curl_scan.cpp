// The arguments of curl read one by one, and those of the config files that they name.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "calls/curl_config.h"
#include "calls/curl_words.h"

namespace applink::calls {
namespace {

/// Files may name files: this many in all.
constexpr int most_configs = 16;

constexpr std::string_view expand = "expand-";

using Spelling = CurlWord::Spelling;
using Switch = CurlWord::Switch;

enum class Next { left, taken };

class Scanner {
 public:
  explicit Scanner(CurlFiles& files) : files_(files) {}

  Result<void> arguments(std::span<const std::string> arguments) {
    bool options = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto& argument = arguments[i];
      if (!options || !argument.starts_with('-')) {
        add_url(argument);
      } else if (argument == "--") {
        options = false;
      } else {
        const auto* next = i + 1 < arguments.size() ? &arguments[i + 1] : nullptr;
        TRY_ASSIGN(const auto used, option(argument, next));
        if (used == Next::taken) ++i;
      }
    }
    return {};
  }

  Result<CurlWords> finish() {
    const auto readers = std::count_if(result_.words.begin(), result_.words.end(),
                                       [](const auto& word) { return reads_standard_input(word); });
    if (readers + (config_from_input_ ? 1 : 0) > 1) {
      return fail(ErrorCode::usage, "two options read standard input, which ends with the first",
                  "put what one of them reads into a file");
    }
    return std::move(result_);
  }

 private:
  void add_url(const std::string& url) { result_.words.push_back({exact_curl_option("url"), url}); }

  Result<Next> option(std::string_view typed, const std::string* next) {
    if (!typed.starts_with('-')) return named(typed, next);
    if (typed.starts_with("--")) return named(typed.substr(2), next);
    return letters(typed.substr(1), next);
  }

  Result<Next> named(std::string_view name, const std::string* next) {
    if (name.starts_with("no-")) return switched_off(name.substr(3));
    if (name.starts_with(expand) && exact_curl_option(name.substr(expand.size()))) {
      return fail(ErrorCode::usage,
                  "--expand-… lets curl put the line together, so that nobody else knows what it "
                  "sends",
                  "write the values out, or let the shell put them in");
    }
    TRY_ASSIGN(const auto* option, curl_option_named(name));
    if (option->takes != CurlTakes::value) {
      result_.words.push_back({option});
      return Next::left;
    }
    if (next == nullptr) return no_value(fmt::format("--{}", option->name));
    TRY(add(CurlWord{option, *next}));
    return Next::taken;
  }

  Result<Next> switched_off(std::string_view name) {
    const auto* option = exact_curl_option(name);
    if (option == nullptr || option->takes != CurlTakes::toggle) {
      return fail(
          ErrorCode::usage,
          fmt::format("curl has no option --no-{}", terminal_safe(name.substr(0, name.find('=')))),
          "see: curl --help all");
    }
    result_.words.push_back({option, {}, Spelling::name, Switch::off});
    return Next::left;
  }

  Result<Next> letters(std::string_view letters, const std::string* next) {
    if (letters.empty()) {
      return fail(ErrorCode::usage, "curl has no option -", "write a URL, or leave it out");
    }
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const auto spelling = i == 0 ? Spelling::letter : Spelling::cluster;
      const auto* option = curl_option_of_letter(letters[i]);
      if (option == nullptr) {
        return fail(ErrorCode::usage,
                    fmt::format("curl has no option -{}", terminal_safe(letters.substr(i, 1))),
                    "see: curl --help all");
      }
      if (option->takes != CurlTakes::value) {
        result_.words.push_back({option, {}, spelling});
        continue;
      }
      const auto rest = letters.substr(i + 1);
      if (rest.empty() && next == nullptr) return no_value(fmt::format("-{}", option->letter));
      TRY(add(CurlWord{option, rest.empty() ? *next : std::string(rest), spelling}));
      return rest.empty() ? Next::taken : Next::left;
    }
    return Next::left;
  }

  Result<void> add(CurlWord word) {
    if (word.is(CurlEffect::config)) return config(word);
    result_.words.push_back(std::move(word));
    return {};
  }

  Result<void> config(const CurlWord& word) {
    if (++configs_ > most_configs) {
      return fail(ErrorCode::usage, fmt::format("more than {} config files are read", most_configs),
                  "look for a config file that names itself");
    }
    const auto name = reads_standard_input(word) ? "standard input" : terminal_safe(word.value);
    if (reads_standard_input(word) && std::exchange(config_from_input_, true)) {
      return fail(ErrorCode::usage, "two options read standard input, which ends with the first",
                  "put what one of them reads into a file");
    }
    TRY_ASSIGN(const auto text, files_.read(word.value));
    TRY_ASSIGN(const auto lines, parse_curl_config(text, name));
    const auto before = result_.words.size();
    for (const auto& line : lines) TRY(config_line(line, name));
    const auto untouched = [](const CurlWord& read) {
      return read.is(CurlEffect::untouched) || read.is(CurlEffect::config);
    };
    const auto begin = result_.words.begin() + static_cast<std::ptrdiff_t>(before);
    if (!reads_once(word) && std::all_of(begin, result_.words.end(), untouched)) {
      result_.words.erase(begin, result_.words.end());
      result_.words.push_back(word);
    } else {
      result_.notes.push_back(fmt::format("the options of {} stand in the line itself", name));
    }
    return {};
  }

  Result<void> config_line(const CurlConfigLine& line, std::string_view file) {
    auto used = option(line.option, line.value ? &*line.value : nullptr);
    if (!used) {
      return tl::unexpected(in_context(fmt::format("in {}", file), std::move(used).error()));
    }
    if (*used == Next::taken || !line.value || line.value->empty()) return {};
    return fail(
        ErrorCode::usage,
        fmt::format("in {}, {} has a value and takes none", file, terminal_safe(line.option)),
        "write one option a line");
  }

  static tl::unexpected<Error> no_value(std::string option) {
    return fail(ErrorCode::usage, fmt::format("curl's {} has no value", option),
                fmt::format("write what {} takes behind it", option));
  }

  CurlFiles& files_;
  CurlWords result_;
  int configs_ = 0;
  bool config_from_input_ = false;
};

}  // namespace

Result<CurlWords> curl_words(std::span<const std::string> arguments, CurlFiles& files) {
  for (const auto& argument : arguments) {
    if (argument.find('\0') == std::string::npos) continue;
    return fail(ErrorCode::usage, "an argument of curl holds a zero byte",
                "put such data into a file and give it as @FILE");
  }
  Scanner scanner(files);
  TRY(scanner.arguments(arguments));
  return scanner.finish();
}

}  // namespace applink::calls

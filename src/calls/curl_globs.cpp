// Expanding [1-3], [001-100:10], [a-z] and {one,two} in a URL.
#include "calls/curl_globs.h"

#include <algorithm>
#include <optional>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "applink/base/number.h"

namespace applink::calls {
namespace {

/// A piece of the URL: its text, or the texts that it may be.
struct Piece {
  bool glob = false;
  std::vector<std::string> texts;
};

tl::unexpected<Error> bad_glob(std::string_view what) {
  return fail(ErrorCode::usage, fmt::format("the URL has {}", what),
              "write brackets and braces that stand for themselves as %5B %5D %7B %7D");
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// An IPv6 address is no range; nor is "[]".
std::size_t literal_brackets(std::string_view text) {
  const auto end = text.find(']');
  if (end == std::string_view::npos) return 0;
  const std::string inside(text.substr(1, end - 1));
  in6_addr address{};
  if (inside.empty() || ::inet_pton(AF_INET6, inside.c_str(), &address) == 1) return end + 1;
  return 0;
}

class GlobParser {
 public:
  GlobParser(std::string_view url, std::size_t limit) : rest_(url), limit_(limit) {}

  Result<std::vector<Piece>> parse() {
    while (!rest_.empty()) {
      TRY_ASSIGN(auto piece, next());
      if (piece.texts.size() > limit_ / total_) return too_many_curl_transfers();
      total_ *= piece.texts.size();
      pieces_.push_back(std::move(piece));
    }
    return std::move(pieces_);
  }

 private:
  Result<Piece> next() {
    if (rest_.front() == '{') return set();
    if (rest_.front() == '[' && literal_brackets(rest_) == 0) return range();
    return literal();
  }

  Result<Piece> literal() {
    std::string text;
    while (!rest_.empty() && rest_.front() != '{') {
      if (rest_.front() == '[') {
        const auto size = literal_brackets(rest_);
        if (size == 0) break;
        text += take(size);
        continue;
      }
      if (rest_.front() == '}' || rest_.front() == ']') {
        return bad_glob("a closing bracket or brace that nothing opens");
      }
      const bool escape =
          rest_.size() > 1 && rest_[0] == '\\' && std::string_view("{}[]").find(rest_[1]) != npos;
      if (escape) rest_.remove_prefix(1);
      text += take(1);
    }
    return Piece{false, {text}};
  }

  Result<Piece> set() {
    rest_.remove_prefix(1);
    Piece piece{true, {}};
    std::string text;
    if (rest_.starts_with('}')) return bad_glob("braces with nothing in them");
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '{' || c == '[' || c == ']') return bad_glob("brackets or braces within braces");
      if (c == ',' || c == '}') {
        piece.texts.push_back(std::exchange(text, {}));
        rest_.remove_prefix(1);
        if (c == '}') return piece;
        continue;
      }
      if (c == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += take(1);
    }
    return bad_glob("a brace that nothing closes");
  }

  Result<Piece> range() {
    const auto end = rest_.find(']');
    if (end == npos) return bad_glob("a bracket that nothing closes");
    auto inside = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    std::optional<unsigned long> step = 1;
    if (const auto colon = inside.find(':'); colon != npos) {
      step = number_in<unsigned long>(inside.substr(colon + 1));
      inside = inside.substr(0, colon);
    }
    if (!step || *step == 0 || inside.empty()) return bad_range();
    if (is_letter(inside.front())) return letters(inside, *step);
    return numbers(inside, *step);
  }

  Result<Piece> letters(std::string_view inside, unsigned long step) {
    if (inside.size() != 3 || inside[1] != '-' || !is_letter(inside[2])) return bad_range();
    const auto from = static_cast<unsigned char>(inside[0]);
    const auto to = static_cast<unsigned char>(inside[2]);
    if (to < from || to - from > 'z' - 'a' || !is_step(from, to, step)) return bad_range();
    Piece piece{true, {}};
    for (unsigned long c = from; c <= to; c += step) {
      piece.texts.emplace_back(1, static_cast<char>(c));
    }
    return piece;
  }

  Result<Piece> numbers(std::string_view inside, unsigned long step) {
    const auto dash = std::min(inside.find('-'), inside.size());
    const auto from = number_in<unsigned long>(inside.substr(0, dash));
    const auto to = number_in<unsigned long>(inside.substr(std::min(dash + 1, inside.size())));
    if (!from || !to || *to < *from || !is_step(*from, *to, step)) return bad_range();
    const auto count = (*to - *from) / step;
    if (count >= limit_) return too_many_curl_transfers();
    const std::size_t width = inside.front() == '0' ? dash : 0;
    Piece piece{true, {}};
    for (unsigned long i = 0; i <= count; ++i) {
      piece.texts.push_back(fmt::format("{:0{}}", *from + i * step, width));
    }
    return piece;
  }

  static bool is_step(unsigned long from, unsigned long to, unsigned long step) {
    return from == to ? step == 1 : step <= to - from;
  }

  static tl::unexpected<Error> bad_range() {
    return bad_glob("brackets that are no range of curl, such as [1-9], [001-100:10] or [a-z]");
  }

  std::string_view take(std::size_t size) {
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  static constexpr auto npos = std::string_view::npos;
  std::string_view rest_;
  std::size_t limit_;
  std::size_t total_ = 1;
  std::vector<Piece> pieces_;
};

}  // namespace

tl::unexpected<Error> too_many_curl_transfers() {
  return fail(ErrorCode::usage,
              fmt::format("the line makes more than {} transfers, and each needs a signature of "
                          "its own",
                          most_curl_transfers),
              "split it into several lines");
}

Result<std::vector<GlobbedUrl>> expand_curl_globs(std::string_view url, std::size_t limit) {
  TRY_ASSIGN(const auto pieces, GlobParser(url, limit).parse());
  std::vector<GlobbedUrl> urls(1);
  for (const auto& piece : pieces) {
    std::vector<GlobbedUrl> longer;
    for (const auto& begun : urls) {
      for (const auto& text : piece.texts) {
        longer.push_back({begun.url + text, begun.choices});
        if (piece.glob) longer.back().choices.push_back(text);
      }
    }
    urls = std::move(longer);
  }
  return urls;
}

std::string with_curl_choices(std::string_view file, const std::vector<std::string>& choices) {
  std::string name;
  while (!file.empty()) {
    const auto digits = std::min(file.find_first_not_of("0123456789", 1), file.size());
    const auto number = number_in<std::size_t>(file.substr(1, digits - 1));
    if (file.front() == '#' && number && *number >= 1 && *number <= choices.size()) {
      name += choices[*number - 1];
      file.remove_prefix(digits);
    } else {
      name += file.front();
      file.remove_prefix(1);
    }
  }
  return name;
}

}  // namespace applink::calls

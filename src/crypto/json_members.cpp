// A scanner over the grammar of RFC 8259.
#include "crypto/json_members.h"

#include <algorithm>

namespace applink::crypto {
namespace {

constexpr int deepest = 32;

class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) { skip_space(); }

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  bool skip(char expected) {
    if (at_end() || text_[at_] != expected) return false;
    ++at_;
    skip_space();
    return true;
  }

  // Past one value; what it was, or nothing.
  std::optional<std::string_view> value() {
    const std::size_t begin = at_;
    if (!skip_value()) return std::nullopt;
    const std::string_view found = text_.substr(begin, at_ - begin);
    skip_space();
    return found;
  }

  // Past `{` or `[` and everything to its end; `each` scans one item.
  template <class Each>
  bool list(char open, char close, const Each& each) {
    if (!skip(open)) return false;
    if (skip(close)) return true;
    do {
      if (!each()) return false;
    } while (skip(','));
    return skip(close);
  }

  std::optional<JsonMember> member() {
    const auto name = value();
    if (!name || name->front() != '"' || !skip(':')) return std::nullopt;
    const auto content = value();
    if (!content) return std::nullopt;
    return JsonMember{name->substr(1, name->size() - 2), *content};
  }

 private:
  void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  bool skip_value() {
    if (at_end()) return false;
    switch (text_[at_]) {
      case '"':
        return skip_string();
      case '{':
        return nested('{', '}', [this] { return member().has_value(); });
      case '[':
        return nested('[', ']', [this] { return value().has_value(); });
      default:
        return skip_word();
    }
  }

  template <class Each>
  bool nested(char open, char close, const Each& each) {
    if (depth_ == deepest) return false;
    ++depth_;
    const bool sound = list(open, close, each);
    --depth_;
    return sound;
  }

  bool skip_string() {
    for (++at_; !at_end(); ++at_) {
      const char letter = text_[at_];
      if (static_cast<unsigned char>(letter) < 0x20) return false;
      if (letter == '\\') ++at_;
      if (letter == '"') {
        ++at_;
        return true;
      }
    }
    at_ = text_.size();  // a backslash may have led beyond it
    return false;
  }

  // Numbers, true, false, null: their letters, without asking for their order.
  bool skip_word() {
    const std::size_t end =
        std::min(text_.find_first_not_of("+-.0123456789Eaeflnrstu", at_), text_.size());
    const bool some = end > at_;
    at_ = end;
    return some;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<std::vector<JsonMember>> json_members(std::string_view text) {
  JsonScanner scanner(text);
  std::vector<JsonMember> members;
  const bool sound = scanner.list('{', '}', [&] {
    const auto member = scanner.member();
    if (member) members.push_back(*member);
    return member.has_value();
  });
  if (!sound || !scanner.at_end()) return std::nullopt;
  return members;
}

std::optional<std::vector<std::string_view>> json_elements(std::string_view text) {
  JsonScanner scanner(text);
  std::vector<std::string_view> elements;
  const bool sound = scanner.list('[', ']', [&] {
    const auto element = scanner.value();
    if (element) elements.push_back(*element);
    return element.has_value();
  });
  if (!sound || !scanner.at_end()) return std::nullopt;
  return elements;
}

std::optional<std::string_view> json_member(const std::vector<JsonMember>& members,
                                            std::string_view name) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [name](const JsonMember& m) { return m.name == name; });
  if (found == members.end()) return std::nullopt;
  return found->value;
}

std::optional<std::string_view> plain_json_string(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  if (!quoted || value.find('\\') != std::string_view::npos) return std::nullopt;
  return value.substr(1, value.size() - 2);
}

}  // namespace applink::crypto

// A reader of words, a reader of clauses, and a filter.
#include "sandbox/jql.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "applink/base/result.h"
#include "applink/base/text.h"

namespace applink::sandbox {
namespace {

template <class T>
using Parsed = tl::expected<T, std::string>;

enum class Kind { word, quoted, symbol, end };

struct Lexeme {
  Kind kind = Kind::end;
  std::string text;
};

tl::unexpected<std::string> error_in_query(std::string_view what) {
  return tl::unexpected(fmt::format("Error in the JQL Query: {}", what));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Parsed<Lexeme> next() {
    rest_ = trim_ascii(rest_);
    if (rest_.empty()) return Lexeme{};
    if (rest_.front() == '"' || rest_.front() == '\'') return quoted();
    for (const std::string_view symbol : {"!=", "!~", "=", "~", "(", ")", ","}) {
      if (rest_.substr(0, symbol.size()) == symbol) return take(Kind::symbol, symbol.size());
    }
    const std::size_t size = std::min(rest_.find_first_of(" \t\r\n\"'!=~(),"), rest_.size());
    if (size == 0)
      return error_in_query(fmt::format("The character '{}' is not expected.", rest_[0]));
    return take(Kind::word, size);
  }

  /// Takes the next word if it is this one, in any case.
  bool accept(std::string_view keyword) {
    const std::string_view before = rest_;
    const auto lexeme = next();
    if (lexeme && lexeme->kind != Kind::quoted && to_lower_ascii(lexeme->text) == keyword) {
      return true;
    }
    rest_ = before;
    return false;
  }

 private:
  Lexeme take(Kind kind, std::size_t size) {
    Lexeme lexeme{kind, std::string(rest_.substr(0, size))};
    rest_.remove_prefix(size);
    return lexeme;
  }

  Parsed<Lexeme> quoted() {
    std::string text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == rest_.front()) {
        rest_.remove_prefix(i + 1);
        return Lexeme{Kind::quoted, std::move(text)};
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      text += rest_[i];
    }
    return error_in_query("The quoted string has not been completed.");
  }

  std::string_view rest_;
};

using Field = std::string (*)(const Issue&);

struct NamedField {
  std::string_view name;
  Field value;
};

constexpr std::array<NamedField, 10> fields{{
    {"project", [](const Issue& issue) { return issue.key.substr(0, issue.key.find('-')); }},
    {"key", [](const Issue& issue) { return issue.key; }},
    {"issuekey", [](const Issue& issue) { return issue.key; }},
    {"issue", [](const Issue& issue) { return issue.key; }},
    {"id", [](const Issue& issue) { return issue.id; }},
    {"summary", [](const Issue& issue) { return issue.summary; }},
    {"description", [](const Issue& issue) { return issue.description; }},
    {"text", [](const Issue& issue) { return issue.summary + '\n' + issue.description; }},
    {"creator", [](const Issue& issue) { return issue.creator; }},
    {"reporter", [](const Issue& issue) { return issue.creator; }},
}};

struct Clause {
  Field field;
  std::string operation;
  std::vector<std::string> values;

  [[nodiscard]] bool holds(const Issue& issue) const {
    const std::string actual = to_lower_ascii(field(issue));
    const bool contains = operation == "~" || operation == "!~";
    const bool any =
        std::any_of(values.begin(), values.end(), [&actual, contains](const std::string& value) {
          return contains ? actual.find(value) != std::string::npos : actual == value;
        });
    return any != (operation.front() == '!');
  }
};

Parsed<Field> read_field(Reader& reader) {
  TRY_ASSIGN(const Lexeme name, reader.next());
  if (name.kind == Kind::end) return error_in_query("A field is missing at its end.");
  for (const NamedField& field : fields) {
    if (field.name == to_lower_ascii(name.text)) return field.value;
  }
  return tl::unexpected(fmt::format(
      "Field '{}' does not exist or you do not have permission to view it.", name.text));
}

Parsed<std::string> read_value(Reader& reader) {
  TRY_ASSIGN(const Lexeme value, reader.next());
  if (value.kind == Kind::word || value.kind == Kind::quoted) return to_lower_ascii(value.text);
  return error_in_query("A value is missing after the operator.");
}

Parsed<std::vector<std::string>> read_list(Reader& reader) {
  if (!reader.accept("(")) return error_in_query("A list begins with '('.");
  std::vector<std::string> values;
  do {
    TRY_ASSIGN(std::string value, read_value(reader));
    values.push_back(std::move(value));
  } while (reader.accept(","));
  if (!reader.accept(")")) return error_in_query("A list ends with ')'.");
  return values;
}

Parsed<Clause> read_clause(Reader& reader) {
  TRY_ASSIGN(const auto field, read_field(reader));
  TRY_ASSIGN(const Lexeme operation, reader.next());
  const std::string name = to_lower_ascii(operation.text);
  if (name == "in") {
    TRY_ASSIGN(auto values, read_list(reader));
    return Clause{field, name, std::move(values)};
  }
  if (name != "=" && name != "!=" && name != "~" && name != "!~") {
    return error_in_query(fmt::format("'{}' is no operator that this sandbox knows.", name));
  }
  TRY_ASSIGN(std::string value, read_value(reader));
  return Clause{field, name, {std::move(value)}};
}

Parsed<void> read_order(Reader& reader, std::vector<Issue>& found) {
  if (!reader.accept("by")) return error_in_query("BY is missing after ORDER.");
  TRY_ASSIGN(const auto field, read_field(reader));
  std::stable_sort(found.begin(), found.end(),
                   [field](const Issue& a, const Issue& b) { return field(a) < field(b); });
  if (!reader.accept("asc") && reader.accept("desc")) std::reverse(found.begin(), found.end());
  return {};
}

void keep(std::vector<Issue>& found, const Clause& clause) {
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&clause](const Issue& issue) { return !clause.holds(issue); }),
              found.end());
}

bool at_end(Reader reader) {
  const auto rest = reader.next();
  return rest && rest->kind == Kind::end;
}

}  // namespace

tl::expected<std::vector<Issue>, std::string> search(const Issues& issues, std::string_view jql) {
  Reader reader(jql);
  std::vector<Issue> found = issues.all();
  bool ordered = reader.accept("order");
  bool more = !ordered && !at_end(reader);
  while (more) {
    TRY_ASSIGN(const Clause clause, read_clause(reader));
    keep(found, clause);
    more = reader.accept("and");
  }
  ordered = ordered || reader.accept("order");
  if (ordered) {
    TRY(read_order(reader, found));
  }
  if (!at_end(reader)) return error_in_query("Expecting either 'AND' or 'ORDER BY'.");
  return found;
}

}  // namespace applink::sandbox

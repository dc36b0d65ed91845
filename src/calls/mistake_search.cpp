// The right text with a wrong signature, then each wrong text, then two mistakes at once.
#include "calls/mistake_search.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace applink::calls {
namespace {

/// Of a longer text no two mistakes are tried: there are thousands of such pairs.
constexpr std::size_t longest_for_pairs = std::size_t{32} << 10;
/// Of one that is longer still, none is: a hundred copies of it would have to be made.
constexpr std::size_t longest_for_mistakes = std::size_t{1} << 20;

/// What a text became by the mistakes so far.
struct Attempt {
  SignedText text;
  std::vector<std::string> names;
  std::string instead;
  std::string deeds;
};

std::string joined(const std::string& one, const std::string& other) {
  return one.empty() || other.empty() ? one + other : fmt::format("{}, and {}", one, other);
}

Attempt with(const Attempt& before, std::string_view name, Mistaken&& mistaken) {
  Attempt after{std::move(mistaken.text), before.names, before.instead,
                joined(before.deeds, mistaken.deed)};
  after.names.emplace_back(name);
  if (!mistaken.instead.empty()) after.instead = std::move(mistaken.instead);
  return after;
}

FoundMistake in_words(Attempt attempt, const SignatureReading& reading) {
  if (!reading.name().empty()) attempt.names.push_back(reading.name());
  const std::string deeds = joined(attempt.deeds, reading.deed());
  return {std::move(attempt.names),
          attempt.instead.empty() ? fmt::format("the signature is right, but the client {}", deeds)
                                  : fmt::format("the signature is right for {}: the client {}",
                                                attempt.instead, deeds)};
}

enum class Readings { all, right_one };

class Search {
 public:
  Search(const MistakeClues& clues, const SignatureReadings& readings)
      : clues_(clues), readings_(readings) {}

  std::optional<FoundMistake> from(const SignedText& right) {
    const Attempt nothing_wrong{right, {}, "", ""};
    const std::string text = text_of(right);
    if (auto found = fitting(nothing_wrong, text, Readings::all)) return found;
    if (text.size() > longest_for_mistakes) return std::nullopt;
    std::vector<std::pair<std::size_t, Attempt>> singles;
    for (std::size_t i = 0; i < usual_mistakes().size(); ++i) {
      for (Attempt& attempt : after_one_more(nothing_wrong, i)) {
        if (auto found = fitting(attempt, text_of(attempt.text), Readings::all)) return found;
        singles.emplace_back(i, std::move(attempt));
      }
    }
    if (text.size() > longest_for_pairs) return std::nullopt;
    for (const auto& [first, attempt] : singles) {
      if (auto found = after_a_second(attempt, first)) return found;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<FoundMistake> after_a_second(const Attempt& attempt,
                                                           std::size_t first) const {
    for (std::size_t i = first + 1; i < usual_mistakes().size(); ++i) {
      for (const Attempt& both : after_one_more(attempt, i)) {
        if (auto found = fitting(both, text_of(both.text), Readings::right_one)) return found;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<Attempt> after_one_more(const Attempt& before, std::size_t i) const {
    const UsualMistake& mistake = usual_mistakes()[i];
    std::vector<Attempt> attempts;
    for (Mistaken& mistaken : mistake.made(before.text, clues_)) {
      if (mistaken.text == before.text) continue;
      attempts.push_back(with(before, mistake.name, std::move(mistaken)));
    }
    return attempts;
  }

  [[nodiscard]] std::optional<FoundMistake> fitting(const Attempt& attempt, std::string_view text,
                                                    Readings which) const {
    for (const auto& reading : readings_) {
      if (which == Readings::right_one && !reading->name().empty()) continue;
      if (reading->is_of(text)) return in_words(attempt, *reading);
    }
    return std::nullopt;
  }

  const MistakeClues& clues_;
  const SignatureReadings& readings_;
};

}  // namespace

std::optional<FoundMistake> found_mistake(const SignedText& right, const MistakeClues& clues,
                                          const SignatureReadings& readings) {
  return Search(clues, readings).from(right);
}

std::optional<FoundMistake> found_mistake(std::string_view base_string, crypto::Digest hash,
                                          const SignatureReadings& readings) {
  using Ending = SignedText::Ending;
  struct Way {
    Ending ending;
    std::string_view name;
    std::string_view deed;
  };
  constexpr std::array ways{
      Way{Ending::none, "", ""},
      Way{Ending::line_end, "line end", "signed a line end behind it, as echo prints one"},
      Way{Ending::hashed, "hashed twice", "hashed it twice"},
      Way{Ending::hashed_in_hex, "hashed twice", "hashed it twice, the first hash in hexadecimal"},
      Way{Ending::hashed_in_base64, "hashed twice", "hashed it twice, the first hash in base64"},
  };
  for (const auto& [ending, name, deed] : ways) {
    const std::string text = ended(base_string, ending, hash);
    for (const auto& reading : readings) {
      if (!reading->is_of(text)) continue;
      Attempt attempt{{}, {}, "", std::string(deed)};
      if (!name.empty()) attempt.names.emplace_back(name);
      return in_words(std::move(attempt), *reading);
    }
  }
  return std::nullopt;
}

}  // namespace applink::calls

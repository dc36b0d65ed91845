// Everything that an intruder can do to the rows of a small store, without exception: each bit,
// each row in each other place, each mixture of what is there with what was there before.
#include <algorithm>
#include <functional>
#include <iostream>
#include <optional>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/memory_records.h"
#include "store/sealed_records.h"
#include "store/unlock.h"
#include "support/fixed_clock.h"

namespace applink::store {
namespace {

using Content = MemoryRecords::Content;

bool same(const StoredRecord& a, const StoredRecord& b) {
  return a.version == b.version && a.digest == b.digest && a.sealed == b.sealed;
}
bool same(const std::string& a, const std::string& b) {
  return a == b;
}
bool same(const WrappedKey& a, const WrappedKey& b) {
  return a.method == b.method && a.parameters == b.parameters && a.wrapped == b.wrapped;
}

template <class Rows>
bool same_rows(const Rows& a, const Rows& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && same(x.second, y.second);
  });
}

bool same(const Content& a, const Content& b) {
  return same_rows(a.records, b.records) && same_rows(a.events, b.events) && a.head == b.head &&
         same_rows(a.wrapped_keys, b.wrapped_keys) && a.format == b.format;
}

// A store and every state that it was ever in: records that were added, replaced and removed, and
// two unlock methods.
class Intruder {
 public:
  Intruder() : Intruder(crypto::SealingKey::random()) {}
  explicit Intruder(const crypto::SealingKey& data_key) {
    auto memory = std::make_unique<MemoryRecords>();
    content = &memory->content();
    records = std::make_unique<SealedRecords>(std::move(memory), data_key, clock, "alice@host");
    const auto keep = [&](const Result<void>& done) {
      EXPECT_TRUE(done);
      past.push_back(*content);
      told.push_back(answers());
    };
    keep(records->create());
    keep(records->put_unlock_method(wrap(data_key, unlock_key, key_file_method), Change::added));
    keep(records->put(RecordKind::link, "prod", Secret("the first"), 0));
    keep(records->put(RecordKind::link, "prod", Secret("the second"), 3));
    keep(records->put(RecordKind::token, "prod/default", Secret("a token"), 0));
    keep(records->put(RecordKind::link, "gone", Secret("gone"), 0));
    keep(records->erase(RecordKind::link, "gone", 6));
    keep(records->put_unlock_method(wrap(data_key, unlock_key, "other"), Change::added));
    truth = *content;
    EXPECT_TRUE(findings().empty());
  }

  [[nodiscard]] std::vector<std::string> findings() const { return *records->check(); }

  // What comes out of what is there now, in words; nothing where it is an error.
  [[nodiscard]] std::vector<std::optional<std::string>> answers() const {
    std::vector<std::optional<std::string>> answers;
    for (const auto& [kind, name] : {std::pair{RecordKind::link, "prod"},
                                     {RecordKind::link, "gone"},
                                     {RecordKind::token, "prod/default"}}) {
      const auto found = records->find(kind, name);
      if (!found) {
        answers.emplace_back();
      } else {
        answers.emplace_back(*found ? std::string((*found)->content.reveal()) : "not there");
      }
    }
    const auto links = records->list(RecordKind::link);
    answers.push_back(links ? std::optional(std::to_string(links->size())) : std::nullopt);
    std::string events;
    const auto visited = records->visit_events([&](const auto& numbered) -> Result<void> {
      events += numbered.event.id.name + ";";
      return {};
    });
    answers.push_back(visited ? std::optional(events) : std::nullopt);
    return answers;
  }

  // Whether something else comes out than what was written when the head that is there was sealed.
  [[nodiscard]] bool tells_a_lie() const {
    const auto state = std::find_if(
        past.begin(), past.end(), [&](const Content& then) { return then.head == content->head; });
    const auto found = answers();
    if (state == past.end()) {
      return std::any_of(found.begin(), found.end(), [](const auto& answer) { return answer; });
    }
    const auto& right = told[static_cast<std::size_t>(state - past.begin())];
    return !std::equal(found.begin(), found.end(), right.begin(),
                       [](const auto& a, const auto& b) { return !a || a == b; });
  }

  // Does it to the store, and wants it noticed by the check, and nothing wrong read.
  void expect_noticed(const std::string& what, const std::function<void(Content&)>& deed) {
    deed(*content);
    ++deeds;
    EXPECT_FALSE(same(*content, truth)) << what << " changes nothing";
    EXPECT_FALSE(findings().empty()) << what << " is not noticed";
    EXPECT_FALSE(tells_a_lie()) << what << " is believed";
    *content = truth;
  }

  crypto::SealingKey unlock_key = crypto::SealingKey::random();
  test::FixedClock clock;
  Content* content = nullptr;
  Content truth;
  std::vector<Content> past;                                  // the last is the truth
  std::vector<std::vector<std::optional<std::string>>> told;  // in each of these states
  std::unique_ptr<SealedRecords> records;
  int deeds = 0;
};

class EveryTampering : public ::testing::Test {
 protected:
  ~EveryTampering() override {
    if (intruder.deeds > 0) std::cout << intruder.deeds << " ways to tamper, each noticed\n";
  }

  // A bit of each byte: which of them is all one to what they are sealed with. The tests in
  // tampering_test.cpp flip each.
  void flip_in_each_byte(const std::string& what,
                         const std::function<std::string&(Content&)>& bytes) {
    for (std::size_t at = 0; at < bytes(intruder.truth).size(); ++at) {
      intruder.expect_noticed(what + ", byte " + std::to_string(at), [&](Content& content) {
        char& byte = bytes(content)[at];
        byte = static_cast<char>(byte ^ (1 << (at % 8)));
      });
    }
  }

  Intruder intruder;
};

TEST_F(EveryTampering, EachByteOfEachRow) {
  for (const auto& row : intruder.truth.records) {
    const RecordId& id = row.first;
    flip_in_each_byte(
        id.name, [&](Content & content) -> auto& { return content.records[id].sealed; });
    flip_in_each_byte(
        id.name, [&](Content & content) -> auto& { return content.records[id].digest; });
    for (int bit = 0; bit < 64; ++bit) {
      intruder.expect_noticed(id.name, [&](Content& content) {
        content.records[id].version ^= std::uint64_t{1} << bit;
      });
    }
  }
  for (const auto& row : intruder.truth.events) {
    const std::uint64_t number = row.first;
    flip_in_each_byte(
        "event", [&](Content & content) -> auto& { return content.events[number]; });
  }
  flip_in_each_byte(
      "head", [](Content & content) -> auto& { return *content.head; });
  for (const auto& row : intruder.truth.wrapped_keys) {
    const std::string& method = row.first;
    flip_in_each_byte(
        method, [&](Content & content) -> auto& { return content.wrapped_keys[method].wrapped; });
    intruder.expect_noticed(
        method, [&](Content& content) { content.wrapped_keys[method].parameters += '\0'; });
  }
}

TEST_F(EveryTampering, EachRowTakenOutOrUnderEachOtherName) {
  const auto another_name = [](RecordId id) {
    id.name += "2";
    return id;
  };
  for (const auto& row : intruder.truth.records) {
    const RecordId& id = row.first;
    intruder.expect_noticed("taken out", [&](Content& now) { now.records.erase(id); });
    intruder.expect_noticed("new",
                            [&](Content& now) { now.records[another_name(id)] = row.second; });
    for (const auto& other : intruder.truth.records) {
      if (other.first == id) continue;
      intruder.expect_noticed("copied", [&](Content& now) { now.records[id] = other.second; });
      intruder.expect_noticed(
          "exchanged", [&](Content& now) { std::swap(now.records[id], now.records[other.first]); });
    }
  }
  for (const auto& row : intruder.truth.wrapped_keys) {
    intruder.expect_noticed("taken out", [&](Content& now) { now.wrapped_keys.erase(row.first); });
    intruder.expect_noticed("added", [&](Content& now) {
      now.wrapped_keys["new"] = row.second;
      now.wrapped_keys["new"].method = "new";
    });
  }
  intruder.expect_noticed("head", [](Content& now) { now.head.reset(); });
}

TEST_F(EveryTampering, EachEventTakenOutCopiedExchangedOrCutOff) {
  const std::uint64_t last = intruder.truth.events.rbegin()->first;
  for (std::uint64_t a = 1; a <= last; ++a) {
    intruder.expect_noticed("taken out", [&](Content& now) { now.events.erase(a); });
    intruder.expect_noticed(
        "cut off", [&](Content& now) { now.events.erase(now.events.find(a), now.events.end()); });
    intruder.expect_noticed("added", [&](Content& now) { now.events[last + 1] = now.events[a]; });
    intruder.expect_noticed("far away",
                            [&](Content& now) { now.events[last + 9] = now.events[a]; });
    for (std::uint64_t b = 1; b <= last; ++b) {
      if (a == b) continue;
      intruder.expect_noticed("copied", [&](Content& now) { now.events[a] = now.events[b]; });
      intruder.expect_noticed("exchanged",
                              [&](Content& now) { std::swap(now.events[a], now.events[b]); });
    }
  }
}

TEST_F(EveryTampering, EachRowOfAnotherStore) {
  const Intruder other;
  for (const auto& row : other.truth.records) {
    intruder.expect_noticed("record", [&](Content& now) { now.records[row.first] = row.second; });
  }
  for (const auto& row : other.truth.events) {
    intruder.expect_noticed("event", [&](Content& now) { now.events[row.first] = row.second; });
  }
  for (const auto& row : other.truth.wrapped_keys) {
    intruder.expect_noticed("way in",
                            [&](Content& now) { now.wrapped_keys[row.first] = row.second; });
  }
  intruder.expect_noticed("head", [&](Content& now) { now.head = other.truth.head; });
  intruder.expect_noticed("all", [&](Content& now) { now = other.truth; });
}

// Takes of each row that differs either what is there or what was there; all mixtures.
class Mixtures {
 public:
  Mixtures(const Content& now, const Content& then) : now_(&now) {
    collect(
        now.records, then.records, [](Content & content) -> auto& { return content.records; });
    collect(
        now.wrapped_keys, then.wrapped_keys,
        [](Content & content) -> auto& { return content.wrapped_keys; });
    if (now.head != then.head) {
      put_back_.emplace_back([&then](Content& content) { content.head = then.head; });
    }
    // Of the log any end may be cut off; more than that is the matter of the test above.
    for (std::uint64_t last = then.events.size(); last < now.events.size(); ++last) {
      cuts_.push_back(last);
    }
    cuts_.push_back(now.events.size());
  }

  void each(const std::function<void(const Content&)>& look) const {
    for (unsigned chosen = 0; chosen < (1U << put_back_.size()); ++chosen) {
      for (const std::uint64_t last : cuts_) {
        Content mixed = *now_;
        for (std::size_t i = 0; i < put_back_.size(); ++i) {
          if ((chosen & (1U << i)) != 0) put_back_[i](mixed);
        }
        mixed.events.erase(mixed.events.upper_bound(last), mixed.events.end());
        look(mixed);
      }
    }
  }

 private:
  template <class Rows, class In>
  void collect(const Rows& now, const Rows& then, In in) {
    for (const auto& [name, row] : then) {
      const auto found = now.find(name);
      if (found != now.end() && same(found->second, row)) continue;
      put_back_.emplace_back([&name, &row, in](Content& content) { in(content)[name] = row; });
    }
    for (const auto& row : now) {
      if (then.count(row.first) != 0) continue;
      put_back_.emplace_back([&row, in](Content& content) { in(content).erase(row.first); });
    }
  }

  const Content* now_;
  std::vector<std::function<void(Content&)>> put_back_;
  std::vector<std::uint64_t> cuts_;
};

TEST_F(EveryTampering, EachMixtureOfWhatIsThereWithEachOlderState) {
  int whole = 0;
  for (const Content& then : intruder.past) {
    Mixtures(intruder.truth, then).each([&](const Content& mixed) {
      const bool a_state_of_its_own =
          std::any_of(intruder.past.begin(), intruder.past.end(),
                      [&](const Content& state) { return same(state, mixed); });
      if (!a_state_of_its_own) {
        intruder.expect_noticed("mixed", [&](Content& now) { now = mixed; });
        return;
      }
      // Not told apart from a backup, as docs/formats.md section 1 says; and that is all.
      ++whole;
      *intruder.content = mixed;
      EXPECT_TRUE(intruder.findings().empty());
      *intruder.content = intruder.truth;
    });
  }
  EXPECT_GE(whole, static_cast<int>(intruder.past.size()));
}

TEST_F(EveryTampering, ALieWouldBeSeen) {
  EXPECT_FALSE(intruder.tells_a_lie());
  intruder.told.back()[0] = "something else";
  EXPECT_TRUE(intruder.tells_a_lie());
}

}  // namespace
}  // namespace applink::store

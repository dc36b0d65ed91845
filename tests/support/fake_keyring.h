// A keyring in memory, which a test takes away, locks and looks into.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "applink/store/keyring_service.h"

namespace applink::test {

class FakeKeyring final : public store::KeyringService {
 public:
  struct Item {
    std::string label;
    std::string secret;
  };

  /// From now on every call fails with ErrorCode::locked, as on a machine without a desktop.
  void go_away() { answers_ = false; }
  void come_back() { answers_ = true; }

  [[nodiscard]] std::map<std::string, Item>& items() { return items_; }
  /// How often it was asked for anything.
  [[nodiscard]] int calls() const { return calls_; }

  Result<void> keep(std::string_view identifier, std::string_view label,
                    const Secret& secret) override {
    TRY(answer());
    items_.insert_or_assign(std::string(identifier),
                            Item{std::string(label), std::string(secret.reveal())});
    return {};
  }

  Result<std::optional<Secret>> find(std::string_view identifier) override {
    TRY(answer());
    const auto found = items_.find(std::string(identifier));
    if (found == items_.end()) return std::nullopt;
    return Secret(found->second.secret);
  }

  Result<void> forget(std::string_view identifier) override {
    TRY(answer());
    items_.erase(std::string(identifier));
    return {};
  }

 private:
  Result<void> answer() {
    ++calls_;
    if (answers_) return {};
    return fail(ErrorCode::locked, "no keyring answers", "log in at the desktop");
  }

  std::map<std::string, Item> items_;
  bool answers_ = true;
  int calls_ = 0;
};

}  // namespace applink::test

// The flags that name the form of an export, one for each form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/keyring/key_form.h"
#include "cli/arguments.h"
#include "cli/secret_source.h"
#include "cli/terminal.h"

namespace applink::cli {

class KeyFormFlags {
 public:
  KeyFormFlags() = default;
  KeyFormFlags(const KeyFormFlags&) = delete;  // what it declares refers to it
  KeyFormFlags& operator=(const KeyFormFlags&) = delete;

  void declare(Arguments& arguments);

  /// The forms that were asked for, in no order.
  [[nodiscard]] const std::vector<keyring::KeyForm>& chosen() const { return chosen_; }

  /// That what was said beside the form goes with it; `form` is absent where there is none.
  [[nodiscard]] Result<void> check(std::optional<keyring::KeyForm> form) const;
  /// The passphrase is asked for where the form wants one; `key` is what it will be of.
  [[nodiscard]] Result<keyring::KeyFormDetails> details(keyring::KeyForm form, std::string_view key,
                                                        const Terminal& terminal) const;

 private:
  std::vector<keyring::KeyForm> chosen_;
  SecretSource passphrase_;
  std::optional<crypto::Kdf> kdf_;
  std::optional<std::string> alias_;
  std::optional<std::string> kid_;
};

}  // namespace applink::cli

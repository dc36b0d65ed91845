// What the signature of a captured request is checked with, as flags and the store say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/calls/verify_captured.h"
#include "applink/jira/application_link.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/secret_source.h"

namespace applink::cli {

struct VerificationKey {
  calls::ClientKey key;
  std::string description;  ///< "the key of public.pem, of 2048 bits". Foreign text
};

class VerificationKeyFlags {
 public:
  VerificationKeyFlags() = default;
  VerificationKeyFlags(const VerificationKeyFlags&) = delete;  // what it declares refers to it
  VerificationKeyFlags& operator=(const VerificationKeyFlags&) = delete;

  void declare(Arguments& arguments);

  /// Whether a flag brings a key or secrets: then the store is asked for none.
  [[nodiscard]] bool is_given() const { return public_key_ || secrets_are_given(); }
  /// Flags that read standard input.
  [[nodiscard]] std::vector<std::string> readers_of_stdin() const;

  /// `link` is there where the store is to be asked; `token` is that of the request.
  [[nodiscard]] Result<VerificationKey> read(Context& context, const jira::ApplicationLink* link,
                                             std::string_view token) const;

 private:
  [[nodiscard]] bool secrets_are_given() const {
    return consumer_secret_.is_given() || token_secret_.is_given();
  }
  [[nodiscard]] Result<VerificationKey> of_file(Context& context) const;
  [[nodiscard]] Result<VerificationKey> of_flags(Context& context) const;

  std::optional<std::string> public_key_;
  SecretSource consumer_secret_;
  SecretSource token_secret_;
  SecretSource passphrase_;
};

}  // namespace applink::cli

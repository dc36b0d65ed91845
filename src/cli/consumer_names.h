// What an administrator and the users read of us on the other side.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"
#include "applink/jira/admin_screens.h"
#include "applink/jira/application_link.h"
#include "cli/arguments.h"

namespace applink::cli {

class ConsumerNames {
 public:
  /// --application-name and --consumer-name.
  void declare(Arguments& arguments);

  /// The incoming consumer of the link, under the names that were said.
  [[nodiscard]] Result<jira::IncomingConsumer> consumer(const jira::ApplicationLink& link,
                                                        const crypto::RsaPublicKey& key) const;

 private:
  std::optional<std::string> application_name_;
  std::optional<std::string> consumer_name_;
};

}  // namespace applink::cli

// The token that a command means.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "applink/store/vault.h"

namespace applink::cli {

/// Absence is an error that names the login which would change it.
Result<store::Token> token_of(const store::Vault& vault, const jira::ApplicationLink& link,
                              const std::string& user_label);

}  // namespace applink::cli

// The settings of a link that come from files, read once so that a wrong one is found now and not
// at the first call.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::cli {

/// For a link is used from other directories too; an empty path stays empty.
std::string absolute_path(const std::string& path);

Result<void> set_ca_file(jira::ApplicationLink& link, const std::string& path);

/// The certificate and the key that the link names: that they are PEM, belong together, and that
/// nobody else reads the key.
Result<void> check_client_files(const jira::ApplicationLink& link);

/// A URL from the command line, which others on this machine can read: a login in it is refused.
Result<void> set_proxy(jira::ApplicationLink& link, const std::string& url);
/// A URL from a file or from standard input, with a login perhaps.
Result<void> set_proxy_from_file(jira::ApplicationLink& link, const std::string& path_or_dash);

}  // namespace applink::cli

// What listings say of a link: nothing of it is secret.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "applink/jira/application_link.h"
#include "cli/json_text.h"
#include "cli/layout.h"

namespace applink::cli {

/// `default_link` is the name of the link that is meant where none is named.
Json json_of(const jira::ApplicationLink& link, const std::optional<std::string>& default_link);

/// For people: what is as it usually is, is left out.
std::vector<Row> rows_of(const jira::ApplicationLink& link,
                         const std::optional<std::string>& default_link);

}  // namespace applink::cli

// As much of Jira's query language as a client needs to try a search.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "sandbox/issues.h"

namespace applink::sandbox {

/// Clauses joined by AND: a field (project, key, id, summary, description, text, creator), one of
/// the operators = != ~ !~ IN, a word or a quoted text; then ORDER BY a field, ASC or DESC. The
/// error is a sentence for errorMessages.
tl::expected<std::vector<Issue>, std::string> search(const Issues& issues, std::string_view jql);

}  // namespace applink::sandbox

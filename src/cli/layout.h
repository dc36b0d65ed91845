// Text in columns, for people; programs read the JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace applink::cli {

using Row = std::vector<std::string>;

/// One line a row, each column as wide as its widest cell. Cells are made safe for a terminal; no
/// line ends in spaces.
std::string aligned(const std::vector<Row>& rows, std::string_view indent = "");

}  // namespace applink::cli

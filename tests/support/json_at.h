// Looking into JSON answers. The library that reads them is a large header, and its values are dear
// to compare: tests compare text.
#pragma once

#include <string>
#include <string_view>

namespace applink::test {

/// What stands at `pointer` (RFC 6901, such as "/issues/0/key"; "" is all of it) in the JSON
/// `text`: JSON again, without blanks, the fields of objects by name. "absent" where nothing stands
/// there, "not JSON" where `text` is none.
std::string json_at(std::string_view text, const std::string& pointer);

}  // namespace applink::test

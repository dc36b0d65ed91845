// What a store or a copy of one holds, in words and as JSON.
#pragma once

#include <string>

#include "applink/store/backup.h"
#include "cli/json_text.h"

namespace applink::cli {

/// "3 keys, 1 link, 2 tokens, 31 events"
std::string in_words(const store::StoreContents& contents);

void add_to(Json& object, const store::StoreContents& contents);

}  // namespace applink::cli

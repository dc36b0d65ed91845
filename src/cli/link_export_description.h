// What a link on its way from one machine to another holds: nothing of what is said is secret.
#pragma once

#include <string>

#include "applink/store/link_export.h"
#include "cli/json_text.h"

namespace applink::cli {

/// "the link prod to https://…, the key hubkey and 2 tokens"
std::string in_words(const store::LinkExport& exported);

/// For people, a row each.
std::string as_text(const store::LinkExport& exported);

Json json_of(const store::LinkExport& exported, store::ImportedKey key);

}  // namespace applink::cli

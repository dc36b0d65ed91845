// The records of a link on its way, as the content of an envelope: docs/formats.md section 11.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/store/link_export.h"

namespace applink::store {

Secret encode(const LinkExport& exported);

/// Of anybody's bytes: who sent the file knows its passphrase.
Result<LinkExport> decode_link_export(std::string_view content);

}  // namespace applink::store

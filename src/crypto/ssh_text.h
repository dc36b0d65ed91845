// Public keys as OpenSSH and other SSH programs write them into files.
#pragma once

#include <optional>
#include <string_view>

#include "applink/base/secret.h"

namespace applink::crypto {

/// The blob (RFC 4253) in a line "ssh-rsa AAAA… comment", or in "BEGIN SSH2 PUBLIC KEY" (RFC 4716);
/// of whatever algorithm.
std::optional<Secret> ssh_blob_in(std::string_view text);

}  // namespace applink::crypto

// Files that are no keys, told apart by their looks.
#pragma once

#include <string_view>

#include "crypto/key_blob.h"

namespace applink::crypto {

enum class ForeignFile { empty, web_page, known_hosts, java_keystore, json, binary, text };

/// "HTML or XML", "a Java keystore".
std::string_view described(ForeignFile file);

/// `content` is what key_content() made of `file`: nothing.
ForeignFile foreign_file(std::string_view file, const KeyContent& content);

}  // namespace applink::crypto

// What is said of an inspected key, for people and for programs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/crypto/key_inspection.h"
#include "cli/json_text.h"

namespace applink::cli {

enum class KeySource { file, store };

struct Inspected {
  std::string name;  ///< the file as it was named, "standard input", or the name of a stored key
  KeySource source = KeySource::file;
  crypto::KeyFileReport report;
};

/// Rows of a label and a text, 80 columns wide.
std::string as_text(const Inspected& inspected);
Json as_json(const Inspected& inspected);

}  // namespace applink::cli

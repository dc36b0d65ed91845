// One line of a batch, read: the request that it asks to sign.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/http/form.h"

namespace applink::calls {

/// As the line says it; nothing in it is checked but that it is there and of the right kind.
struct BatchRequest {
  std::string method;
  std::string url;
  std::optional<std::string> body;
  std::optional<std::string> content_type;
  std::optional<std::vector<http::FormPair>> form;
  std::optional<std::string> nonce;
  std::optional<Timestamp> timestamp;
  std::optional<std::string> realm;
  std::optional<std::string> callback;
  std::optional<std::string> verifier;
};

struct BatchLine {
  std::string id = "null";  ///< as JSON; null of a line that is no JSON
  Result<BatchRequest> request;
};

/// Refuses what is no JSON object, a field that does not exist or is there twice, and a value of
/// another kind than its field's. Numbers and texts never stand for each other.
BatchLine read_batch_line(std::string_view line);

}  // namespace applink::calls

// What a batch answers to one line.
#pragma once

#include <string>

#include "applink/calls/batch.h"
#include "applink/signing/request_signer.h"
#include "calls/line_reader.h"

namespace applink::calls {

/// Shared by all who sign for the batch, and nobody changes it.
struct BatchSigner {
  const signing::RequestSigner& signer;
  const signing::Credentials& credentials;
  const BatchOptions& options;
};

struct BatchAnswer {
  enum class Outcome { done, failed };

  std::string line;  ///< of JSON, with its line end
  Outcome outcome = Outcome::done;
};

BatchAnswer answer_to(const LineReader::Line& line, const BatchSigner& by);

}  // namespace applink::calls

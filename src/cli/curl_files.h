// The files that a curl command line names, read once and before curl reads them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "applink/calls/curl_arguments.h"

namespace applink::cli {

class CurlFilesHere final : public calls::CurlFiles {
 public:
  /// `stdin_readers` are flags of ours that read standard input.
  explicit CurlFilesHere(std::vector<std::string> stdin_readers)
      : stdin_readers_(std::move(stdin_readers)) {}

  /// The same bytes whenever one file is asked for again.
  Result<std::string> read(const std::string& path) override;
  std::optional<std::string> default_config() override;

 private:
  std::vector<std::string> stdin_readers_;
  std::map<std::string, std::string> read_;
};

}  // namespace applink::cli

// Files of a curl command line that exist in a test alone.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "applink/calls/curl_arguments.h"

namespace applink::test {

class NamedFiles final : public calls::CurlFiles {
 public:
  NamedFiles() = default;
  NamedFiles(std::initializer_list<std::pair<const std::string, std::string>> files)
      : files_(files) {}

  Result<std::string> read(const std::string& path) override {
    reads.push_back(path);
    const auto found = files_.find(path);
    if (found != files_.end()) return found->second;
    return fail(ErrorCode::failed, "no such file: " + path, "is the name right?");
  }
  std::optional<std::string> default_config() override { return config; }

  std::optional<std::string> config;
  std::vector<std::string> reads;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace applink::test

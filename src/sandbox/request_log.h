// The request log: lines of JSON at the end of a file.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>

#include <nlohmann/json_fwd.hpp>

#include "applink/base/result.h"
#include "base/descriptor.h"

namespace applink::sandbox {

class RequestLog {
 public:
  /// A new file is its owner's alone; one that exists stays open to whom it is, for no secret is
  /// written. Refuses what is no file, and a symbolic link. "-" is standard error.
  static Result<std::shared_ptr<RequestLog>> open(const std::filesystem::path& path);

  explicit RequestLog(int file) : file_(file) {}

  /// Whole lines, from any thread. What the disk does not take is lost: a log is no reason to
  /// answer nobody.
  void write(const nlohmann::json& record);

 private:
  std::mutex mutex_;
  Descriptor file_;
};

}  // namespace applink::sandbox

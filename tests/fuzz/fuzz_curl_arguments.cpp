// A curl command line of anything, one argument a line: what is taken is the same when it is read
// again as it was written, sends nothing that was not said, and can hold a signature.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "applink/calls/curl_arguments.h"
#include "applink/http/message.h"

namespace {

using namespace applink::calls;

void demand(bool holds) {
  if (!holds) std::abort();
}

/// What stands behind the first empty line is every file there is.
class OneFile final : public CurlFiles {
 public:
  explicit OneFile(std::string content) : content_(std::move(content)) {}
  applink::Result<std::string> read(const std::string& path) override {
    demand(path != "-" || !std::exchange(input_, true));
    return content_;
  }
  std::optional<std::string> default_config() override { return std::nullopt; }

 private:
  std::string content_;
  bool input_ = false;
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<std::string> written(const CurlCommand& command) {
  auto arguments = command.global_arguments;
  for (const auto& transfer : command.transfers) {
    if (&transfer != &command.transfers.front()) arguments.emplace_back("--next");
    arguments.insert(arguments.end(), transfer.arguments.begin(), transfer.arguments.end());
    arguments.push_back(transfer.request.url.text());
  }
  return arguments;
}

void check(const CurlCommand& command) {
  demand(!command.transfers.empty() && command.transfers.size() <= 100);
  demand(command.global_arguments.front() == "-q");
  for (const auto& transfer : command.transfers) {
    demand(applink::http::is_token(transfer.request.method));
    demand(!transfer.request.headers.find("Authorization"));
    demand(transfer.request.headers.all("Content-Type").size() <= 1);
    demand(transfer.body == CurlBody::form || transfer.body == CurlBody::data ||
           transfer.request.body.empty());
    for (const auto& argument : transfer.arguments) {
      demand(argument.find('\0') == std::string::npos);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto gap = std::min(input.find("\n\n"), input.size());
  const auto arguments = lines_of(input.substr(0, gap));
  const std::string content(input.substr(std::min(gap + 2, input.size())));
  for (const auto purpose : {CurlPurpose::signing_with_body, CurlPurpose::inspection}) {
    OneFile files(content);
    static_cast<void>(read_curl_arguments(arguments, files, purpose));
  }
  OneFile files(content);
  const auto command = read_curl_arguments(arguments, files);
  if (!command) {
    demand(!command.error().message.empty() && !command.error().hint.empty());
    return 0;
  }
  check(*command);
  OneFile again(content);
  const auto second = read_curl_arguments(written(*command), again);
  demand(second && second->transfers.size() == command->transfers.size());
  demand(second->global_arguments == command->global_arguments);
  for (std::size_t i = 0; i < command->transfers.size(); ++i) {
    demand(second->transfers[i].request == command->transfers[i].request);
    demand(second->transfers[i].arguments == command->transfers[i].arguments);
  }
  return 0;
}

// What read_curl_arguments() makes of command lines: one a line comes in as JSON, and its transfers
// or an error go out, with the signed line, and with one that hides its arguments in files of the
// working directory. Files are read from the working directory; standard input of the line is the
// file "stdin". With --options: the table of curl's options; with --names: what each name that
// comes in is taken for.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/calls/curl_arguments.h"
#include "applink/calls/curl_command.h"
#include "calls/curl_options.h"

namespace {

using applink::Result;
using nlohmann::json;

class DirectoryFiles final : public applink::calls::CurlFiles {
 public:
  Result<std::string> read(const std::string& path) override {
    std::ifstream file(path == "-" ? "stdin" : path, std::ios::binary);
    if (!file) return applink::fail(applink::ErrorCode::failed, "no such file: " + path, "none");
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  std::optional<std::string> default_config() override { return std::nullopt; }
};

std::string_view name_of(applink::calls::CurlBody body) {
  using applink::calls::CurlBody;
  switch (body) {
    case CurlBody::none:
      return "none";
    case CurlBody::form:
      return "form";
    case CurlBody::data:
      return "data";
    case CurlBody::multipart:
      return "multipart";
    case CurlBody::upload:
      break;
  }
  return "upload";
}

json of(const applink::calls::CurlTransfer& transfer) {
  const auto& request = transfer.request;
  json object = {{"method", request.method},
                 {"url", request.url.text()},
                 {"body", applink::base64_encode(request.body)},
                 {"kind", name_of(transfer.body)}};
  const auto type = request.headers.find("Content-Type");
  object["content_type"] = type ? json(std::string(*type)) : json();
  return object;
}

/// Where a signature would stand.
Result<applink::http::Request> sign(const applink::calls::CurlTransfer& transfer) {
  auto request = transfer.request;
  request.headers.add("Authorization", "OAuth oauth_nonce=\"1\", oauth_signature=\"a%2Bb%3D\"");
  return request;
}

std::vector<std::string> hidden(const std::vector<std::string>& arguments, DirectoryFiles& files) {
  int count = 0;
  const auto write = [&count](std::string_view content) -> Result<std::string> {
    auto name = "hidden-" + std::to_string(count++);
    std::ofstream(name, std::ios::binary) << content;
    return name;
  };
  return applink::calls::hidden_curl_arguments(arguments, files, write).value();
}

json answer(const std::string& line) {
  DirectoryFiles files;
  const auto asked = json::parse(line);
  const auto arguments = asked.at("arguments").get<std::vector<std::string>>();
  const auto purpose = asked.at("whole") ? applink::calls::CurlPurpose::signing_with_body
                                         : applink::calls::CurlPurpose::signing;
  const auto command = applink::calls::read_curl_arguments(arguments, files, purpose);
  if (!command) return {{"error", command.error().message}, {"hint", command.error().hint}};
  json transfers = json::array();
  for (const auto& transfer : command->transfers) transfers.push_back(of(transfer));
  const auto line_signed = applink::calls::signed_curl_arguments(*command, sign).value();
  return {
      {"transfers", transfers}, {"signed", line_signed}, {"hidden", hidden(line_signed, files)}};
}

std::string_view name_of(applink::calls::CurlTakes takes) {
  using applink::calls::CurlTakes;
  switch (takes) {
    case CurlTakes::value:
      return "value";
    case CurlTakes::toggle:
      return "toggle";
    case CurlTakes::nothing:
      break;
  }
  return "nothing";
}

json options() {
  json table = json::array();
  for (const auto* option : applink::calls::curl_options()) {
    table.push_back({{"name", option->name},
                     {"letter", option->letter == '\0' ? "" : std::string(1, option->letter)},
                     {"takes", name_of(option->takes)},
                     {"global", option->scope == applink::calls::CurlScope::global},
                     {"newer", option->age == applink::calls::CurlAge::newer}});
  }
  return table;
}

std::string name(const std::string& typed) {
  const auto option = applink::calls::curl_option_named(typed);
  return option ? std::string((*option)->name) : "! " + option.error().message;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "--options") {
    std::cout << options().dump() << '\n';
    return 0;
  }
  std::string line;
  if (mode == "--names") {
    while (std::getline(std::cin, line)) std::cout << name(line) << '\n';
    return 0;
  }
  while (std::getline(std::cin, line)) std::cout << answer(line).dump() << std::endl;
}

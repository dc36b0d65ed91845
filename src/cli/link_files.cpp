// Reads and checks the files, and puts their content or their path into the link.
#include "cli/link_files.h"

#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/client_certificate.h"
#include "cli/input.h"

namespace applink::cli {
namespace {

constexpr std::size_t largest_pem = std::size_t{4} << 20;
constexpr std::size_t longest_login = 4096;

}  // namespace

std::string absolute_path(const std::string& path) {
  if (path.empty()) return path;
  std::error_code unknown;
  const auto absolute = std::filesystem::absolute(path, unknown);
  return (unknown ? std::filesystem::path(path) : absolute).string();
}

Result<void> set_ca_file(jira::ApplicationLink& link, const std::string& path) {
  link.ca_file = absolute_path(path);
  if (path.empty()) return {};
  TRY_ASSIGN(const std::string content, read_file(path, largest_pem));
  if (crypto::Certificate::from_pem(content)) return {};
  return fail(ErrorCode::usage, fmt::format("no certificate in PEM in {}", terminal_safe(path)),
              "--ca-file names the authority that signed the server's certificate");
}

Result<void> check_client_files(const jira::ApplicationLink& link) {
  if (link.client_certificate.empty()) return {};
  TRY_ASSIGN(const std::string certificate, read_file(link.client_certificate, largest_pem));
  TRY_ASSIGN(const Secret key, read_private_file(link.client_key, largest_pem));
  return crypto::check_client_certificate(certificate, key);
}

Result<void> set_proxy(jira::ApplicationLink& link, const std::string& url) {
  if (url.find('@') != std::string::npos) {
    return fail(ErrorCode::usage,
                "the URL of the proxy has a login, which others can read on a command line",
                "write the URL into a file that you alone can read: --proxy-file FILE, or - for "
                "standard input");
  }
  link.proxy = url;
  return {};
}

Result<void> set_proxy_from_file(jira::ApplicationLink& link, const std::string& path_or_dash) {
  TRY_ASSIGN(const Secret line, read_secret_line(path_or_dash, longest_login));
  link.proxy = std::string(line.reveal());
  return {};
}

}  // namespace applink::cli

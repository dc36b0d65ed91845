// Rules of the OAuth plugin that Atlassian's products share, and of the Tomcat under it.
#include "applink/jira/provider_objections.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"

namespace applink::jira {
namespace {

constexpr std::string_view token_path = "/plugins/servlet/oauth/request-token";
constexpr std::string_view exchange_path = "/plugins/servlet/oauth/access-token";
/// Of a request line and header fields together, by Tomcat's usual settings.
constexpr std::size_t longest_query = std::size_t{8} << 10;

class Review {
 public:
  Review(const http::Request& request, const oauth1::Parameters& parameters)
      : request_(request), parameters_(parameters) {}

  std::vector<ProviderObjection> objections() {
    review_method();
    review_url();
    review_form();
    review_token();
    return std::move(found_);
  }

 private:
  void object(std::string_view name, std::string words) {
    found_.push_back({std::string(name), std::move(words)});
  }

  [[nodiscard]] bool is_of_the_dance() const {
    const auto path = request_.url.path();
    return path.ends_with(token_path) || path.ends_with(exchange_path);
  }

  void review_method() {
    const auto method = oauth1::find(parameters_, "oauth_signature_method");
    if (method && *method != "RSA-SHA1") {
      object("signature method",
             fmt::format("it takes RSA-SHA1 alone, and refuses {} with signature_method_rejected",
                         *method));
    }
    if (is_of_the_dance() && request_.method != "POST") {
      object("method", fmt::format("it answers {} at this address with status 200 and nothing: "
                                   "POST is what it takes",
                                   request_.method));
    }
  }

  void review_url() {
    const std::string path = to_lower_ascii(request_.url.path());
    for (const std::string_view escape : {"%2f", "%5c", "%00"}) {
      if (path.find(escape) == std::string::npos) continue;
      object("path", fmt::format("Tomcat answers a path with {} with status 400",
                                 escape == "%2f"   ? "%2F"
                                 : escape == "%5c" ? "%5C"
                                                   : escape));
    }
    if (request_.url.host().find('_') != std::string_view::npos) {
      object("host", "Tomcat answers a host name with _ in it with status 400");
    }
    if (request_.url.query().value_or("").size() >= longest_query) {
      object("query",
             "Tomcat answers a query of 8 KiB and more with status 400: POST /search "
             "takes it in a body");
    }
  }

  void review_form() {
    const bool is_form = http::media_type(request_.headers) == "application/x-www-form-urlencoded";
    if (is_form && !request_.body.empty() && request_.method != "POST") {
      object("form body",
             fmt::format("it does not read the form in the body of a {}, so a signature that "
                         "covers it is signature_invalid: send JSON, or sign without the form",
                         request_.method));
    }
    if (oauth1::find(parameters_, "oauth_body_hash")) {
      object("body hash", "it signs oauth_body_hash, but never compares it with the body");
    }
  }

  void review_token() {
    if (!is_of_the_dance() && !oauth1::find(parameters_, "oauth_token")) {
      object("token",
             "without oauth_token, an empty one at least, it takes the request for one of "
             "nobody's, and looks at no signature");
    }
  }

  const http::Request& request_;
  const oauth1::Parameters& parameters_;
  std::vector<ProviderObjection> found_;
};

}  // namespace

std::vector<ProviderObjection> provider_objections(const http::Request& request,
                                                   const oauth1::Parameters& protocol_parameters) {
  return Review(request, protocol_parameters).objections();
}

}  // namespace applink::jira

// A consumer that signs by itself: its own percent encoding and its own base string, so that the
// sandbox's are not their own witness.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "applink/crypto/rsa_key.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"

namespace applink::test {

std::string encoded(std::string_view text);
std::string decoded(std::string_view text);
/// The pairs of an OAuth form, decoded; a name that repeats keeps its last value.
std::map<std::string, std::string> form_of(std::string_view body);

/// Keys made once for all tests of this program.
const crypto::RsaPrivateKey& hub_key();
const crypto::RsaPrivateKey& other_key();

/// A request in the making: changed at will, then signed or left as it is.
class Call {
 public:
  Call(std::string method, std::string url) : method_(std::move(method)), url_(std::move(url)) {}

  Call& add(std::string name, std::string value);
  Call& set(std::string_view name, std::string value);
  Call& without(std::string_view name);
  Call& header(std::string name, std::string value);
  Call& form(std::string body);
  Call& json(std::string body);

  /// As net.oauth reads it: the form body counts with POST alone.
  [[nodiscard]] std::string base_string() const;
  /// With the protocol parameters in the Authorization header.
  [[nodiscard]] http::Request signed_by(const crypto::RsaPrivateKey& key) const;
  /// With the signature and the rest in the query.
  [[nodiscard]] http::Request signed_in_query(const crypto::RsaPrivateKey& key) const;
  /// With whatever oauth_signature was set, or none.
  [[nodiscard]] http::Request as_it_is() const;

 private:
  [[nodiscard]] std::string signature(const crypto::RsaPrivateKey& key) const;
  [[nodiscard]] http::Request request(const std::string& url,
                                      const oauth1::Parameters& in_header) const;

  std::string method_;
  std::string url_;
  oauth1::Parameters parameters_;
  http::Headers headers_;
  std::string body_;
  bool form_ = false;
};

}  // namespace applink::test

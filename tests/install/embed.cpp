// A program that embeds the library: makes a key, signs a request, prints the header.
#include <cstdio>

#include <applink/crypto/rsa_key.h>
#include <applink/http/message.h>
#include <applink/oauth1/authorization_header.h>
#include <applink/oauth1/nonce.h>
#include <applink/oauth1/sign.h>

using namespace applink;

namespace {

Result<std::string> signed_header() {
  TRY_ASSIGN(const auto key, crypto::RsaPrivateKey::generate(2048));
  TRY_ASSIGN(const auto url, http::Url::parse("https://jira.example.com/jira/rest/api/2/myself"));
  oauth1::RandomNonces nonces;
  oauth1::ProtocolParameters parameters{.client_identifier = "hub"};
  parameters.token = "HsWrBnyxGPVWhHRoZiyzvsmbiOGDlcqM";
  parameters.nonce = nonces.next();
  parameters.timestamp = SystemClock().now();
  TRY_ASSIGN(const auto signature,
             oauth1::sign({"GET", url, {}, {}}, parameters,
                          oauth1::RsaSigner(key, oauth1::SignatureMethod::rsa_sha1),
                          oauth1::FormBodyRule::post_only));
  return oauth1::authorization_header(signature.protocol_parameters, std::nullopt);
}

}  // namespace

int main() {
  const auto header = signed_header();
  if (!header) {
    std::fprintf(stderr, "%s\n", header.error().message.c_str());
    return 1;
  }
  std::printf("Authorization: %s\n", header->c_str());
}

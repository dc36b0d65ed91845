// The judge: asks oauth1 for the standard's objections, and looks for the mistake itself.
#include "applink/calls/verify_captured.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/jira/provider_objections.h"
#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/verify.h"
#include "calls/header_repair.h"
#include "calls/mistake_search.h"
#include "calls/objection_words.h"
#include "calls/signature_reading.h"

namespace applink::calls {
namespace {

using oauth1::Objection;
using oauth1::SignatureMethod;
using Verifier = std::unique_ptr<const oauth1::SignatureVerifier>;

bool serves(const ClientKey& key, SignatureMethod method) {
  return std::holds_alternative<crypto::RsaPublicKey>(key) == is_rsa(method);
}

Verifier verifier_of(const ClientKey& key, SignatureMethod method) {
  if (const auto* const rsa = std::get_if<crypto::RsaPublicKey>(&key)) {
    return std::make_unique<oauth1::RsaVerifier>(*rsa, method);
  }
  const auto& secrets = std::get<SharedSecrets>(key);
  if (method == SignatureMethod::plaintext) {
    return std::make_unique<oauth1::PlaintextVerifier>(secrets.client, secrets.token);
  }
  return std::make_unique<oauth1::HmacVerifier>(method, secrets.client, secrets.token);
}

OpenedSignature opened_with(const ClientKey& key, std::string_view value, SignatureMethod method) {
  if (const auto* const rsa = std::get_if<crypto::RsaPublicKey>(&key)) {
    return opened(value, method, *rsa);
  }
  return opened(value, method, std::get<SharedSecrets>(key));
}

/// A server that knows one client: the one whose key it was given. Of tokens and of nonces that
/// were used it knows nothing.
class OneClientServer final : public oauth1::ServerState {
 public:
  OneClientServer(const ClientKey& key, const std::optional<std::string>& client)
      : key_(key), client_(client) {}

  [[nodiscard]] bool supports(SignatureMethod method) const override {
    return serves(key_, method);
  }
  [[nodiscard]] Verifier verifier(std::string_view client, std::string_view,
                                  SignatureMethod method) const override {
    if (client_ && client != *client_) return nullptr;
    return verifier_of(key_, method);
  }
  [[nodiscard]] bool accepts_token(std::string_view, std::string_view) const override {
    return true;
  }
  [[nodiscard]] bool used(const oauth1::NonceUse&) const override { return false; }

 private:
  const ClientKey& key_;
  const std::optional<std::string>& client_;
};

crypto::Digest hash_of(SignatureMethod method) {
  return oauth1::digest_of(method).value_or(crypto::Digest::sha1);
}

std::optional<std::string> realm_of(const http::Request& request) {
  for (const std::string_view value : request.headers.all("Authorization")) {
    if (!oauth1::is_oauth_authorization(value)) continue;
    auto header = oauth1::parse_authorization_header(value);
    if (header && header->realm) return std::move(header->realm);
  }
  return std::nullopt;
}

/// A signature that was opened, found to be of the right text and yet called wrong is one that
/// OpenSSL does not want to verify: some policies allow no SHA-1.
void conclude(Judgement& result, std::optional<FoundMistake> mistake, std::string otherwise) {
  if (!mistake) {
    result.diagnosis = std::move(otherwise);
  } else if (mistake->names.empty()) {
    result.signature = Judgement::Signature::right;
  } else {
    result.mistake = std::move(mistake);
  }
}

class Judge {
 public:
  Judge(const http::Request& request, const ClientKey& key, const JudgeOptions& options)
      : request_(request), key_(key), options_(options) {}

  Judgement judgement() {
    find_objections();
    if (result_.base_string.empty()) {
      try_repaired_header();
      return std::move(result_);
    }
    check_signature();
    if (options_.atlassian == AtlassianRules::told) find_what_atlassian_objects_to();
    return std::move(result_);
  }

 private:
  void find_objections() {
    auto verified = oauth1::verify(request_, OneClientServer(key_, options_.client_identifier),
                                   {options_.now, options_.tolerance, options_.form_body});
    for (const oauth1::Refusal& refusal : verified.refusals) {
      if (refusal.objection == Objection::bad_signature) continue;
      result_.objections.push_back(finding_of(refusal, options_));
    }
    result_.protocol_parameters = std::move(verified.protocol_parameters);
    result_.base_string = std::move(verified.base_string);
    // A random string, says section 3.3: that of a length of none is none.
    if (value_of("oauth_nonce") == "") {
      result_.objections.push_back({"bad nonce", "the nonce is empty"});
    }
  }

  [[nodiscard]] std::optional<std::string_view> value_of(std::string_view name) const {
    return oauth1::find(result_.protocol_parameters, name);
  }

  /// The one value of this parameter; of two nobody knows which is meant.
  [[nodiscard]] std::optional<std::string_view> only_value_of(std::string_view name) const {
    if (oauth1::count(result_.protocol_parameters, name) != 1) return std::nullopt;
    return value_of(name);
  }

  void check_signature() {
    const auto value = only_value_of("oauth_signature");
    const auto name = only_value_of("oauth_signature_method");
    if (!value || !name) return;
    const auto method = oauth1::signature_method_named(*name);
    if (!method || !serves(key_, *method)) return;
    const bool right = verifier_of(key_, *method)->verify(result_.base_string, *value);
    result_.signature = right ? Judgement::Signature::right : Judgement::Signature::wrong;
    if (!right) explain(*value, *method);
  }

  void explain(std::string_view value, SignatureMethod method) {
    const auto text = signed_text_of(request_, options_.form_body);
    if (!text) return;
    auto opened = opened_with(key_, value, method);
    const MistakeClues clues{request_, realm_of(request_), options_.base_url, hash_of(method)};
    conclude(result_, found_mistake(*text, clues, opened.readings), std::move(opened.otherwise));
  }

  /// A server by the letter cannot read the request; the user shall know whether that is all.
  void try_repaired_header() {
    const auto repaired = with_repaired_header(request_);
    if (!repaired) return;
    auto meant = Judge(*repaired, key_, options_).judgement();
    if (meant.base_string.empty()) return;
    const std::string deed =
        "sent the Authorization header with values that are not percent-encoded, or not in quotes";
    if (meant.signature == Judgement::Signature::right) {
      meant.signature = Judgement::Signature::wrong;
      meant.mistake =
          FoundMistake{{"header"}, fmt::format("the signature is right, but the client {}", deed)};
    }
    meant.objections.insert(meant.objections.begin(), result_.objections.front());
    result_ = std::move(meant);
  }

  void find_what_atlassian_objects_to() {
    for (auto& [name, words] : jira::provider_objections(request_, result_.protocol_parameters)) {
      result_.of_atlassian.push_back({std::move(name), std::move(words)});
    }
  }

  const http::Request& request_;
  const ClientKey& key_;
  const JudgeOptions& options_;
  Judgement result_;
};

}  // namespace

Judgement judge(const http::Request& request, const ClientKey& key, const JudgeOptions& options) {
  return Judge(request, key, options).judgement();
}

Judgement judge_base_string(std::string_view base_string, std::string_view signature,
                            oauth1::SignatureMethod method, const ClientKey& key) {
  Judgement result;
  result.base_string = base_string;
  if (!serves(key, method)) {
    result.objections.push_back(
        finding_of({Objection::unsupported_signature_method, std::string(to_string(method))}, {}));
    return result;
  }
  const bool right = verifier_of(key, method)->verify(base_string, signature);
  result.signature = right ? Judgement::Signature::right : Judgement::Signature::wrong;
  if (right) return result;
  auto opened = opened_with(key, signature, method);
  conclude(result, found_mistake(base_string, hash_of(method), opened.readings),
           std::move(opened.otherwise));
  return result;
}

}  // namespace applink::calls

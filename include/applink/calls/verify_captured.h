// A captured request judged: whether its signature is right, what the standard and the product
// would object to, and where it is wrong, which mistake it fits.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"
#include "applink/http/message.h"
#include "applink/http/url.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/signature_method.h"

namespace applink::calls {

/// What a client of HMAC or PLAINTEXT shares with its provider.
struct SharedSecrets {
  Secret client;
  Secret token;  ///< empty where the request has no token
};

/// What a signature is checked with.
using ClientKey = std::variant<crypto::RsaPublicKey, SharedSecrets>;

/// Whether Atlassian's rules matter.
enum class AtlassianRules { told, left_out };

struct JudgeOptions {
  Timestamp now;
  std::chrono::seconds tolerance = std::chrono::seconds(300);
  oauth1::FormBodyRule form_body = oauth1::FormBodyRule::every_method;
  AtlassianRules atlassian = AtlassianRules::told;
  std::optional<std::string> client_identifier = {};  ///< that the request should have
  std::optional<http::Url> base_url = {};             ///< of the product: for the mistakes
};

/// Something to find fault with. Foreign text in the words.
struct Finding {
  std::string name;   ///< "stale timestamp": for programs
  std::string words;  ///< a sentence without a full stop
};

/// Why a signature is wrong.
struct FoundMistake {
  std::vector<std::string> names;  ///< one, or two that were made together
  std::string words;
};

struct Judgement {
  enum class Signature { right, wrong, unchecked };
  Signature signature = Signature::unchecked;  ///< unchecked: the request cannot be read in one way
  std::vector<Finding> objections;             ///< of RFC 5849; not that the signature is wrong
  std::vector<Finding> of_atlassian;           ///< beyond those
  std::optional<FoundMistake> mistake;         ///< of a wrong signature
  std::string diagnosis;  ///< of a wrong signature that no mistake explains; else empty
  oauth1::Parameters protocol_parameters;
  std::string base_string;  ///< empty where the request cannot be read

  /// Whether a server would take the request.
  [[nodiscard]] bool valid() const { return signature == Signature::right && objections.empty(); }
};

Judgement judge(const http::Request& request, const ClientKey& key, const JudgeOptions& options);

/// The same for a base string that somebody has as text: the signature and its mistakes alone.
Judgement judge_base_string(std::string_view base_string, std::string_view signature,
                            oauth1::SignatureMethod method, const ClientKey& key);

}  // namespace applink::calls

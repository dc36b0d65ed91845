// An exported link in words, as rows and as JSON.
#include "cli/link_export_description.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "cli/layout.h"
#include "cli/link_description.h"

namespace applink::cli {
namespace {

std::string fingerprint_of(const store::KeyPair& key) {
  return hex_encode(key.private_key.public_key().spki_fingerprint());
}

/// "alice, until 2031-11-23T23:04:23Z"
std::string described(const store::Token& token) {
  const std::string user = token.user_name.empty() ? "a user" : token.user_name;
  if (!token.expires) return fmt::format("{}: {}", token.user_label, user);
  return fmt::format("{}: {}, until {}", token.user_label, user, to_rfc3339(*token.expires));
}

Json json_of(const store::Token& token) {
  Json object;
  object["user_label"] = token.user_label;
  object["user_name"] = json_or_null(token.user_name);
  object["expires"] = json_time(token.expires);
  return object;
}

const char* word_for(store::ImportedKey key) {
  return key == store::ImportedKey::reused ? "reused" : "added";
}

}  // namespace

std::string in_words(const store::LinkExport& exported) {
  const std::size_t count = exported.tokens.size();
  const std::string number = count == 0 ? "no" : fmt::format("{}", count);
  return fmt::format("the link {} to {}, {} and {} token{}", exported.link.name,
                     terminal_safe(exported.link.base_url),
                     exported.key ? "the key " + exported.key->name : "its consumer secret", number,
                     count == 1 ? "" : "s");
}

std::string as_text(const store::LinkExport& exported) {
  auto rows = rows_of(exported.link, std::nullopt);
  if (exported.key) {
    rows.push_back({"key, SHA-256", fingerprint_of(*exported.key)});
    rows.push_back({"key, bits", fmt::format("{}", exported.key->private_key.bits())});
  }
  for (const auto& token : exported.tokens) rows.push_back({"token", described(token)});
  if (exported.tokens.empty()) rows.push_back({"tokens", "none"});
  rows.push_back(
      {"exported", fmt::format("{} by {}", to_rfc3339(exported.exported), exported.who)});
  return aligned(rows);
}

Json json_of(const store::LinkExport& exported, store::ImportedKey key) {
  Json object;
  object["link"] = json_of(exported.link, std::nullopt);
  object["key"] = nullptr;
  if (exported.key) {
    Json& described_key = object["key"] = Json();
    described_key["name"] = exported.key->name;
    described_key["bits"] = exported.key->private_key.bits();
    described_key["sha256"] = fingerprint_of(*exported.key);
    described_key["becomes"] = word_for(key);
  }
  object["tokens"] = Json::array();
  for (const auto& token : exported.tokens) object["tokens"].push_back(json_of(token));
  object["exported"] = json_time(exported.exported);
  object["exported_by"] = exported.who;
  return object;
}

}  // namespace applink::cli

// The vault's keys.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/crypto/certificate.h"
#include "applink/store/vault.h"
#include "store/codec.h"
#include "store/lookup.h"
#include "store/sealed_records.h"

namespace applink::store {
namespace {

Result<KeyPair> key_in(const std::string& name, const Secret& content) {
  return readable(RecordKind::key, name, decode_key(name, content));
}

Result<KeySummary> summary_of(const KeyPair& key) {
  auto certificate = crypto::Certificate::from_pem(key.certificate_pem);
  if (!certificate) {
    return tl::unexpected(unreadable(RecordKind::key, key.name, std::move(certificate).error()));
  }
  return KeySummary{key.name, key.private_key.bits(),
                    hex_encode(key.private_key.public_key().spki_fingerprint()),
                    certificate->not_after(), key.created};
}

}  // namespace

Result<void> Vault::add_key(const KeyPair& key) {
  TRY(jira::check_name("key", key.name));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY(check_is_new(*records_, RecordKind::key, key.name));
    return records_->put(RecordKind::key, key.name, encode(key), 0);
  });
}

Result<KeyPair> Vault::key(std::string_view name) const {
  TRY_ASSIGN(const auto record, known(*records_, RecordKind::key, name));
  return key_in(std::string(name), record.content);
}

Result<std::vector<KeySummary>> Vault::keys() const {
  TRY_ASSIGN(const auto records, records_->list(RecordKind::key));
  std::vector<KeySummary> keys;
  for (const auto& record : records) {
    TRY_ASSIGN(const KeyPair key, key_in(record.name, record.content));
    TRY_ASSIGN(KeySummary summary, summary_of(key));
    keys.push_back(std::move(summary));
  }
  return keys;
}

Result<void> Vault::remove_key(std::string_view name) {
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t version, known_version(*records_, RecordKind::key, name));
    TRY_ASSIGN(const auto all, links());
    const auto user = std::find_if(all.begin(), all.end(),
                                   [&](const auto& link) { return link.key_name == name; });
    if (user == all.end()) return records_->erase(RecordKind::key, name, version);
    return fail(
        ErrorCode::failed,
        fmt::format("the link \"{}\" signs with the key \"{}\"", user->name, name),
        fmt::format("give it another key first: applink link set {} --key NAME", user->name));
  });
}

}  // namespace applink::store

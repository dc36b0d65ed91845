// One link out of a vault, and into another: all that belongs to it, or nothing.
#include <utility>

#include <fmt/format.h>

#include "applink/store/vault.h"
#include "store/sealed_records.h"

namespace applink::store {

Result<LinkExport> Vault::export_link(std::string_view name, WithTokens with_tokens) const {
  LinkExport exported;
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(exported.link, link(name));
    if (jira::signs_with_key(exported.link)) {
      TRY_ASSIGN(exported.key, key(exported.link.key_name));
    } else {
      TRY_ASSIGN(exported.consumer_secret, consumer_secret(exported.link));
    }
    if (with_tokens == WithTokens::no) return {};
    TRY_ASSIGN(auto all, tokens());
    std::erase_if(all, [&](const Token& token) { return token.link != name; });
    exported.tokens = std::move(all);
    return {};
  }));
  exported.exported = records_->now();
  exported.who = records_->who();
  return exported;
}

Result<ImportedKey> Vault::key_of_import(const LinkExport& exported) const {
  if (!exported.key) return ImportedKey::none;
  const KeyPair& brought = *exported.key;
  TRY_ASSIGN(const std::uint64_t version, records_->version(RecordKind::key, brought.name));
  if (version == 0) return ImportedKey::added;
  TRY_ASSIGN(const KeyPair here, key(brought.name));
  if (here.private_key.public_key().spki_fingerprint() ==
      brought.private_key.public_key().spki_fingerprint()) {
    return ImportedKey::reused;
  }
  return fail(ErrorCode::conflict, fmt::format("there is another key \"{}\" already", brought.name),
              "give the key that comes with the link another name: --key-as NAME");
}

Result<ImportedKey> Vault::check_import(const LinkExport& exported) const {
  ImportedKey key = ImportedKey::none;
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    const std::string& name = exported.link.name;
    TRY_ASSIGN(const std::uint64_t version, records_->version(RecordKind::link, name));
    if (version == 0) {
      TRY_ASSIGN(key, key_of_import(exported));
      return {};
    }
    return fail(
        ErrorCode::conflict, fmt::format("there is a link \"{}\" already", name),
        fmt::format("take it under another name: --as NAME; or remove the one that is here: "
                    "applink link remove {}",
                    name));
  }));
  return key;
}

Result<ImportedKey> Vault::import_link(const LinkExport& exported) {
  ImportedKey key = ImportedKey::none;
  TRY(records_->transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(key, check_import(exported));
    if (key == ImportedKey::added) TRY(add_key(*exported.key));
    WithLink with;
    if (exported.consumer_secret) with.consumer_secret = exported.consumer_secret->copy();
    TRY(add_link(exported.link, with));
    for (const Token& token : exported.tokens) TRY(put_token(exported.link, token));
    return {};
  }));
  return key;
}

}  // namespace applink::store

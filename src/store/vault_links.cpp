// The vault's links, and which of them is the default.
#include <utility>

#include <fmt/format.h>

#include "applink/store/vault.h"
#include "store/codec.h"
#include "store/lookup.h"
#include "store/sealed_records.h"
#include "store/user_record.h"

namespace applink::store {
namespace {

constexpr std::string_view default_link_setting = "default link";

Result<jira::ApplicationLink> link_in(const std::string& name, const Secret& content) {
  return readable(RecordKind::link, name, decode_link(name, content));
}

Result<void> erase_of_link(SealedRecords& records, RecordKind kind, std::string_view link) {
  TRY_ASSIGN(const auto names, records.names(kind));
  for (const std::string& name : names) {
    if (split_user_record_name(name).link == link) TRY(erase_if_there(records, kind, name));
  }
  return {};
}

/// What a client has of its provider, and must show to no other.
Result<void> erase_given_to(SealedRecords& records, std::string_view link) {
  TRY(erase_if_there(records, RecordKind::consumer_secret, link));
  TRY(erase_of_link(records, RecordKind::token, link));
  return erase_of_link(records, RecordKind::pending_login, link);
}

Result<void> check_key_is_known(SealedRecords& records, const jira::ApplicationLink& link) {
  if (!jira::signs_with_key(link)) return {};
  TRY(known_version(records, RecordKind::key, link.key_name));
  return {};
}

Error no_consumer_secret(const jira::ApplicationLink& link) {
  return {ErrorCode::usage,
          fmt::format("the link \"{}\" signs with {}, and its consumer secret is not here",
                      link.name, oauth1::to_string(link.signature_method)),
          "give it: --consumer-secret-file FILE, or - for standard input"};
}

}  // namespace

/// Within the transaction that writes the link.
Result<void> Vault::write_consumer_secret(const jira::ApplicationLink& link, const WithLink& with) {
  if (with.consumer_secret) {
    if (jira::signs_with_key(link)) {
      return fail(ErrorCode::usage,
                  fmt::format("{} signs with a key, and not with a consumer secret",
                              oauth1::to_string(link.signature_method)),
                  "leave the secret out, or choose a method: --signature-method HMAC-SHA256");
    }
    TRY(jira::check_consumer_secret(with.consumer_secret->reveal()));
    return put_in_any_case(*records_, RecordKind::consumer_secret, link.name,
                           encode_consumer_secret(*with.consumer_secret));
  }
  if (jira::signs_with_key(link)) {
    return erase_if_there(*records_, RecordKind::consumer_secret, link.name);
  }
  TRY_ASSIGN(const std::uint64_t version,
             records_->version(RecordKind::consumer_secret, link.name));
  if (version == 0) return tl::unexpected(no_consumer_secret(link));
  return {};
}

Result<void> Vault::add_link(const jira::ApplicationLink& link, const WithLink& with) {
  TRY(jira::check_link(link));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY(check_is_new(*records_, RecordKind::link, link.name));
    TRY(check_key_is_known(*records_, link));
    TRY(records_->put(RecordKind::link, link.name, encode(link), 0));
    TRY(write_consumer_secret(link, with));
    return with.make_default == MakeDefault::yes ? set_default_link(link.name) : Result<void>();
  });
}

Result<jira::ApplicationLink> Vault::link(std::string_view name) const {
  TRY_ASSIGN(const auto record, known(*records_, RecordKind::link, name));
  return link_in(std::string(name), record.content);
}

Result<std::vector<jira::ApplicationLink>> Vault::links() const {
  TRY_ASSIGN(const auto records, records_->list(RecordKind::link));
  std::vector<jira::ApplicationLink> links;
  for (const auto& record : records) {
    TRY_ASSIGN(auto link, link_in(record.name, record.content));
    links.push_back(std::move(link));
  }
  return links;
}

Result<void> Vault::replace_link(const jira::ApplicationLink& read,
                                 const jira::ApplicationLink& changed, const WithLink& with) {
  if (read.name != changed.name) {
    return fail(ErrorCode::usage, "a link keeps its name",
                "add a link of the new name, and remove the old one");
  }
  TRY(jira::check_link(changed));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const auto record, known(*records_, RecordKind::link, read.name));
    TRY_ASSIGN(const auto current, link_in(read.name, record.content));
    if (current != read) {
      return fail(ErrorCode::conflict,
                  fmt::format("the link \"{}\" was changed in the meantime", read.name),
                  fmt::format("look at it and try again: applink link show {}", read.name));
    }
    TRY(check_key_is_known(*records_, changed));
    if (!jira::same_client(read, changed)) TRY(erase_given_to(*records_, read.name));
    TRY(records_->put(RecordKind::link, changed.name, encode(changed), record.version));
    TRY(write_consumer_secret(changed, with));
    return with.make_default == MakeDefault::yes ? set_default_link(changed.name) : Result<void>();
  });
}

Result<void> Vault::remove_link(std::string_view name) {
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t version, known_version(*records_, RecordKind::link, name));
    TRY(erase_given_to(*records_, name));
    TRY_ASSIGN(const auto usual, default_link());
    if (usual == name) TRY(erase_if_there(*records_, RecordKind::setting, default_link_setting));
    return records_->erase(RecordKind::link, name, version);
  });
}

Result<Secret> Vault::consumer_secret(const jira::ApplicationLink& link) const {
  std::optional<Secret> secret;
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    TRY(check_still_is(link));
    TRY_ASSIGN(const auto record, records_->find(RecordKind::consumer_secret, link.name));
    if (!record) return tl::unexpected(no_consumer_secret(link));
    TRY_ASSIGN(secret, readable(RecordKind::consumer_secret, link.name,
                                decode_consumer_secret(record->content)));
    return {};
  }));
  return *std::move(secret);
}

Result<void> Vault::set_default_link(std::string_view name) {
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY(known_version(*records_, RecordKind::link, name));
    return put_in_any_case(*records_, RecordKind::setting, default_link_setting,
                           encode_setting(name));
  });
}

Result<std::optional<std::string>> Vault::default_link() const {
  TRY_ASSIGN(const auto record, records_->find(RecordKind::setting, default_link_setting));
  if (!record) return std::nullopt;
  return readable(RecordKind::setting, default_link_setting, decode_setting(record->content));
}

}  // namespace applink::store

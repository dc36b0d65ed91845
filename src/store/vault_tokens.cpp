// The vault's tokens and pending logins.
#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "applink/store/vault.h"
#include "store/codec.h"
#include "store/lookup.h"
#include "store/sealed_records.h"
#include "store/user_record.h"

namespace applink::store {
namespace {

Result<Token> token_in(const std::string& name, const Secret& content) {
  auto [link, user_label] = split_user_record_name(name);
  return readable(RecordKind::token, name,
                  decode_token(std::move(link), std::move(user_label), content));
}

}  // namespace

/// A login takes as long as its user does, and a command reads a link before it reads a token: by
/// then the link may be that of another server or another consumer.
Result<void> Vault::check_still_is(const jira::ApplicationLink& read) const {
  TRY_ASSIGN(const auto current, link(read.name));
  if (jira::same_client(current, read)) return {};
  return fail(ErrorCode::conflict,
              fmt::format("the link \"{}\" was changed in the meantime", read.name),
              fmt::format("look at it, and begin anew: applink link show {}", read.name));
}

Result<void> Vault::put_token(const jira::ApplicationLink& link, const Token& token) {
  assert(token.link == link.name);
  TRY_ASSIGN(const std::string name, user_record_name(token.link, token.user_label));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY(check_still_is(link));
    TRY(put_in_any_case(*records_, RecordKind::token, name, encode(token)));
    return erase_if_there(*records_, RecordKind::pending_login, name);
  });
}

Result<void> Vault::put_renewed_token(const jira::ApplicationLink& link, const Token& token) {
  assert(token.link == link.name);
  TRY_ASSIGN(const std::string name, user_record_name(token.link, token.user_label));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY(check_still_is(link));
    return put_in_any_case(*records_, RecordKind::token, name, encode(token));
  });
}

Result<std::optional<Token>> Vault::find_token(const jira::ApplicationLink& link,
                                               std::string_view user_label) const {
  TRY_ASSIGN(const std::string name, user_record_name(link.name, user_label));
  std::optional<Token> token;
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    TRY(check_still_is(link));
    TRY_ASSIGN(const auto record, records_->find(RecordKind::token, name));
    if (!record) return {};
    TRY_ASSIGN(token, token_in(name, record->content));
    return {};
  }));
  return token;
}

Result<std::vector<Token>> Vault::tokens() const {
  TRY_ASSIGN(const auto records, records_->list(RecordKind::token));
  std::vector<Token> tokens;
  for (const auto& record : records) {
    TRY_ASSIGN(Token token, token_in(record.name, record.content));
    tokens.push_back(std::move(token));
  }
  return tokens;
}

Result<void> Vault::remove_token(std::string_view link, std::string_view user_label) {
  TRY_ASSIGN(const std::string name, user_record_name(link, user_label));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t login, records_->version(RecordKind::pending_login, name));
    if (login == 0) TRY(known_version(*records_, RecordKind::token, name));
    TRY(erase_if_there(*records_, RecordKind::pending_login, name));
    return erase_if_there(*records_, RecordKind::token, name);
  });
}

Result<void> Vault::put_pending_login(const jira::ApplicationLink& link,
                                      const PendingLogin& login) {
  assert(login.link == link.name);
  assert(!login.unproven ||
         (login.unproven->link == login.link && login.unproven->user_label == login.user_label));
  TRY_ASSIGN(const std::string name, user_record_name(login.link, login.user_label));
  return records_->transact(Access::write, [&]() -> Result<void> {
    TRY(check_still_is(link));
    return put_in_any_case(*records_, RecordKind::pending_login, name, encode(login));
  });
}

Result<std::optional<PendingLogin>> Vault::find_pending_login(const jira::ApplicationLink& link,
                                                              std::string_view user_label) const {
  TRY_ASSIGN(const std::string name, user_record_name(link.name, user_label));
  std::optional<PendingLogin> login;
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    TRY(check_still_is(link));
    TRY_ASSIGN(const auto record, records_->find(RecordKind::pending_login, name));
    if (!record) return {};
    TRY_ASSIGN(login,
               readable(RecordKind::pending_login, name,
                        decode_pending_login(link.name, std::string(user_label), record->content)));
    return {};
  }));
  return login;
}

Result<bool> Vault::has_logins(std::string_view link) const {
  bool found = false;
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    for (const RecordKind kind : {RecordKind::token, RecordKind::pending_login}) {
      TRY_ASSIGN(const auto names, records_->names(kind));
      found = found || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                return split_user_record_name(name).link == link;
              });
    }
    return {};
  }));
  return found;
}

Result<void> Vault::remove_pending_login(std::string_view link, std::string_view user_label) {
  TRY_ASSIGN(const std::string name, user_record_name(link, user_label));
  return erase_if_there(*records_, RecordKind::pending_login, name);
}

}  // namespace applink::store

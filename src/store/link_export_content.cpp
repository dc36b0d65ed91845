// Records one after another, and what must be true of them together.
#include "store/link_export_content.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/crypto/certificate.h"
#include "applink/store/event.h"
#include "store/bytes.h"
#include "store/codec.h"
#include "store/decoding.h"
#include "store/lookup.h"
#include "store/user_record.h"

namespace applink::store {
namespace {

constexpr const char* ask_for_another = "ask for it again, from the machine that has the link";

struct Record {
  std::string_view kind;
  std::string_view name;
  std::string_view content;
};

tl::unexpected<Error> unreadable_export() {
  return fail(ErrorCode::failed, "what is in the exported link cannot be read", ask_for_another);
}

/// A value that no link, key or token has: its sender did not have it from applink.
Result<void> allowed(Result<void> checked) {
  if (checked) return checked;
  return fail(ErrorCode::failed, "the exported link cannot be taken: " + checked.error().message,
              ask_for_another);
}

template <class T>
Result<T> decoded(const Record& record, RecordKind kind, Result<T> content) {
  auto result = readable(kind, record.name, std::move(content));
  const std::string unreadable_hint = unreadable_fields().value().hint;
  if (!result && result.error().hint == unreadable_hint) result.error().hint = ask_for_another;
  return result;
}

/// In the order of the file, and nothing is left over.
class RecordsInOrder {
 public:
  explicit RecordsInOrder(std::vector<Record> records) : records_(std::move(records)) {}

  /// The next one, where it is of that kind and name.
  std::optional<Record> take(RecordKind kind, std::string_view name) {
    if (next_ == records_.size() || records_[next_].kind != to_string(kind)) return std::nullopt;
    if (records_[next_].name != name) return std::nullopt;
    return records_[next_++];
  }
  std::optional<Record> take(RecordKind kind) {
    return next_ == records_.size() ? std::nullopt : take(kind, records_[next_].name);
  }
  [[nodiscard]] bool all_taken() const { return next_ == records_.size(); }

 private:
  std::vector<Record> records_;
  std::size_t next_ = 0;
};

void write(ByteWriter& bytes, RecordKind kind, std::string_view name, const Secret& content) {
  bytes.block(to_string(kind)).block(name).block(content.reveal());
}

std::uint32_t count_of(const LinkExport& exported) {
  return static_cast<std::uint32_t>(1 + (exported.key ? 1 : 0) +
                                    (exported.consumer_secret ? 1 : 0) + exported.tokens.size());
}

std::string record_name(const Token& token) {
  return token.link + "/" + token.user_label;
}

/// Who, when, and the records behind them.
Result<RecordsInOrder> read_records(ByteReader& reader, LinkExport& exported) {
  const std::uint8_t version = reader.u8();
  if (version > content_version) {
    return fail(ErrorCode::failed, "the exported link was written by a newer applink",
                "use that applink, or install it here");
  }
  exported.exported = Timestamp(std::chrono::seconds(static_cast<std::int64_t>(reader.u64())));
  exported.who = reader.block();
  const std::uint32_t count = reader.u32();
  std::vector<Record> records;
  for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
    const std::string_view kind = reader.block();
    const std::string_view name = reader.block();
    records.push_back({kind, name, reader.block()});
  }
  if (version != content_version || !reader.complete()) return unreadable_export();
  return RecordsInOrder(std::move(records));
}

Result<KeyPair> key_in(const Record& record) {
  TRY(allowed(jira::check_name("key", record.name)));
  TRY_ASSIGN(auto key, decoded(record, RecordKind::key,
                               decode_key(std::string(record.name), Secret(record.content))));
  const auto certificate = crypto::Certificate::from_pem(key.certificate_pem);
  const auto certified = certificate ? certificate->public_key() : unreadable_export();
  if (certified &&
      certified->spki_fingerprint() == key.private_key.public_key().spki_fingerprint()) {
    return key;
  }
  return fail(ErrorCode::failed,
              fmt::format("the certificate of the key \"{}\" is none of that key", record.name),
              ask_for_another);
}

Result<void> read_tokens(RecordsInOrder& records, LinkExport& exported) {
  while (const auto record = records.take(RecordKind::token)) {
    const std::size_t slash = record->name.find('/');
    if (slash == std::string_view::npos || record->name.substr(0, slash) != exported.link.name) {
      return unreadable_export();
    }
    const std::string label(record->name.substr(slash + 1));
    TRY(allowed(jira::check_name("user label", label)));
    if (!exported.tokens.empty() && label <= exported.tokens.back().user_label) {
      return unreadable_export();
    }
    TRY_ASSIGN(auto token,
               decoded(*record, RecordKind::token,
                       decode_token(exported.link.name, label, Secret(record->content))));
    exported.tokens.push_back(std::move(token));
  }
  return {};
}

}  // namespace

Secret encode(const LinkExport& exported) {
  ByteWriter bytes;
  bytes.u8(content_version);
  bytes.u64(static_cast<std::uint64_t>(exported.exported.time_since_epoch().count()));
  bytes.block(exported.who).u32(count_of(exported));
  write(bytes, RecordKind::link, exported.link.name, encode(exported.link));
  if (exported.key) write(bytes, RecordKind::key, exported.key->name, encode(*exported.key));
  if (exported.consumer_secret) {
    write(bytes, RecordKind::consumer_secret, exported.link.name,
          encode_consumer_secret(*exported.consumer_secret));
  }
  for (const Token& token : exported.tokens) {
    write(bytes, RecordKind::token, record_name(token), encode(token));
  }
  return bytes.secret();
}

Result<LinkExport> decode_link_export(std::string_view content) {
  LinkExport exported;
  ByteReader reader(content);
  TRY_ASSIGN(RecordsInOrder records, read_records(reader, exported));
  const auto link = records.take(RecordKind::link);
  if (!link) return unreadable_export();
  const std::string name(link->name);
  TRY(allowed(jira::check_name("link", name)));
  TRY_ASSIGN(exported.link,
             decoded(*link, RecordKind::link, decode_link(name, Secret(link->content))));
  TRY(allowed(jira::check_link(exported.link)));
  if (jira::signs_with_key(exported.link)) {
    const auto key = records.take(RecordKind::key, exported.link.key_name);
    if (!key) return unreadable_export();
    TRY_ASSIGN(exported.key, key_in(*key));
  } else {
    const auto secret = records.take(RecordKind::consumer_secret, name);
    if (!secret) return unreadable_export();
    TRY_ASSIGN(exported.consumer_secret, decoded(*secret, RecordKind::consumer_secret,
                                                 decode_consumer_secret(Secret(secret->content))));
    TRY(allowed(jira::check_consumer_secret(exported.consumer_secret->reveal())));
  }
  TRY(read_tokens(records, exported));
  if (!records.all_taken()) return unreadable_export();
  return exported;
}

}  // namespace applink::store

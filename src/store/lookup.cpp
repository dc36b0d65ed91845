// Unknown names, taken names, near misses.
#include "store/lookup.h"

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::store {
namespace {

// Tokens and pending logins are listed together, by the command that knows both.
std::string_view command_for(RecordKind kind) {
  switch (kind) {
    case RecordKind::key:
      return "key";
    case RecordKind::link:
      return "link";
    default:
      return "token";
  }
}

Result<Error> unknown(SealedRecords& records, RecordKind kind, std::string_view name) {
  TRY_ASSIGN(const auto names, records.names(kind));
  const auto meant = nearest(name, names);
  return Error{
      ErrorCode::failed, fmt::format("there is no {} \"{}\"", to_string(kind), terminal_safe(name)),
      meant ? fmt::format("did you mean \"{}\"?", *meant)
            : fmt::format("to see what there is, run: applink {} list", command_for(kind))};
}

}  // namespace

Result<SealedRecords::Opened> known(SealedRecords& records, RecordKind kind,
                                    std::string_view name) {
  TRY_ASSIGN(auto found, records.find(kind, name));
  if (found) return std::move(*found);
  TRY_ASSIGN(Error error, unknown(records, kind, name));
  return tl::unexpected(std::move(error));
}

Result<std::uint64_t> known_version(SealedRecords& records, RecordKind kind,
                                    std::string_view name) {
  TRY_ASSIGN(const std::uint64_t version, records.version(kind, name));
  if (version != 0) return version;
  TRY_ASSIGN(Error error, unknown(records, kind, name));
  return tl::unexpected(std::move(error));
}

Result<void> check_is_new(SealedRecords& records, RecordKind kind, std::string_view name) {
  TRY_ASSIGN(const std::uint64_t version, records.version(kind, name));
  if (version == 0) return {};
  return fail(ErrorCode::conflict,
              fmt::format("there is a {} \"{}\" already", to_string(kind), terminal_safe(name)),
              fmt::format("choose another name, or remove that one: applink {} remove {}",
                          command_for(kind), terminal_safe(name)));
}

Result<void> put_in_any_case(SealedRecords& records, RecordKind kind, std::string_view name,
                             const Secret& content) {
  return records.transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t version, records.version(kind, name));
    return records.put(kind, name, content, version);
  });
}

Result<void> erase_if_there(SealedRecords& records, RecordKind kind, std::string_view name) {
  return records.transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t version, records.version(kind, name));
    return version == 0 ? Result<void>() : records.erase(kind, name, version);
  });
}

Error unreadable(RecordKind kind, std::string_view name, Error error) {
  return in_context(
      fmt::format("the {} \"{}\" cannot be read", to_string(kind), terminal_safe(name)),
      std::move(error));
}

}  // namespace applink::store

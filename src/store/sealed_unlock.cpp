// The unlock methods under the seal of the head: docs/formats.md sections 4 and 8.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "store/sealed_records.h"
#include "store/tampering.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

RecordId id_of(std::string_view method) {
  return {std::string(to_string(RecordKind::unlock_method)), std::string(method)};
}

std::string finding(std::string_view method, std::string_view what) {
  return fmt::format("{} {}", described(id_of(method)), what);
}

tl::unexpected<Error> no_such_method(std::string_view method) {
  return fail(ErrorCode::failed, fmt::format("no {} unlocks this store", method),
              fmt::format("to have one: applink store unlock-method add {}", command_word(method)));
}

}  // namespace

Result<SealedRecords::UnlockRows> SealedRecords::compared_unlock_rows() {
  TRY_ASSIGN(auto rows, records_->wrapped_keys());
  UnlockRows compared;
  if (head_->version == 1) {
    compared.good = std::move(rows);
    return compared;
  }
  auto missing = head_->unlock_methods;
  for (WrappedKey& row : rows) {
    const auto named = head_->unlock_methods.find(row.method);
    missing.erase(row.method);
    if (named == head_->unlock_methods.end()) {
      compared.findings.emplace(row.method, finding(row.method, put_in_by_another));
    } else if (named->second != digest_of(row)) {
      compared.findings.emplace(row.method, finding(row.method, altered));
    } else {
      compared.good.push_back(std::move(row));
    }
  }
  for (const auto& [method, digest] : missing) {
    compared.findings.emplace(method, finding(method, taken_out));
  }
  return compared;
}

Result<SealedRecords::UnlockRows> SealedRecords::unlock_rows() {
  UnlockRows rows;
  TRY(transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(rows, compared_unlock_rows());
    return {};
  }));
  return rows;
}

Result<void> SealedRecords::check_unlock_method(std::string_view method, Change change) {
  return transact(Access::read, [&]() -> Result<void> {
    const bool there = head_->unlock_methods.count(std::string(method)) != 0;
    if (there && change == Change::added) {
      return fail(ErrorCode::conflict, fmt::format("the {} unlocks this store already", method),
                  "what unlocks it: applink store unlock-method list");
    }
    if (there || change == Change::added) return {};
    return no_such_method(method);
  });
}

Result<void> SealedRecords::put_unlock_method(const WrappedKey& row, Change change) {
  return transact(Access::write, [&]() -> Result<void> {
    TRY(check_unlock_method(row.method, change));
    TRY(records_->put_wrapped_key(row));
    const std::string digest = digest_of(row);
    head_->unlock_methods.insert_or_assign(row.method, digest);
    return log(change, id_of(row.method), digest);
  });
}

Result<void> SealedRecords::erase_unlock_method(std::string_view method) {
  return transact(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const UnlockRows rows, compared_unlock_rows());
    const auto mine = [&](const WrappedKey& row) { return row.method == method; };
    const auto good = std::count_if(rows.good.begin(), rows.good.end(), mine);
    const std::string name(method);
    if (good == 0 && rows.findings.count(name) == 0) {
      return no_such_method(method);
    }
    if (rows.good.size() == static_cast<std::size_t>(good)) {
      return fail(ErrorCode::failed, fmt::format("nothing but the {} unlocks this store", method),
                  "add another way first: applink store unlock-method add passphrase");
    }
    TRY(records_->erase_wrapped_key(method));
    head_->unlock_methods.erase(name);
    return log(Change::removed, id_of(method), "");
  });
}

}  // namespace applink::store

// What the decoders of records share: versions, and fields whose values are words or choices.
#pragma once

#include <cstdint>
#include <string_view>

#include "applink/base/result.h"
#include "store/fields.h"

namespace applink::store {

/// Of every kind of content that has had one version only.
inline constexpr std::uint8_t content_version = 1;

tl::unexpected<Error> unreadable_fields();

/// That `fields` are of a version from 1 to `newest`, and hold what was asked for and nothing else.
Result<void> check(const FieldReader& fields, std::uint8_t newest = content_version);

/// Reads what enumerations and texts of a field mean; what means nothing is remembered.
class Meanings {
 public:
  explicit Meanings(FieldReader& fields) : fields_(&fields) {}

  /// A number 0 or 1.
  template <class Choice>
  Choice choice(std::uint8_t id, Choice zero, Choice one) {
    const std::uint64_t number = fields_->number(id);
    failed_ = failed_ || number > 1;
    return number == 1 ? one : zero;
  }

  template <class T>
  T word(std::uint8_t id, Result<T> (*named)(std::string_view), T otherwise) {
    const auto found = named(fields_->bytes(id));
    failed_ = failed_ || !found;
    return found.value_or(otherwise);
  }

  [[nodiscard]] Result<void> check() const {
    return failed_ ? Result<void>(unreadable_fields()) : Result<void>();
  }

 private:
  FieldReader* fields_;
  bool failed_ = false;
};

}  // namespace applink::store

// Which shelf a record lies on, and the digest that stands for all that lies there.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "store/records.h"

namespace applink::store {

std::uint8_t shelf_of(const RecordId& id);

/// `entries` in the order of kind and name.
std::string shelf_digest(std::span<const Entry> entries);

}  // namespace applink::store

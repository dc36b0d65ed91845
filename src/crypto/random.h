// Random bytes that nobody can guess, also after fork().
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace applink::crypto {

/// Fills `bytes`; the process ends where the generator fails: nothing sane can follow.
void random_bytes(std::span<unsigned char> bytes);

/// `length` letters and digits [0-9A-Za-z], each equally likely (5.95 bits).
std::string random_alphanumeric(std::size_t length);

}  // namespace applink::crypto

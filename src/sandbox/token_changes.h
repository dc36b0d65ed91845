// What an administrator, or the user on the page of tokens, does to tokens that were given out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sandbox/site.h"

namespace applink::sandbox {

enum class TokenChange {
  revoke,  ///< they are gone
  expire,  ///< they are as old as they may be, and a second more; their sessions go on
};

/// Every token for which each of the given words fits.
struct TokenChoice {
  std::optional<std::string> token;  ///< itself, or its token_id()
  std::optional<std::string> user;
  std::optional<std::string> consumer_key;
};

/// How many there were, request tokens included.
Result<std::size_t> change_tokens(Site& site, TokenChange change, const TokenChoice& choice);

}  // namespace applink::sandbox

// A client without a store: what the flags say, else the variables of the same names.
#pragma once

#include <optional>
#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "applink/signing/request_signer.h"
#include "cli/client.h"
#include "cli/context.h"

namespace applink::cli {

/// Of a link that is in no store, and of its key: no kept one can have it.
inline constexpr std::string_view name_without_store = "(no store)";

/// That nothing was said that the other way alone knows.
Result<void> check_way(const ClientFlags& flags, const Environment& environment);

/// Still to be checked, and then to be named name_without_store.
Result<jira::ApplicationLink> storeless_link(const ClientFlags& flags,
                                             const Environment& environment,
                                             std::string_view path_or_url);

oauth1::SignatureMethod storeless_method(const ClientFlags& flags);

/// The key or the consumer secret, whichever the method takes.
Result<signing::ClientProof> storeless_proof(Context& context, const ClientFlags& flags,
                                             oauth1::SignatureMethod method);

/// Absent where none is given.
std::optional<std::string> storeless_token(const ClientFlags& flags,
                                           const Environment& environment);

/// Empty where none is given; `named` is the file of the flag or the variable.
Result<Secret> token_secret_of(const std::optional<std::string>& named);

}  // namespace applink::cli

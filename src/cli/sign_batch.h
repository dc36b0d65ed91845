// `sign --batch`: standard input, standard output, and the terminal that is told how it goes.
#pragma once

#include <optional>
#include <string>

#include "applink/base/result.h"
#include "cli/client.h"
#include "cli/context.h"

namespace applink::cli {

/// 0 where nothing is said: one for each processor.
Result<unsigned> batch_jobs(const std::optional<std::string>& typed);

/// The client of every line; without a store it needs to be told where its requests go.
Result<Client> client_of_batch(Context& context, const ClientFlags& flags);

/// Fails where a line did, once all are answered.
Result<void> sign_batch(Context& context, Client client, unsigned jobs);

}  // namespace applink::cli

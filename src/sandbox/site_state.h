// The state of a sandbox as its control endpoint shows it: no secret is in it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sandbox/site.h"

namespace applink::sandbox {

nlohmann::json site_state(const Site& site);

nlohmann::json mishaps_json(const Mishaps& mishaps);
/// `id` is one that is on.
nlohmann::json mishap_json(int id, const Mishaps& mishaps);
nlohmann::json users_json(const Config& config);
nlohmann::json consumers_json(const Config& config);

}  // namespace applink::sandbox

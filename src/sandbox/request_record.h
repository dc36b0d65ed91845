// What is worth knowing of a request afterwards, without a secret in it.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "applink/http/message.h"
#include "sandbox/counters.h"
#include "sandbox/mishaps.h"

namespace applink::sandbox {

/// Names a token without giving it away: the first twelve hexadecimal digits of its SHA-256.
std::string token_id(std::string_view token);

/// A line of the request log, but for the time it took: method, target, status, and whatever is
/// known of consumer_key, token, oauth_problem, user and mishaps.
nlohmann::json request_record(const http::Request& request, const http::Response& response,
                              const Struck& struck);

/// The oauth_problem of the answer; empty where there is none.
std::string problem_in(const http::Response& response);

void count(Counters& counters, const http::Response& response);

}  // namespace applink::sandbox

// Tokens by their digest, keys by their fingerprint.
#include "sandbox/site_state.h"

#include <string>

#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "sandbox/request_record.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

json to_json(const Mishaps::Active& active) {
  json out{{"id", active.id}, {"mishap", to_string(active.mishap)}, {"strikes", active.strikes}};
  if (active.mishap.times) out["times"] = *active.mishap.times;
  return out;
}

std::string_view word(Decision decision) {
  switch (decision) {
    case Decision::allowed:
      return "allowed";
    case Decision::denied:
      return "denied";
    case Decision::none:
      break;
  }
  return "none";
}

json request_tokens_json(const Site& site) {
  json out = json::array();
  for (const auto& entry : site.ledger.tokens().request_tokens) {
    const RequestToken& token = entry.second;
    const auto age = site.clock.now() - token.created;
    out.push_back({{"token", token_id(token.token)},
                   {"consumer_key", token.consumer_key},
                   {"created", to_rfc3339(token.created)},
                   {"decision", word(token.decision)},
                   {"user", token.user},
                   {"expired", age > site.config.lifetimes.request_token}});
  }
  return out;
}

json access_tokens_json(const Site& site) {
  json out = json::array();
  for (const auto& entry : site.ledger.tokens().access_tokens) {
    const AccessToken& token = entry.second;
    json one{{"token", token_id(token.token)},
             {"consumer_key", token.consumer_key},
             {"created", to_rfc3339(token.created)},
             {"user", token.user},
             {"expired", site.clock.now() - token.created > site.config.lifetimes.access_token}};
    if (token.session) one["last_renewal"] = to_rfc3339(token.session->last_renewal);
    out.push_back(std::move(one));
  }
  return out;
}

json counters_json(const Counters& counters) {
  json by_status = json::object();
  for (const auto& entry : counters.by_status) {
    by_status[std::to_string(entry.first)] = entry.second;
  }
  return {{"requests", counters.requests},
          {"by_status", std::move(by_status)},
          {"by_oauth_problem", json(counters.by_problem)}};
}

json links_json(const Site& site) {
  json list = json::array();
  for (const ApplicationLink& link : site.links.all()) {
    list.push_back({{"id", link.id},
                    {"name", link.name},
                    {"url", link.rpc_url},
                    {"consumer_key", link.consumer_key}});
  }
  return list;
}

}  // namespace

json mishaps_json(const Mishaps& mishaps) {
  json list = json::array();
  for (const auto& active : mishaps.active()) list.push_back(to_json(active));
  return {{"mishaps", std::move(list)}};
}

json mishap_json(int id, const Mishaps& mishaps) {
  for (const auto& active : mishaps.active()) {
    if (active.id == id) return to_json(active);
  }
  return json::object();
}

json users_json(const Config& config) {
  json list = json::array();
  for (const User& user : config.users) {
    list.push_back({{"name", user.name},
                    {"display_name", user.display_name},
                    {"email", user.email},
                    {"groups", user.groups},
                    {"active", user.login == LoginRight::granted}});
  }
  return {{"users", std::move(list)}};
}

json consumers_json(const Config& config) {
  json list = json::array();
  for (const Consumer& consumer : config.consumers) {
    list.push_back({{"key", consumer.key},
                    {"name", consumer.name},
                    {"public_key_sha256", hex_encode(consumer.public_key->spki_fingerprint())},
                    {"two_legged", consumer.two_legged == TwoLeggedOAuth::allowed},
                    {"execute_as", consumer.execute_as},
                    {"impersonation", consumer.impersonation == Impersonation::allowed}});
  }
  return {{"consumers", std::move(list)}};
}

json site_state(const Site& site) {
  const Release& release = site.config.release;
  json out{{"base_url", site.config.base_url()},
           {"product", release.name()},
           {"version", release.version()},
           {"time", to_rfc3339(site.clock.now())},
           {"application_links", links_json(site)},
           {"request_tokens", request_tokens_json(site)},
           {"access_tokens", access_tokens_json(site)},
           {"web_sessions", site.sessions.size()},
           {"counters", counters_json(site.counters)}};
  out.update(mishaps_json(site.mishaps));
  out.update(users_json(site.config));
  out.update(consumers_json(site.config));
  return out;
}

}  // namespace applink::sandbox

// applink token show LINK
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "applink/jira/endpoints.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/link_choice.h"
#include "cli/token_choice.h"
#include "cli/token_description.h"
#include "cli/token_state.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::string user_label{store::default_user_label};
  bool json = false;
  bool reveal_secrets = false;
};

using Fields = std::vector<Row>;

/// The one place that prints what a token is made of, on demand.
Fields secrets_of(const store::Token& token) {
  return {{"token", token.credentials.token},
          {"token_secret", std::string(token.credentials.secret.reveal())},
          {"session_handle", std::string(token.session_handle.reveal())}};
}

std::string as_json(const store::Token& token, const Fields& secrets, Timestamp now,
                    const std::string& page) {
  Json object = json_of(token, now);
  object["revoke_at"] = page;
  for (const Row& secret : secrets) object[secret.front()] = secret.back();
  return json_text("token", std::move(object));
}

std::string as_text(const store::Token& token, const Fields& secrets, Timestamp now,
                    const std::string& page) {
  Fields rows{{"link", token.link},
              {"label", token.user_label},
              {"user", token.user_name.empty() ? "not proven" : token.user_name},
              {"consumer key", token.consumer_key},
              {"state", std::string(to_string(state_of(token, now)))},
              {"created", to_rfc3339(token.created)},
              {"expires", token.expires ? to_rfc3339(*token.expires) : "unknown"}};
  if (!token.session_handle.empty() && token.session_expires) {
    rows.push_back({"renewable until", to_rfc3339(*token.session_expires)});
  }
  rows.push_back({"revoke at", page});
  rows.insert(rows.end(), secrets.begin(), secrets.end());
  return aligned(rows);
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto token, token_of(*vault, link, input.user_label));
  const Timestamp now = context.clock().now();
  const Fields secrets = input.reveal_secrets ? secrets_of(token) : Fields{};
  const auto text = input.json ? as_json : as_text;
  TRY(context.console().answer(text(token, secrets, now, jira::tokens_page(link))));
  if (const auto caution = word_of_caution(token, now)) context.console().warn(*caution);
  return {};
}

}  // namespace

Action token_show(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", input->user_label, "whose token, as login --user said");
  arguments.flag("--json", input->json, "for programs");
  arguments.flag("--reveal-secrets", input->reveal_secrets, "with the token itself");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli

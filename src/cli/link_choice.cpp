#include "cli/link_choice.h"

#include <vector>

#include <fmt/format.h>

#include "applink/http/url.h"

namespace applink::cli {
namespace {

Result<jira::ApplicationLink> only_link(const std::vector<jira::ApplicationLink>& links) {
  if (links.size() == 1) return links.front();
  if (links.empty()) {
    return fail(ErrorCode::usage, "there is no link yet",
                "applink link add NAME --url URL --consumer-key KEY --key NAME");
  }
  std::string names;
  for (const auto& link : links) names += fmt::format("{}{}", names.empty() ? "" : ", ", link.name);
  return fail(ErrorCode::usage, fmt::format("which link? there are {}", names),
              fmt::format("name one, or choose the usual one: applink link set {} --default",
                          links.front().name));
}

}  // namespace

Result<jira::ApplicationLink> chosen_link(Context& context,
                                          const std::optional<std::string>& named) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  if (named) return vault->link(*named);
  if (const std::string& usual = context.environment().link; !usual.empty()) {
    auto link = vault->link(usual);
    if (!link) return tl::unexpected(in_context("APPLINK_LINK", std::move(link).error()));
    return link;
  }
  TRY_ASSIGN(const auto default_link, vault->default_link());
  if (default_link) return vault->link(*default_link);
  TRY_ASSIGN(const auto links, vault->links());
  return only_link(links);
}

Result<jira::ApplicationLink> link_for_call(Context& context,
                                            const std::optional<std::string>& named,
                                            std::string_view path_or_url) {
  if (named || path_or_url.starts_with('/')) return chosen_link(context, named);
  TRY_ASSIGN(const http::Url url, http::Url::parse(path_or_url));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto links, vault->links());
  if (auto link = jira::link_for(links, url)) return *link;
  return fail(ErrorCode::usage, "this URL is under the base URL of no link",
              links.empty() ? "applink link add NAME --url URL --consumer-key KEY --key NAME"
                            : "the base URLs there are: applink link list");
}

}  // namespace applink::cli

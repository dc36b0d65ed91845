// The screens of Jira 7 to 9, from descriptions by people who sent others through them:
// github.com/rominf/jira-oauth (README), github.com/mattermost/mattermost-plugin-jira
// (assets/templates/command/install_server.md), and for "External application"
// confluence.atlassian.com/adminjiraserver0905/configure-an-incoming-link-1207177171.html.
#include "applink/jira/admin_screens.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/http/url.h"
#include "applink/jira/deployment.h"

namespace applink::jira {
namespace {

/// From 8.22 on, Jira asks first which kind of application it is.
constexpr ProductVersion asks_for_the_kind{8, 22};
constexpr int first_known_major = 7;
constexpr int last_known_major = 9;

enum class Way { typed_url, asked_kind, either };

bool before(const ProductVersion& one, const ProductVersion& other) {
  return std::pair(one.major, one.minor) < std::pair(other.major, other.minor);
}

Way way_of(Product product, const std::optional<ProductVersion>& version) {
  if (product != Product::jira || !version) return Way::either;
  return before(*version, asks_for_the_kind) ? Way::typed_url : Way::asked_kind;
}

ScreenItem open_list(const ApplicationLink& link) {
  return {Doing::open, "Application links",
          link.base_url + "/plugins/servlet/applinks/listApplicationLinks"};
}

Screen list_with_field(const ApplicationLink& link, const IncomingConsumer& consumer) {
  return {"Application links",
          {open_list(link),
           {Doing::paste, "the field for a URL", consumer.application_url},
           {Doing::press, "Create new link", {}}},
          {"The URL is a name and no more: nothing has to answer there, and users never see it."}};
}

Screen list_with_button(const ApplicationLink& link) {
  return {"Application links", {open_list(link), {Doing::press, "Create link", {}}}, {}};
}

Screen kind_of_link(const IncomingConsumer& consumer) {
  return {
      "Create link",
      {{Doing::choose, "Application type", "Atlassian product"},
       {Doing::paste, "Application URL", consumer.application_url},
       {Doing::press, "Continue", {}}},
      {"\"External application\" looks right and is not: it is OAuth 2.0, gives a client ID and a "
       "client secret, and has no field for a public key.",
       "The URL is a name and no more: nothing has to answer there, and users never see it."}};
}

Screen warning_about_the_url() {
  return {"Configure Application URL",
          {{Doing::press, "Continue", {}}},
          {"\"No response was received from the URL you entered\" is as it should be: go on. A URL "
           "that does answer may lead to other screens than these."}};
}

Screen link_applications(const IncomingConsumer& consumer) {
  return {
      "Link applications",
      {{Doing::paste, "Application Name", consumer.application_name},
       {Doing::choose, "Application Type", "Generic Application"},
       {Doing::leave_empty, "Service Provider Name", {}},
       {Doing::leave_empty, "Consumer key", {}},
       {Doing::leave_empty, "Shared secret", {}},
       {Doing::leave_empty, "Request Token URL", {}},
       {Doing::leave_empty, "Access token URL", {}},
       {Doing::leave_empty, "Authorize URL", {}},
       {Doing::tick, "Create incoming link", {}},
       {Doing::press, "Continue", {}}},
      {"The fields to leave empty, \"Consumer key\" among them, are for the other direction.",
       "Without the tick at \"Create incoming link\" the next screen does not come, and the link "
       "is of no use."}};
}

/// What stands the same on the last screen and under Incoming Authentication.
std::vector<ScreenItem> incoming_fields(const ApplicationLink& link,
                                        const IncomingConsumer& consumer) {
  std::vector<ScreenItem> items{{Doing::paste, "Consumer Key", consumer.consumer_key},
                                {Doing::paste, "Consumer Name", consumer.consumer_name},
                                {Doing::paste, "Public Key", consumer.public_key}};
  items.push_back({Doing::leave_empty, "Consumer Callback URL", {}});
  if (link.two_legged == TwoLegged::yes) {
    items.push_back({Doing::tick, "Allow 2-Legged OAuth", {}});
    items.push_back(
        {Doing::enter, "Execute as", "the user in whose name calls without a user run"});
  } else {
    items.push_back({Doing::leave_empty, "Allow 2-Legged OAuth", {}});
  }
  return items;
}

std::vector<std::string> notes_on_the_key(const ApplicationLink& link) {
  std::vector<std::string> notes{"Consumer Key is taken letter by letter, capitals included.",
                                 "The public key is pasted whole, from -----BEGIN PUBLIC KEY----- "
                                 "to -----END PUBLIC KEY-----."};
  if (link.two_legged == TwoLegged::yes) {
    notes.emplace_back("Only a system administrator may allow 2-legged OAuth.");
  }
  return notes;
}

Screen incoming_link(const ApplicationLink& link, const IncomingConsumer& consumer) {
  Screen screen{"Link applications", incoming_fields(link, consumer), notes_on_the_key(link)};
  screen.items.push_back({Doing::press, "Continue", {}});
  return screen;
}

Screen check_screen(const ApplicationLink& link, const IncomingConsumer& consumer) {
  Screen screen{
      "Incoming Authentication",
      {open_list(link),
       {Doing::press, fmt::format("the pencil beside {}", consumer.application_name), {}},
       {Doing::choose, "the tab", "Incoming Authentication"}},
      {"Under \"Outgoing Authentication\" there are fields of the same names, which have to be "
       "filled there and do nothing for this link: leave that tab alone."}};
  for (ScreenItem& item : incoming_fields(link, consumer)) screen.items.push_back(std::move(item));
  screen.items.push_back({Doing::press, "Save", {}});
  return screen;
}

Screen undo_screen(const ApplicationLink& link, const IncomingConsumer& consumer) {
  return {"Application links",
          {open_list(link),
           {Doing::press, fmt::format("Delete, beside {}", consumer.application_name), {}}},
          {"Every token that users allowed through this link ends with it."}};
}

std::vector<Screen> in_order(const ApplicationLink& link, Way way,
                             const IncomingConsumer& consumer) {
  std::vector<Screen> screens;
  if (way == Way::typed_url) {
    screens.push_back(list_with_field(link, consumer));
  } else {
    screens.push_back(list_with_button(link));
    screens.push_back(kind_of_link(consumer));
  }
  if (way == Way::either) {
    screens.front().notes.push_back(fmt::format(
        "Where this page has a field for a URL and the button \"Create new link\", it is an "
        "older version: paste {} there, press the button, and go on at \"Configure "
        "Application URL\".",
        consumer.application_url));
  }
  screens.push_back(warning_about_the_url());
  screens.push_back(link_applications(consumer));
  screens.push_back(incoming_link(link, consumer));
  return screens;
}

std::string unconfirmed_words(Product product, const std::optional<ProductVersion>& version) {
  if (product != Product::jira) {
    return fmt::format(
        "These are the screens of Jira 7 to 9, which has the same plugin: they are not "
        "confirmed for {}, where titles and the way to them may differ.",
        product_title(product));
  }
  if (!version || (version->major >= first_known_major && version->major <= last_known_major)) {
    return {};
  }
  return fmt::format("These are the screens of Jira {}: they are not confirmed for Jira {}.",
                     version->major < first_known_major ? "7" : "9", version->major);
}

/// A label of a host's name (RFC 1123 section 2.1): letters, digits and hyphens within.
std::string host_label(std::string_view text) {
  constexpr std::size_t longest = 63;
  std::string label;
  for (const char c : text.substr(0, longest)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool capital = c >= 'A' && c <= 'Z';
    label += letter ? c : capital ? static_cast<char>(c - 'A' + 'a') : '-';
  }
  while (!label.empty() && label.back() == '-') label.pop_back();
  label.erase(0, std::min(label.find_first_not_of('-'), label.size()));
  return label.empty() ? "client" : label;
}

}  // namespace

IncomingConsumer incoming_consumer(const ApplicationLink& link, std::string_view public_key) {
  return {fmt::format("applink {}", link.consumer_key),
          fmt::format("https://{}.applink.invalid", host_label(link.consumer_key)),
          link.consumer_key, link.consumer_key, std::string(public_key)};
}

std::optional<ProductVersion> product_version(std::string_view version) {
  const auto number_at_front = [&]() -> std::optional<int> {
    const std::size_t end = std::min(version.find_first_not_of("0123456789"), version.size());
    const auto number = number_in<int>(version.substr(0, end));
    version.remove_prefix(end);
    return number;
  };
  const auto major = number_at_front();
  if (!major) return std::nullopt;
  if (!version.starts_with('.')) return ProductVersion{*major, 0};
  version.remove_prefix(1);
  return ProductVersion{*major, number_at_front().value_or(0)};
}

Result<AdminScreens> admin_screens(const ApplicationLink& link,
                                   const std::optional<ProductVersion>& version,
                                   const IncomingConsumer& consumer) {
  if (link.product == Product::generic) {
    return fail(
        ErrorCode::usage,
        fmt::format("the link {} is of a generic provider, whose screens are not known", link.name),
        "give its administrator the consumer key and what applink key export prints");
  }
  TRY_ASSIGN(const auto url, http::Url::parse(link.base_url));
  if (is_cloud_host(url.host())) {
    return fail(
        ErrorCode::usage, fmt::format("{} is a site of the cloud", link.base_url),
        "application links with OAuth 1.0a are deprecated there: use an API token or OAuth 2.0");
  }
  AdminScreens all;
  all.screens = in_order(link, way_of(link.product, version), consumer);
  all.check = check_screen(link, consumer);
  all.undo = undo_screen(link, consumer);
  all.unconfirmed = unconfirmed_words(link.product, version);
  return all;
}

std::string_view word_of(Doing doing) {
  switch (doing) {
    case Doing::open:
      return "Open";
    case Doing::paste:
      return "Paste into";
    case Doing::enter:
      return "Fill in";
    case Doing::choose:
      return "Choose at";
    case Doing::tick:
      return "Tick";
    case Doing::leave_empty:
      return "Leave empty:";
    case Doing::press:
      return "Press";
  }
  return {};
}

bool is_copied(Doing doing) {
  return doing == Doing::paste;
}

std::vector<std::string> why_unknown(const IncomingConsumer& consumer) {
  return {"\"Create incoming link\" was not ticked, or the screen behind it was left empty",
          "the fields were filled for the other direction: under Outgoing Authentication, or "
          "\"Consumer key\" on the screen with the Application Name",
          "it was made as an \"External application\", which is OAuth 2.0",
          fmt::format("Consumer Key is not {}, letter by letter, without a blank",
                      consumer.consumer_key)};
}

std::vector<std::string> why_another_key() {
  return {"the public key of another key pair was pasted",
          "a part of it is missing, or something else was pasted with it",
          "a certificate was pasted, or a private key: the field takes the public key alone"};
}

}  // namespace applink::jira

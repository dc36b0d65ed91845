// The flags that say what a link is, shared by the commands that add and change one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "applink/store/vault.h"
#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/secret_source.h"

namespace applink::cli {

/// What was said of a link; what was not said stays as it is.
class LinkFlags {
 public:
  LinkFlags() = default;
  LinkFlags(const LinkFlags&) = delete;  // what it declares refers to it
  LinkFlags& operator=(const LinkFlags&) = delete;

  void declare(Arguments& arguments);
  /// What a wizard does not find out: consumer key, key, and how the other side is reached.
  void declare_for_onboarding(Arguments& arguments);
  /// The switches that take back what others allowed.
  void declare_opposites(Arguments& arguments);

  /// `link` with what was said; checked. An empty value takes the old one away.
  [[nodiscard]] Result<jira::ApplicationLink> applied_to(jira::ApplicationLink link) const;

  /// Whether anything was said, or this flag with a value was: "--url".
  [[nodiscard]] bool said() const;
  [[nodiscard]] bool said(std::string_view flag) const;

  // Where the consumer secret comes from, which is no part of the link itself.
  [[nodiscard]] const SecretSource& secret() const { return secret_; }
  [[nodiscard]] bool asks_for_secret() const { return ask_for_secret_; }

  [[nodiscard]] bool makes_default() const { return make_default_; }
  [[nodiscard]] store::MakeDefault default_or_not() const {
    return make_default_ ? store::MakeDefault::yes : store::MakeDefault::no;
  }

 private:
  using Change = std::function<Result<void>(jira::ApplicationLink&)>;
  using Setting = std::function<Result<void>(jira::ApplicationLink&, const std::string&)>;
  struct Switch {
    bool on = false;
    bool off = false;
  };

  void setting(Arguments& arguments, const std::string& flag, std::string value_name, Setting set,
               std::string help);
  void declare_client(Arguments& arguments);
  void declare_provider(Arguments& arguments);
  void declare_signing(Arguments& arguments);
  void declare_login(Arguments& arguments);
  void declare_connection(Arguments& arguments);
  Result<void> apply_switches(jira::ApplicationLink& link) const;

  std::vector<std::pair<std::string, Change>> said_;
  Switch body_hash_;
  Switch oauth_1_0_;
  Switch two_legged_;
  Switch other_hosts_;
  Switch http_;
  bool make_default_ = false;
  bool ask_for_secret_ = false;
  SecretSource secret_;
};

/// A link into the cloud can be kept, but will hardly work.
void warn_of_cloud(const jira::ApplicationLink& link, Console& console);

}  // namespace applink::cli

// The flags that say what a link is, shared by the commands that add and change one.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "applink/store/vault.h"
#include "cli/arguments.h"
#include "cli/console.h"

namespace applink::cli {

/// What was said of a link; what was not said stays as it is.
struct LinkFlags {
  std::optional<std::string> url;
  std::optional<std::string> consumer_key;
  std::optional<std::string> key;
  std::optional<std::string> product;
  std::optional<std::string> ca_file;
  std::optional<std::string> proxy;
  std::optional<std::string> realm;
  std::optional<std::chrono::seconds> timeout;
  bool allow_http = false;
  bool forbid_http = false;
  bool make_default = false;

  void declare(Arguments& arguments);

  /// `link` with what was said; checked. An empty file, proxy or realm takes the old one away.
  [[nodiscard]] Result<jira::ApplicationLink> applied_to(jira::ApplicationLink link) const;
  [[nodiscard]] store::MakeDefault default_or_not() const {
    return make_default ? store::MakeDefault::yes : store::MakeDefault::no;
  }

 private:
  Result<void> apply_places(jira::ApplicationLink& link) const;
};

/// A link into the cloud can be kept, but will hardly work.
void warn_of_cloud(const jira::ApplicationLink& link, Console& console);

}  // namespace applink::cli

// The variables that applink obeys, read once.
#pragma once

#include <chrono>
#include <string>

#include "applink/base/result.h"

namespace applink::cli {

struct Environment {
  std::string home;         ///< HOME
  std::string config_home;  ///< XDG_CONFIG_HOME, where it is an absolute path
  std::string data_home;    ///< XDG_DATA_HOME, likewise
  std::string store;        ///< APPLINK_STORE: the database, elsewhere than usual
  std::string link;         ///< APPLINK_LINK: the link that is meant where none is named
  std::string browser;      ///< BROWSER, before xdg-open is asked
  bool has_display = false;
  bool no_color = false;                ///< NO_COLOR, not empty
  std::chrono::seconds clock_offset{};  ///< APPLINK_CLOCK_OFFSET: added to the machine's clock
};

Result<Environment> read_environment();

}  // namespace applink::cli

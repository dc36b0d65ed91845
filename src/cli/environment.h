// The variables that applink obeys, read once.
#pragma once

#include <chrono>
#include <string>

#include "applink/base/result.h"

namespace applink::cli {

/// What stands for the flags of the same names where no store is used; empty where not set.
struct StorelessVariables {
  std::string consumer_key;          ///< APPLINK_CONSUMER_KEY: no store is opened where it is set
  std::string key_file;              ///< APPLINK_KEY_FILE
  std::string consumer_secret_file;  ///< APPLINK_CONSUMER_SECRET_FILE
  std::string token;                 ///< APPLINK_TOKEN
  std::string token_secret_file;     ///< APPLINK_TOKEN_SECRET_FILE
  std::string base_url;              ///< APPLINK_BASE_URL
};

struct Environment {
  std::string home;         ///< HOME
  std::string config_home;  ///< XDG_CONFIG_HOME, where it is an absolute path
  std::string data_home;    ///< XDG_DATA_HOME, likewise
  std::string store;        ///< APPLINK_STORE: the database, elsewhere than usual
  std::string link;         ///< APPLINK_LINK: the link that is meant where none is named
  StorelessVariables storeless;
  /// APPLINK_PASSPHRASE_FILE and APPLINK_PASSPHRASE_COMMAND: of the store, or of APPLINK_KEY_FILE
  /// where no store is opened.
  std::string passphrase_file;
  std::string passphrase_command;
  std::string browser;                  ///< BROWSER, before xdg-open is asked
  bool has_x11 = false;                 ///< DISPLAY
  bool has_wayland = false;             ///< WAYLAND_DISPLAY
  bool no_color = false;                ///< NO_COLOR, not empty
  std::chrono::seconds clock_offset{};  ///< APPLINK_CLOCK_OFFSET: added to the machine's clock
};

Result<Environment> read_environment();

}  // namespace applink::cli

// What a person reads while a login waits for them.
#pragma once

#include <string>
#include <string_view>

#include "applink/handshake/login_session.h"
#include "cli/context.h"
#include "cli/login_callback.h"

namespace applink::cli {

enum class Browser { started, left_alone };
enum class ShowQrCode { no, yes };

/// Says where to press Allow, in each way that was asked for.
class LoginNarrator final : public handshake::LoginNarrator {
 public:
  struct Manner {
    std::string login_command;  ///< "applink login prod"
    LoginCallback callback;
    Browser browser = Browser::started;
    ShowQrCode qr_code = ShowQrCode::no;
  };
  LoginNarrator(Context& context, Manner manner) : context_(context), manner_(std::move(manner)) {}

  void tell(std::string_view line) override { context_.console().narrate(line); }
  void warn(std::string_view line) override { context_.console().warn(line); }
  void show_authorization_page(const http::Url& page) override;

  /// The page as a QR code, where one was asked for and can be shown.
  void show_qr_code(const http::Url& page);

 private:
  void start_browser(const http::Url& page);

  Context& context_;
  Manner manner_;
};

}  // namespace applink::cli

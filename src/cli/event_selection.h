// Which events of the log are asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/store/event.h"

namespace applink::cli {

/// Shown every event of the log in its order, it says which concern a link: those of the link, of
/// its consumer secret, tokens and logins, and, while the link exists, those of the default link,
/// for the log does not keep which one became that.
class EventSelection {
 public:
  EventSelection(std::optional<std::string> link, std::optional<Timestamp> since)
      : link_(std::move(link)), since_(since) {}

  bool takes(const store::Event& event);

  /// An error where the log that was shown knows no such link.
  [[nodiscard]] Result<void> check_link_is_known() const;

 private:
  bool concerns_link(const store::Event& event);
  void remember_link(const std::string& name);

  std::optional<std::string> link_;
  std::optional<Timestamp> since_;
  bool link_exists_ = false;
  std::vector<std::string> links_;  // each that ever was
};

}  // namespace applink::cli

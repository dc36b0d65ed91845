// What an administrator sees and enters to make the incoming side of an application link.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::jira {

/// The incoming consumer, as the administrator is to enter it. None of it is a secret.
struct IncomingConsumer {
  std::string application_name;  ///< of the entry in the list of application links
  std::string application_url;   ///< of the entry; nothing has to answer there
  std::string consumer_key;
  std::string consumer_name;  ///< what users read on the page with Allow
  std::string public_key;     ///< SPKI PEM
};

/// The consumer of a link. Its URL is one under ".invalid" (RFC 2606), made of the consumer key:
/// always the same, so that the entry can be found again, and nobody's.
IncomingConsumer incoming_consumer(const ApplicationLink& link, std::string_view public_key);

/// What is to be done with one thing on a screen.
enum class Doing {
  open,         ///< a page: `value` is its URL
  paste,        ///< `value` into the field, letter by letter
  enter,        ///< into the field what `value` describes
  choose,       ///< `value` in the list, or of the buttons
  tick,         ///< a box
  leave_empty,  ///< a field, or a box
  press,        ///< a button
};

/// One thing on a screen, by the words that stand there.
struct ScreenItem {
  Doing doing = Doing::press;
  std::string label;
  std::string value;
};

/// Before the label, or the URL of what is opened: "Paste into".
std::string_view word_of(Doing doing);
/// Whether the value is copied, letter by letter.
bool is_copied(Doing doing);

struct Screen {
  std::string title;  ///< as the product heads it
  std::vector<ScreenItem> items;
  std::vector<std::string> notes;  ///< what people stumble over here: whole sentences
};

struct AdminScreens {
  std::vector<Screen> screens;  ///< in their order
  Screen check;                 ///< where what was entered is seen again, and mended
  Screen undo;
  /// Where the screens of this product and version were not seen: what they were taken from, as a
  /// sentence. Empty where they are known.
  std::string unconfirmed;
};

/// Major and minor of a product's version ("9.12.4").
struct ProductVersion {
  int major = 0;
  int minor = 0;

  friend bool operator==(const ProductVersion&, const ProductVersion&) = default;
};

/// Absent where the text does not begin with a number.
std::optional<ProductVersion> product_version(std::string_view version);

/// The screens of the link's product. Without a version both ways into them are told. What the
/// link does without a user (two-legged) is in it. ErrorCode::usage for a generic provider, whose
/// screens are not known, and for the cloud, which has none.
Result<AdminScreens> admin_screens(const ApplicationLink& link,
                                   const std::optional<ProductVersion>& version,
                                   const IncomingConsumer& consumer);

/// Why the product may still not know the consumer when its administrator is done: a clause each.
std::vector<std::string> why_unknown(const IncomingConsumer& consumer);
/// Why it may have another key than ours: likewise.
std::vector<std::string> why_another_key();

}  // namespace applink::jira

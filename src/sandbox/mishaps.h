// What a sandbox can be told to do wrong: the table of mishaps, and those that are on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::sandbox {

enum class MishapKind {
  clock_off,
  consumer_unknown,
  key_replaced,
  stale_key,
  two_nodes,
  token_expired,
  token_revoked,
  token_of_another_consumer,
  user_deactivated,
  captcha,
  login_page,
  anonymous,
  websudo,
  xsrf,
  wrong_scheme,
  wrong_host,
  rewritten_path,
  dropped_header,
  eaten_body,
  bad_gateway,
  unavailable,
  slow,
  hanging,
  cut,
  broken_chunks,
  huge,
  broken_gzip,
  invalid_utf8,
  duplicate_headers,
  redirect,
};

/// Where a request arrives; each request at exactly one place.
enum class Place : unsigned {
  request_token = 1,
  authorize = 2,  ///< the pages that people see, the login among them
  access_token = 4,
  resource = 8,  ///< whatever else: what a token is used for
  all = 15,      ///< as the place of a mishap: wherever it can strike
};

constexpr Place operator|(Place a, Place b) {
  return static_cast<Place>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool covers(Place places, Place one) {
  return (static_cast<unsigned>(places) & static_cast<unsigned>(one)) == static_cast<unsigned>(one);
}

enum class Methods { any, changing /**< neither GET nor HEAD */ };

struct MishapEntry {
  MishapKind kind;
  std::string_view name;
  Place places;  ///< where it can strike
  Methods methods;
  std::string_view value_name;   ///< as help shows it; empty: it takes no value
  std::string_view usual_value;  ///< where none is given
  bool (*accepts)(std::string_view value);
  std::string_view summary;
};

/// Every mishap that there is.
std::span<const MishapEntry> mishap_table();

/// One that is to happen.
struct Mishap {
  const MishapEntry* entry;
  std::string value;  ///< the usual one where none was given
  Place place = Place::all;
  std::optional<std::uint32_t> times;  ///< none: until it is taken away
};

/// "NAME[=VALUE][@PLACE]": "clock-off=400", "unavailable=30@resource".
Result<Mishap> parse_mishap(std::string_view text);
/// The same again, with value and place where they are said.
std::string to_string(const Mishap& mishap);

/// One mishap on its way into one request.
struct Blow {
  const MishapEntry* entry;
  std::string value;
  std::uint64_t strike;  ///< 1 for the first request that it befalls
};

/// What befalls one request: of each kind at most one.
class Struck {
 public:
  Struck() = default;
  explicit Struck(std::vector<Blow> blows) : blows_(std::move(blows)) {}

  /// Null where the request is spared this one.
  [[nodiscard]] const Blow* find(MishapKind kind) const;
  [[nodiscard]] bool by(MishapKind kind) const { return find(kind) != nullptr; }
  [[nodiscard]] const std::vector<Blow>& blows() const { return blows_; }

 private:
  std::vector<Blow> blows_;
};

/// The mishaps that are on. Where two of one kind fit a request, it is befallen by the older one.
class Mishaps {
 public:
  struct Active {
    int id;
    Mishap mishap;
    std::uint64_t strikes = 0;
  };

  /// The number under which it is taken away again.
  int add(Mishap mishap);
  /// Whether there was one of this number.
  bool remove(int id);
  void clear() { active_.clear(); }
  [[nodiscard]] const std::vector<Active>& active() const { return active_; }

  /// What befalls a request; a mishap that has struck as often as it should is over then.
  Struck strike(Place place, std::string_view method);

 private:
  std::vector<Active> active_;
  int last_id_ = 0;
};

}  // namespace applink::sandbox

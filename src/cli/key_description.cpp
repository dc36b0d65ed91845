// A key pair as rows and as JSON.
#include "cli/key_description.h"

namespace applink::cli {

Json json_of(const store::KeySummary& key) {
  Json object;
  object["name"] = key.name;
  object["bits"] = key.bits;
  object["sha256"] = key.fingerprint_hex;
  object["created"] = json_time(key.created);
  object["certificate_not_after"] = json_time(key.certificate_not_after);
  return object;
}

}  // namespace applink::cli

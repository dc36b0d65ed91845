// Finds each function in the library, or in those that it brings.
#include "store/libsecret.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::store {
namespace {

tl::unexpected<Error> unusable(std::string_view reason) {
  return fail(ErrorCode::locked,
              fmt::format("the keyring is asked through libsecret: {}", terminal_safe(reason)),
              "install it: apt install libsecret-1-0");
}

}  // namespace

Symbol Libsecret::find(const char* name) {
  void* const address = ::dlsym(library_, name);
  if (address == nullptr) missing_ = name;
  return Symbol(address);
}

Result<Libsecret> Libsecret::load(const std::string& library) {
  void* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) {
    const char* const reason = ::dlerror();
    return unusable(reason == nullptr ? library.c_str() : reason);
  }
  const Libsecret found(loaded);
  if (found.missing_ != nullptr) {
    return unusable(fmt::format("{} has no {}", library, found.missing_));
  }
  return found;
}

}  // namespace applink::store

// What is asked of the Secret Service, and the words for what it answers.
#include "store/secret_service_session.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/base/text.h"

namespace applink::store {
namespace {

constexpr const char* see_the_desktop = "see whether it asks for something on the desktop";
constexpr const char* another_default =
    "give it a default keyring: on GNOME, in the program Passwords and Keys";

/// docs/formats.md section 4.
constexpr SecretSchema item_schema = [] {
  SecretSchema made{};
  made.name = "org.applink.Store";
  made.attributes[0] = {"store", SECRET_SCHEMA_ATTRIBUTE_STRING};
  return made;
}();

Error locked(std::string message, std::string hint) {
  return {ErrorCode::locked, std::move(message), std::move(hint)};
}

Error is_locked() {
  return locked("the keyring is locked",
                "unlock it: log in at the desktop, or on GNOME open it in Passwords and Keys");
}

/// Where the bus knows nobody of that name, and nobody whom it could start.
bool says_that_nobody_is_there(const Libsecret& library, const GError& error) {
  if (error.domain != library.g_dbus_error_quark()) return false;
  switch (error.code) {
    case G_DBUS_ERROR_SERVICE_UNKNOWN:
    case G_DBUS_ERROR_NAME_HAS_NO_OWNER:
    case G_DBUS_ERROR_SPAWN_EXEC_FAILED:
    case G_DBUS_ERROR_SPAWN_FORK_FAILED:
    case G_DBUS_ERROR_SPAWN_CHILD_EXITED:
    case G_DBUS_ERROR_SPAWN_CHILD_SIGNALED:
    case G_DBUS_ERROR_SPAWN_FAILED:
    case G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND:
      return true;
    default:
      return false;
  }
}

/// Whether the time was up: the call was cancelled, or not even that helped.
bool came_too_late(const Libsecret& library, const GlibError& error) {
  return !error ||
         (error->domain == library.g_io_error_quark() && error->code == G_IO_ERROR_CANCELLED);
}

Error bus_failure(const Libsecret& library, const GlibError& error) {
  if (came_too_late(library, error)) {
    return locked("the session bus did not answer within a second", see_the_desktop);
  }
  return locked(fmt::format("the session bus does not answer: {}", terminal_safe(error->message)),
                "DBUS_SESSION_BUS_ADDRESS names the bus of a session that is over: log in anew");
}

Error keyring_failure(const Libsecret& library, const GlibError& error) {
  if (came_too_late(library, error)) {
    return locked("the keyring did not answer within a second", see_the_desktop);
  }
  if (error->domain == library.secret_error_get_quark() && error->code == SECRET_ERROR_IS_LOCKED) {
    return is_locked();
  }
  if (says_that_nobody_is_there(library, *error)) {
    return locked("no keyring answers on the session bus",
                  "start one, such as gnome-keyring-daemon, or log in at the desktop");
  }
  return locked(fmt::format("the keyring cannot be asked: {}", terminal_safe(error->message)),
                see_the_desktop);
}

using Failure = Error(const Libsecret& library, const GlibError& error);

/// One call: `start(cancellable, callback, data)`, and then `finish(result, error)`, as GLib's
/// functions come in pairs.
template <class Start, class Finish>
auto answer(const Libsecret& library, LimitedCalls& calls, Failure& failure, const Start& start,
            const Finish& finish) -> Result<decltype(finish(nullptr, nullptr))> {
  GError* told = nullptr;
  const auto result = calls.complete(start);
  if (!result) return tl::unexpected(failure(library, GlibError(nullptr, {&library})));
  auto value = finish(result.get(), &told);
  const GlibError error(told, {&library});
  if (error) return tl::unexpected(failure(library, error));
  return value;
}

/// A bus that goes away does not end this process, as GLib has it for programs of a desktop.
void stay(GDBusConnection* bus, gboolean /*vanished*/, GError* /*error*/, gpointer library) {
  static_cast<const Libsecret*>(library)->g_dbus_connection_set_exit_on_close(bus, FALSE);
}

std::string path_of(const Libsecret& library, const GlibObject<SecretCollection>& collection) {
  return library.g_dbus_proxy_get_object_path(reinterpret_cast<GDBusProxy*>(collection.get()));
}

}  // namespace

bool has_session_bus() {
  const char* const address = std::getenv("DBUS_SESSION_BUS_ADDRESS");
  if (address != nullptr) {
    const std::string_view text = address;
    return !text.empty() && text.find("autolaunch:") == std::string_view::npos;
  }
  const char* const directory = std::getenv("XDG_RUNTIME_DIR");
  if (directory == nullptr || *directory == '\0') return false;
  struct stat state {};
  return ::stat((std::filesystem::path(directory) / "bus").c_str(), &state) == 0 &&
         S_ISSOCK(state.st_mode) && state.st_uid == ::geteuid();
}

SecretServiceSession::SecretServiceSession(const Libsecret& library,
                                           std::chrono::milliseconds limit)
    : library_(&library), calls_(library, limit) {}

SecretServiceSession::~SecretServiceSession() {
  if (closing_ != 0) library_->g_signal_handler_disconnect(bus_.get(), closing_);
}

Result<void> SecretServiceSession::connect() {
  TRY_ASSIGN(GDBusConnection* const bus,
             answer(
                 *library_, calls_, bus_failure,
                 [&](auto... how) { library_->g_bus_get(G_BUS_TYPE_SESSION, how...); },
                 [&](auto... end) { return library_->g_bus_get_finish(end...); }));
  bus_ = GlibObject<GDBusConnection>(bus, {library_});
  closing_ = library_->g_signal_connect_data(bus, "closed", G_CALLBACK(stay),
                                             const_cast<Libsecret*>(library_), nullptr,
                                             static_cast<GConnectFlags>(0));
  return {};
}

Result<void> SecretServiceSession::open() {
  TRY(connect());
  TRY_ASSIGN(SecretService* const service,
             answer(
                 *library_, calls_, keyring_failure,
                 [&](auto... how) {
                   library_->secret_service_open(library_->secret_service_get_type(), nullptr,
                                                 SECRET_SERVICE_OPEN_SESSION, how...);
                 },
                 [&](auto... end) { return library_->secret_service_open_finish(end...); }));
  service_ = GlibObject<SecretService>(service, {library_});
  return {};
}

Result<GlibObject<SecretCollection>> SecretServiceSession::collection_of(const char* alias) {
  TRY_ASSIGN(
      SecretCollection* const collection,
      answer(
          *library_, calls_, keyring_failure,
          [&](auto... how) {
            library_->secret_collection_for_alias(service_.get(), alias, SECRET_COLLECTION_NONE,
                                                  how...);
          },
          [&](auto... end) { return library_->secret_collection_for_alias_finish(end...); }));
  return GlibObject<SecretCollection>(collection, {library_});
}

Result<std::string> SecretServiceSession::default_collection() {
  TRY_ASSIGN(const auto collection, collection_of("default"));
  if (!collection) {
    return tl::unexpected(locked("the keyring has no default collection", another_default));
  }
  if (library_->secret_collection_get_locked(collection.get()) != FALSE) {
    return tl::unexpected(is_locked());
  }
  TRY_ASSIGN(const auto passing, collection_of(SECRET_COLLECTION_SESSION));
  const std::string path = path_of(*library_, collection);
  if (passing && path_of(*library_, passing) == path) {
    return tl::unexpected(locked("the keyring forgets all when the session ends", another_default));
  }
  return path;
}

GlibTable SecretServiceSession::attributes(std::string_view identifier) const {
  return {library_->secret_attributes_build(&item_schema, "store", std::string(identifier).c_str(),
                                            static_cast<char*>(nullptr)),
          {library_}};
}

Result<std::optional<Secret>> SecretServiceSession::find(std::string_view identifier) {
  const auto named = attributes(identifier);
  TRY_ASSIGN(GList* const items,
             answer(
                 *library_, calls_, keyring_failure,
                 [&](auto... how) {
                   library_->secret_service_search(service_.get(), &item_schema, named.get(),
                                                   SECRET_SEARCH_LOAD_SECRETS, how...);
                 },
                 [&](auto... end) {
                   return library_->secret_service_search_finish(service_.get(), end...);
                 }));
  if (items == nullptr) return std::nullopt;
  auto* const item = static_cast<SecretItem*>(items->data);
  const bool is_open = library_->secret_item_get_locked(item) == FALSE;
  const Value value(library_->secret_item_get_secret(item), {library_});
  library_->g_list_free_full(items, library_->g_object_unref);
  if (!is_open) return tl::unexpected(is_locked());
  if (!value) {
    return tl::unexpected(locked("the keyring does not give the secret away", see_the_desktop));
  }
  gsize size = 0;
  const char* const bytes = library_->secret_value_get(value.get(), &size);
  return Secret(std::string_view(bytes, size));
}

Result<void> SecretServiceSession::put(const std::string& collection, std::string_view identifier,
                                       std::string_view label, const Secret& secret) {
  const auto named = attributes(identifier);
  const std::string shown(label);
  const Value value(library_->secret_value_new(secret.reveal().data(),
                                               static_cast<gssize>(secret.size()), "text/plain"),
                    {library_});
  TRY(answer(
      *library_, calls_, keyring_failure,
      [&](auto... how) {
        library_->secret_service_store(service_.get(), &item_schema, named.get(),
                                       collection.c_str(), shown.c_str(), value.get(), how...);
      },
      [&](auto... end) { return library_->secret_service_store_finish(service_.get(), end...); }));
  return {};
}

Result<void> SecretServiceSession::remove(std::string_view identifier) {
  const auto named = attributes(identifier);
  TRY(answer(
      *library_, calls_, keyring_failure,
      [&](auto... how) {
        library_->secret_service_clear(service_.get(), &item_schema, named.get(), how...);
      },
      [&](auto... end) { return library_->secret_service_clear_finish(service_.get(), end...); }));
  return {};
}

}  // namespace applink::store

// libsecret and what comes with it of GLib, loaded at first use: docs/architecture.md says why.
#pragma once

#include <memory>
#include <string>

#include <libsecret/secret.h>

#include "applink/base/result.h"

namespace applink::store {

/// A function that was looked up by its name; it is of whatever type it is asked for.
class Symbol {
 public:
  explicit Symbol(void* address) : address_(address) {}
  template <class Function>
  operator Function*() const {  // NOLINT(google-explicit-constructor)
    return reinterpret_cast<Function*>(address_);
  }

 private:
  void* address_;
};

/// The functions that are used, each by its own name. The headers give their types alone: a program
/// that is linked with this is not linked with libsecret. Their macros (SECRET_TYPE_SERVICE,
/// g_autoptr) call functions by themselves, and are of no use here.
class Libsecret {
 public:
  /// ErrorCode::locked where there is no such library, or it lacks one of the functions. It stays
  /// loaded for good: GLib cannot be unloaded.
  static Result<Libsecret> load(const std::string& library);

 private:
  explicit Libsecret(void* library) : library_(library) {}
  Symbol find(const char* name);

  void* library_;
  const char* missing_ = nullptr;

 public:
  decltype(&::g_error_free) g_error_free = find("g_error_free");
  decltype(&::g_hash_table_unref) g_hash_table_unref = find("g_hash_table_unref");
  decltype(&::g_list_free_full) g_list_free_full = find("g_list_free_full");
  decltype(&::g_main_context_iteration) g_main_context_iteration = find("g_main_context_iteration");
  decltype(&::g_main_context_new) g_main_context_new = find("g_main_context_new");
  decltype(&::g_main_context_pop_thread_default) g_main_context_pop_thread_default =
      find("g_main_context_pop_thread_default");
  decltype(&::g_main_context_push_thread_default) g_main_context_push_thread_default =
      find("g_main_context_push_thread_default");
  decltype(&::g_main_context_unref) g_main_context_unref = find("g_main_context_unref");
  decltype(&::g_source_attach) g_source_attach = find("g_source_attach");
  decltype(&::g_source_destroy) g_source_destroy = find("g_source_destroy");
  decltype(&::g_source_set_callback) g_source_set_callback = find("g_source_set_callback");
  decltype(&::g_source_unref) g_source_unref = find("g_source_unref");
  decltype(&::g_timeout_source_new) g_timeout_source_new = find("g_timeout_source_new");

  decltype(&::g_object_ref) g_object_ref = find("g_object_ref");
  decltype(&::g_object_unref) g_object_unref = find("g_object_unref");
  decltype(&::g_signal_connect_data) g_signal_connect_data = find("g_signal_connect_data");
  decltype(&::g_signal_handler_disconnect) g_signal_handler_disconnect =
      find("g_signal_handler_disconnect");

  decltype(&::g_bus_get) g_bus_get = find("g_bus_get");
  decltype(&::g_bus_get_finish) g_bus_get_finish = find("g_bus_get_finish");
  decltype(&::g_cancellable_cancel) g_cancellable_cancel = find("g_cancellable_cancel");
  decltype(&::g_cancellable_new) g_cancellable_new = find("g_cancellable_new");
  decltype(&::g_dbus_connection_set_exit_on_close) g_dbus_connection_set_exit_on_close =
      find("g_dbus_connection_set_exit_on_close");
  decltype(&::g_dbus_error_quark) g_dbus_error_quark = find("g_dbus_error_quark");
  decltype(&::g_dbus_proxy_get_object_path) g_dbus_proxy_get_object_path =
      find("g_dbus_proxy_get_object_path");
  decltype(&::g_io_error_quark) g_io_error_quark = find("g_io_error_quark");

  decltype(&::secret_attributes_build) secret_attributes_build = find("secret_attributes_build");
  decltype(&::secret_collection_for_alias) secret_collection_for_alias =
      find("secret_collection_for_alias");
  decltype(&::secret_collection_for_alias_finish) secret_collection_for_alias_finish =
      find("secret_collection_for_alias_finish");
  decltype(&::secret_collection_get_locked) secret_collection_get_locked =
      find("secret_collection_get_locked");
  decltype(&::secret_error_get_quark) secret_error_get_quark = find("secret_error_get_quark");
  decltype(&::secret_item_get_locked) secret_item_get_locked = find("secret_item_get_locked");
  decltype(&::secret_item_get_secret) secret_item_get_secret = find("secret_item_get_secret");
  decltype(&::secret_service_clear) secret_service_clear = find("secret_service_clear");
  decltype(&::secret_service_clear_finish) secret_service_clear_finish =
      find("secret_service_clear_finish");
  decltype(&::secret_service_get_type) secret_service_get_type = find("secret_service_get_type");
  decltype(&::secret_service_open) secret_service_open = find("secret_service_open");
  decltype(&::secret_service_open_finish) secret_service_open_finish =
      find("secret_service_open_finish");
  decltype(&::secret_service_search) secret_service_search = find("secret_service_search");
  decltype(&::secret_service_search_finish) secret_service_search_finish =
      find("secret_service_search_finish");
  decltype(&::secret_service_store) secret_service_store = find("secret_service_store");
  decltype(&::secret_service_store_finish) secret_service_store_finish =
      find("secret_service_store_finish");
  decltype(&::secret_value_get) secret_value_get = find("secret_value_get");
  decltype(&::secret_value_new) secret_value_new = find("secret_value_new");
  decltype(&::secret_value_unref) secret_value_unref = find("secret_value_unref");
};

/// Gives something of GLib's back by the function that is for its kind.
template <auto Free>
struct Release {
  const Libsecret* library;
  void operator()(auto* what) const { (library->*Free)(what); }
};

template <class T>
using GlibObject = std::unique_ptr<T, Release<&Libsecret::g_object_unref>>;
using GlibContext = std::unique_ptr<GMainContext, Release<&Libsecret::g_main_context_unref>>;
using GlibError = std::unique_ptr<GError, Release<&Libsecret::g_error_free>>;
using GlibTable = std::unique_ptr<GHashTable, Release<&Libsecret::g_hash_table_unref>>;
using Value = std::unique_ptr<SecretValue, Release<&Libsecret::secret_value_unref>>;

}  // namespace applink::store

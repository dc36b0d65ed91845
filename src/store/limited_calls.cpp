// Cancels what takes too long, and leaves it alone where it cannot be cancelled.
#include "store/limited_calls.h"

namespace applink::store {
namespace {

/// Of the time, what is left to a call for its end when it is cancelled. libsecret waits for a
/// keyring that shows a window and does not take it away.
constexpr std::chrono::milliseconds farewell{100};

}  // namespace

LimitedCalls::LimitedCalls(const Libsecret& library, std::chrono::milliseconds limit)
    : library_(&library),
      context_(library.g_main_context_new(), {&library}),
      cancellable_(library.g_cancellable_new(), {&library}) {
  library_->g_main_context_push_thread_default(context_.get());
  call_after(limit - farewell, &LimitedCalls::cancel);
  call_after(limit, &LimitedCalls::abandon);
}

LimitedCalls::~LimitedCalls() {
  // What was given back may have something left to do. A call that was abandoned must not: it would
  // find nobody who waits.
  while (!abandoned_ && library_->g_main_context_iteration(context_.get(), FALSE) != FALSE) {
  }
  library_->g_main_context_pop_thread_default(context_.get());
}

void LimitedCalls::take_result(GObject* /*source*/, GAsyncResult* result, gpointer waiting) {
  auto& asked = *static_cast<Waiting*>(waiting);
  asked.result = static_cast<GAsyncResult*>((asked.library->g_object_ref)(result));
}

gboolean LimitedCalls::cancel(gpointer calls) {
  auto& self = *static_cast<LimitedCalls*>(calls);
  self.library_->g_cancellable_cancel(self.cancellable_.get());
  return G_SOURCE_REMOVE;
}

gboolean LimitedCalls::abandon(gpointer calls) {
  static_cast<LimitedCalls*>(calls)->abandoned_ = true;
  return G_SOURCE_REMOVE;
}

void LimitedCalls::run_until_done(const Waiting& waiting) {
  while (waiting.result == nullptr && !abandoned_) {
    library_->g_main_context_iteration(context_.get(), TRUE);
  }
}

void LimitedCalls::call_after(std::chrono::milliseconds time, GSourceFunc function) {
  GSource* const source = library_->g_timeout_source_new(static_cast<guint>(time.count()));
  library_->g_source_set_callback(source, function, this, nullptr);
  library_->g_source_attach(source, context_.get());
  library_->g_source_unref(source);
}

}  // namespace applink::store

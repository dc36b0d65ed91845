// Asynchronous calls of GLib as if they were ordinary ones, all of them over after a given time.
#pragma once

#include <chrono>

#include "applink/base/signals.h"
#include "store/libsecret.h"

namespace applink::store {

/// One thread's calls, one after the other, on a main context of their own: nothing of the rest of
/// the program is run in the meantime. Signals are held back, because GLib starts threads that go
/// on, and a signal for the process must never go to one of them.
class LimitedCalls {
 public:
  /// `library` outlives the calls. The time begins now.
  LimitedCalls(const Libsecret& library, std::chrono::milliseconds limit);
  LimitedCalls(const LimitedCalls&) = delete;
  LimitedCalls& operator=(const LimitedCalls&) = delete;
  ~LimitedCalls();

  /// Starts a call by `start(cancellable, callback, data)`, and waits for what it comes to, which
  /// is for the call's own function "…_finish". A call is cancelled when its time is up; null where
  /// it does not end even then.
  template <class Start>
  GlibObject<GAsyncResult> complete(const Start& start) {
    Waiting waiting{library_, nullptr};
    if (!abandoned_) start(cancellable_.get(), &LimitedCalls::take_result, &waiting);
    run_until_done(waiting);
    return {waiting.result, {library_}};
  }

 private:
  struct Waiting {
    const Libsecret* library;
    GAsyncResult* result;
  };

  static void take_result(GObject* source, GAsyncResult* result, gpointer waiting);
  static gboolean cancel(gpointer calls);
  static gboolean abandon(gpointer calls);
  void run_until_done(const Waiting& waiting);
  void call_after(std::chrono::milliseconds time, GSourceFunc function);

  SignalsHeld held_;
  const Libsecret* library_;
  GlibContext context_;
  GlibObject<GCancellable> cancellable_;
  bool abandoned_ = false;
};

}  // namespace applink::store

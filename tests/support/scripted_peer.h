// A TCP server on loopback whose every connection is served by a function of the test's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

#include "support/loopback.h"

namespace applink::test {

/// One connection after the other, until it is destroyed.
class ScriptedPeer {
 public:
  explicit ScriptedPeer(std::function<void(const RawConnection&)> serve) {
    std::tie(listener_, port_) = bind_free_port();
    EXPECT_EQ(::listen(listener_, 8), 0);
    thread_ = std::thread([this, serve = std::move(serve)] {
      for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        serve(RawConnection(socket));
      }
    });
  }
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;
  ~ScriptedPeer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace applink::test

// A server on loopback that speaks HTTP/2 over TLS where it is offered, as far as one answer goes.
#pragma once

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "support/loopback.h"

namespace applink::test {

class Http2Peer {
 public:
  enum class Answer {
    ok,              ///< 204, and nothing more
    refused_stream,  ///< "not processed": what makes libcurl send it again
    going_away,      ///< the same for the whole connection
  };

  Http2Peer(const std::string& certificate_pem, std::string_view private_key_pem, Answer answer)
      : context_(::SSL_CTX_new(::TLS_server_method()), ::SSL_CTX_free), answer_(answer) {
    use(certificate_pem, private_key_pem);
    ::SSL_CTX_set_alpn_select_cb(context_.get(), &select_protocol, nullptr);
    std::tie(listener_, port_) = bind_free_port();
    EXPECT_EQ(::listen(listener_, 8), 0);
    thread_ = std::thread([this] { serve(); });
  }
  Http2Peer(const Http2Peer&) = delete;
  Http2Peer& operator=(const Http2Peer&) = delete;
  ~Http2Peer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// How many requests have come, by HTTP/2 and by 1.1.
  [[nodiscard]] int requests() const { return requests_; }
  [[nodiscard]] int requests_by_http2() const { return by_http2_; }

 private:
  template <class T>
  using Handle = std::unique_ptr<T, void (*)(T*)>;

  void use(const std::string& certificate_pem, std::string_view private_key_pem) {
    const auto read = [](std::string_view pem) {
      return std::unique_ptr<BIO, int (*)(BIO*)>(
          ::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), ::BIO_free);
    };
    const Handle<X509> certificate(
        ::PEM_read_bio_X509(read(certificate_pem).get(), nullptr, nullptr, nullptr), ::X509_free);
    const Handle<EVP_PKEY> key(
        ::PEM_read_bio_PrivateKey(read(private_key_pem).get(), nullptr, nullptr, nullptr),
        ::EVP_PKEY_free);
    EXPECT_EQ(::SSL_CTX_use_certificate(context_.get(), certificate.get()), 1);
    EXPECT_EQ(::SSL_CTX_use_PrivateKey(context_.get(), key.get()), 1);
  }

  static int select_protocol(SSL*, const unsigned char** out, unsigned char* out_size,
                             const unsigned char* in, unsigned int in_size, void*) {
    static constexpr std::array<unsigned char, 3> http2{2, 'h', '2'};
    unsigned char* chosen = nullptr;
    const int found =
        ::SSL_select_next_proto(&chosen, out_size, http2.data(), http2.size(), in, in_size);
    *out = chosen;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
  }

  void serve() {
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    for (;;) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const RawConnection connection(socket);
      const Handle<SSL> tls(::SSL_new(context_.get()), ::SSL_free);
      ::SSL_set_fd(tls.get(), socket);
      if (::SSL_accept(tls.get()) == 1) converse(tls.get());
    }
  }

  void converse(SSL* tls) {
    const unsigned char* protocol = nullptr;
    unsigned int size = 0;
    ::SSL_get0_alpn_selected(tls, &protocol, &size);
    if (size == 2) return converse_by_http2(tls);
    if (read_until(tls, "\r\n\r\n").empty()) return;
    ++requests_;
    write(tls, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    ::SSL_shutdown(tls);
  }

  void converse_by_http2(SSL* tls) {
    std::string got;
    constexpr std::size_t preface = 24;
    while (!headers_in(std::string_view(got).substr(std::min(got.size(), preface)))) {
      const auto more = read_some(tls);
      if (more.empty()) return;
      got += more;
    }
    ++requests_;
    ++by_http2_;
    using namespace std::string_view_literals;
    constexpr auto settings = "\0\0\0\x04\0\0\0\0\0"sv;
    constexpr auto no_content = "\0\0\1\x01\x05\0\0\0\1\x89"sv;       // HEADERS, ":status: 204"
    constexpr auto refused = "\0\0\4\x03\0\0\0\0\1\0\0\0\7"sv;        // RST_STREAM
    constexpr auto away = "\0\0\x8\x07\0\0\0\0\0\0\0\0\0\0\0\0\0"sv;  // GOAWAY, none processed
    write(tls, settings);
    write(tls, answer_ == Answer::ok               ? no_content
               : answer_ == Answer::refused_stream ? refused
                                                   : away);
    while (!read_some(tls).empty()) {
    }
  }

  /// Whether a whole HEADERS frame is among the frames.
  static bool headers_in(std::string_view frames) {
    constexpr std::size_t head = 9;
    while (frames.size() >= head) {
      const auto byte = [&frames](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(frames[i]));
      };
      const auto size = head + (byte(0) << 16U) + (byte(1) << 8U) + byte(2);
      if (frames.size() < size) return false;
      if (byte(3) == 1) return true;
      frames.remove_prefix(size);
    }
    return false;
  }

  static std::string read_some(SSL* tls) {
    std::array<char, 4096> buffer{};
    const int size = ::SSL_read(tls, buffer.data(), buffer.size());
    return {buffer.data(), static_cast<std::size_t>(std::max(size, 0))};
  }

  static std::string read_until(SSL* tls, std::string_view mark) {
    std::string got;
    while (got.find(mark) == std::string::npos) {
      const auto more = read_some(tls);
      if (more.empty()) return "";
      got += more;
    }
    return got;
  }

  static void write(SSL* tls, std::string_view bytes) {
    ::SSL_write(tls, bytes.data(), static_cast<int>(bytes.size()));
  }

  Handle<SSL_CTX> context_;
  Answer answer_;
  std::atomic<int> requests_ = 0;
  std::atomic<int> by_http2_ = 0;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace applink::test

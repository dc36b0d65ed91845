// A TLS server on loopback that answers one connection, with a certificate of the test's choice.
#pragma once

#include <array>
#include <csignal>
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

class TlsPeer {
 public:
  struct Identity {
    std::string certificate_pem;
    std::string private_key_pem;
  };

  explicit TlsPeer(const Identity& identity, int newest_version = TLS1_3_VERSION)
      : context_(::SSL_CTX_new(::TLS_server_method()), ::SSL_CTX_free) {
    use(identity);
    // Otherwise the old versions would already be refused on this side.
    ::SSL_CTX_set_cipher_list(context_.get(), "DEFAULT@SECLEVEL=0");
    ::SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    ::SSL_CTX_set_max_proto_version(context_.get(), newest_version);
    std::tie(listener_, port_) = bind_free_port();
    EXPECT_EQ(::listen(listener_, 8), 0);
    thread_ = std::thread([this] { serve(); });
  }
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;
  ~TlsPeer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  template <class T>
  using Handle = std::unique_ptr<T, void (*)(T*)>;

  void use(const Identity& identity) {
    const auto read = [](const std::string& pem) {
      return std::unique_ptr<BIO, int (*)(BIO*)>(
          ::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), ::BIO_free);
    };
    const Handle<X509> certificate(
        ::PEM_read_bio_X509(read(identity.certificate_pem).get(), nullptr, nullptr, nullptr),
        ::X509_free);
    const Handle<EVP_PKEY> key(
        ::PEM_read_bio_PrivateKey(read(identity.private_key_pem).get(), nullptr, nullptr, nullptr),
        ::EVP_PKEY_free);
    EXPECT_EQ(::SSL_CTX_use_certificate(context_.get(), certificate.get()), 1);
    EXPECT_EQ(::SSL_CTX_use_PrivateKey(context_.get(), key.get()), 1);
  }

  void serve() {
    // OpenSSL writes without MSG_NOSIGNAL, also to a client that has turned away.
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const RawConnection connection(socket);
    const Handle<SSL> tls(::SSL_new(context_.get()), ::SSL_free);
    ::SSL_set_fd(tls.get(), socket);
    if (::SSL_accept(tls.get()) == 1) answer(tls.get());
  }

  static void answer(SSL* tls) {
    std::string request;
    std::array<char, 4096> buffer{};
    while (request.find("\r\n\r\n") == std::string::npos) {
      const int size = ::SSL_read(tls, buffer.data(), buffer.size());
      if (size <= 0) return;
      request.append(buffer.data(), static_cast<std::size_t>(size));
    }
    constexpr std::string_view response = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
    ::SSL_write(tls, response.data(), static_cast<int>(response.size()));
    ::SSL_shutdown(tls);
  }

  Handle<SSL_CTX> context_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace applink::test

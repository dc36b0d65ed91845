// TLS by OpenSSL between two buffers in memory.
#include "crypto/tls_server.h"

#include <utility>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "crypto/openssl.h"

namespace applink::crypto {

using OwnedContext = Owned<SSL_CTX, ::SSL_CTX_free>;
using OwnedSession = Owned<SSL, ::SSL_free>;

struct TlsServer::Handle {
  OwnedContext context;
};

struct TlsSession::Handle {
  OwnedSession ssl;
  BIO* from_wire;  ///< both belong to the session
  BIO* to_wire;
  bool ended = false;
};

namespace {

OwnedBio reading(std::string_view text) {
  OwnedBio made(::BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (!made) library_failure("provide memory");
  return made;
}

/// A key that wants a passphrase is refused, instead of asking for it on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

/// Whether reading stopped because there is nothing more, and not at something damaged.
bool was_the_end() {
  const auto error = ::ERR_peek_last_error();
  ::ERR_clear_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

/// Hands each certificate over; false where one cannot be read or is not taken, or there is none.
template <class Take>
bool take_certificates(std::string_view pem, const Take& take) {
  const auto text = reading(pem);
  for (bool found = false;; found = true) {
    const OwnedCertificate next(::PEM_read_bio_X509(text.get(), nullptr, &no_passphrase, nullptr));
    if (!next) return was_the_end() && found;
    if (!take(next.get())) return false;
  }
}

bool use_chain(SSL_CTX* context, std::string_view pem) {
  bool is_own = true;
  return take_certificates(pem, [&](X509* certificate) {
    if (!std::exchange(is_own, false)) return ::SSL_CTX_add1_chain_cert(context, certificate) == 1;
    return ::SSL_CTX_use_certificate(context, certificate) == 1;
  });
}

bool use_key(SSL_CTX* context, const Secret& pem) {
  const auto text = reading(pem.reveal());
  const OwnedPkey key(::PEM_read_bio_PrivateKey(text.get(), nullptr, &no_passphrase, nullptr));
  // This compares it with the certificate, too.
  return key && ::SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

bool demand_client_certificate(SSL_CTX* context, std::string_view pem) {
  ::SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return take_certificates(pem, [context](X509* authority) {
    return ::X509_STORE_add_cert(::SSL_CTX_get_cert_store(context), authority) == 1 &&
           ::SSL_CTX_add_client_CA(context, authority) == 1;
  });
}

OwnedContext new_context() {
  OwnedContext context(::SSL_CTX_new(::TLS_server_method()));
  if (!context || ::SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    library_failure("begin TLS");
  }
  ::SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  ::SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  ::SSL_CTX_set_num_tickets(context.get(), 0);
  return context;
}

tl::unexpected<Error> unusable(std::string_view what, std::string hint) {
  ::ERR_clear_error();
  return fail(ErrorCode::failed, std::string(what), std::move(hint));
}

}  // namespace

TlsServer::TlsServer(std::unique_ptr<const Handle> handle) noexcept : handle_(std::move(handle)) {}

TlsServer::~TlsServer() = default;

Result<std::shared_ptr<const TlsServer>> TlsServer::create(const TlsServerOptions& options) {
  auto context = new_context();
  if (!use_chain(context.get(), options.certificate_pem)) {
    return unusable("the server's certificate cannot be used",
                    "give one in PEM, followed by those of the authorities that signed it");
  }
  if (!use_key(context.get(), options.private_key_pem)) {
    return unusable("the server's key cannot be used",
                    "give the private key of the certificate, in PEM and without a passphrase");
  }
  if (!options.client_ca_pem.empty() &&
      !demand_client_certificate(context.get(), options.client_ca_pem)) {
    return unusable("the clients' authority cannot be used",
                    "give a file with one or more PEM certificates, each of them whole");
  }
  return std::make_shared<const TlsServer>(
      std::make_unique<const Handle>(Handle{std::move(context)}));
}

TlsSession::TlsSession(const TlsServer& server)
    : handle_(std::make_unique<Handle>(Handle{
          OwnedSession(::SSL_new(server.handle().context.get())), nullptr, nullptr, false})) {
  OwnedBio from_wire(::BIO_new(::BIO_s_mem()));
  OwnedBio to_wire(::BIO_new(::BIO_s_mem()));
  if (!handle_->ssl || !from_wire || !to_wire) library_failure("begin a TLS session");
  handle_->from_wire = from_wire.release();
  handle_->to_wire = to_wire.release();
  ::SSL_set_bio(handle_->ssl.get(), handle_->from_wire, handle_->to_wire);
  ::SSL_set_accept_state(handle_->ssl.get());
}

TlsSession::~TlsSession() = default;

void TlsSession::take(std::string_view wire) {
  const int size = static_cast<int>(wire.size());
  if (::BIO_write(handle_->from_wire, wire.data(), size) != size) library_failure("keep bytes");
  if (established() || handle_->ended) return;
  const int done = ::SSL_do_handshake(handle_->ssl.get());
  handle_->ended = done != 1 && ::SSL_get_error(handle_->ssl.get(), done) != SSL_ERROR_WANT_READ;
  ::ERR_clear_error();
}

std::string TlsSession::to_wire() {
  std::string wire(::BIO_ctrl_pending(handle_->to_wire), '\0');
  std::size_t size = 0;
  if (!wire.empty()) ::BIO_read_ex(handle_->to_wire, wire.data(), wire.size(), &size);
  wire.resize(size);
  return wire;
}

bool TlsSession::established() const {
  return ::SSL_is_init_finished(handle_->ssl.get()) == 1;
}

bool TlsSession::ended() const {
  return handle_->ended;
}

bool TlsSession::has_plaintext() const {
  return ::SSL_has_pending(handle_->ssl.get()) == 1 || ::BIO_ctrl_pending(handle_->from_wire) > 0;
}

std::size_t TlsSession::read(std::span<char> buffer) {
  std::size_t size = 0;
  const int done = ::SSL_read_ex(handle_->ssl.get(), buffer.data(), buffer.size(), &size);
  if (done == 1) return size;
  handle_->ended =
      handle_->ended || ::SSL_get_error(handle_->ssl.get(), done) != SSL_ERROR_WANT_READ;
  ::ERR_clear_error();
  return 0;
}

bool TlsSession::write(std::string_view plaintext) {
  std::size_t size = 0;
  const bool written =
      plaintext.empty() || (established() && ::SSL_write_ex(handle_->ssl.get(), plaintext.data(),
                                                            plaintext.size(), &size) == 1);
  ::ERR_clear_error();
  return written;
}

void TlsSession::end() {
  if (established() && !handle_->ended) ::SSL_shutdown(handle_->ssl.get());
  ::ERR_clear_error();
}

}  // namespace applink::crypto

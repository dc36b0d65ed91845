// A walk over the bags of a PFX, each decrypted on its own.
#include "crypto/pkcs12_read.h"

#include <optional>

#include <fmt/format.h>

#include "crypto/decryption.h"

namespace applink::crypto {
namespace {

// OpenSSL's stacks come as types of their own, which the template for owners does not take.
struct FreeSafes {
  void operator()(STACK_OF(PKCS7) * safes) const { sk_PKCS7_pop_free(safes, ::PKCS7_free); }
};
struct FreeBags {
  void operator()(STACK_OF(PKCS12_SAFEBAG) * bags) const {
    sk_PKCS12_SAFEBAG_pop_free(bags, ::PKCS12_SAFEBAG_free);
  }
};
using OwnedSafes = std::unique_ptr<STACK_OF(PKCS7), FreeSafes>;
using OwnedBags = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), FreeBags>;

tl::unexpected<Error> damaged_pkcs12() {
  drained_errors();
  return fail(ErrorCode::failed, "the PKCS#12 file is damaged",
              "copy the file again, whole, from its first to its last byte");
}

bool mac_fits(PKCS12* pfx, GivenPassphrase passphrase) {
  const bool fits = ::PKCS12_verify_mac(pfx, passphrase.text, passphrase.size) == 1;
  drained_errors();
  return fits;
}

Result<void> take_on_mac(const PKCS12* pfx, Work& work) {
  const ASN1_INTEGER* rounds = nullptr;
  ::PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, pfx);
  return rounds == nullptr ? Result<void>() : work.take_on(rounds);
}

// Null is no passphrase, which is not an empty one.
struct Opening {
  std::optional<Secret> passphrase;

  [[nodiscard]] GivenPassphrase as_given() const {
    return passphrase ? given(passphrase->reveal()) : GivenPassphrase{};
  }
};

bool has_known_mac(const PKCS12* pfx) {
  const X509_ALGOR* algorithm = nullptr;
  ::PKCS12_get0_mac(nullptr, &algorithm, nullptr, nullptr, pfx);
  if (algorithm == nullptr) return false;
  const ASN1_OBJECT* hash = nullptr;
  ::X509_ALGOR_get0(&hash, nullptr, nullptr, algorithm);
  return ::EVP_get_digestbyobj(hash) != nullptr;
}

Result<Opening> opening_by_mac(PKCS12* pfx, const AskPassphrase& ask, Work& work) {
  for (int i = 0; i < 3; ++i) TRY(take_on_mac(pfx, work));  // for each passphrase that is tried
  if (mac_fits(pfx, {})) return Opening{};
  if (mac_fits(pfx, given(""))) return Opening{Secret()};
  TRY_ASSIGN(Secret passphrase, asked(ask));
  if (!mac_fits(pfx, given(passphrase.reveal()))) return wrong_passphrase();
  return Opening{std::move(passphrase)};
}

std::string friendly_name(const PKCS12_SAFEBAG& bag) {
  char* const name = ::PKCS12_get_friendlyname(const_cast<PKCS12_SAFEBAG*>(&bag));
  drained_errors();
  std::string text(name == nullptr ? "" : name);
  ::OPENSSL_free(name);
  return text;
}

class Walk {
 public:
  Walk(GivenPassphrase passphrase, Work& work, Pkcs12Content& content)
      : passphrase_(passphrase), work_(work), content_(content) {}

  Result<void> safe(PKCS7* safe) {
    const int type = ::OBJ_obj2nid(safe->type);
    if (type == NID_pkcs7_data) return bags(OwnedBags(::PKCS12_unpack_p7data(safe)));
    if (type != NID_pkcs7_encrypted) return left_out("it is encrypted for a certificate");
    TRY(take_on(safe));
    const auto found = decrypted_bags(*safe->d.encrypted->enc_data);
    if (found) return bags(*found);
    if (found.error().code == ErrorCode::locked) return tl::unexpected(found.error());
    return left_out("it is encrypted in a way that OpenSSL does not know any more");
  }

 private:
  Result<void> take_on(const PKCS7* safe) {
    const PKCS7_ENCRYPT* encrypted = safe->d.encrypted;
    if (encrypted == nullptr || encrypted->enc_data == nullptr ||
        encrypted->enc_data->algorithm == nullptr) {
      return damaged_pkcs12();
    }
    return work_.take_on(encrypted->enc_data->algorithm);
  }

  Result<OwnedBags> decrypted_bags(const PKCS7_ENC_CONTENT& sealed) const {
    return decrypted([&](OSSL_LIB_CTX* context) {
      return OwnedBags(static_cast<STACK_OF(PKCS12_SAFEBAG)*>(::PKCS12_item_decrypt_d2i_ex(
          sealed.algorithm, ASN1_ITEM_rptr(PKCS12_SAFEBAGS), passphrase_.text, passphrase_.size,
          sealed.enc_data, 1, context, nullptr)));
    });
  }

  Result<void> left_out(std::string_view why) {
    drained_errors();
    content_.remarks.push_back(fmt::format("a part of the PKCS#12 file was left out: {}", why));
    return {};
  }

  Result<void> bags(const OwnedBags& found) {
    if (!found) return damaged_pkcs12();
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(found.get()); ++i) {
      TRY(bag(*sk_PKCS12_SAFEBAG_value(found.get(), i)));
    }
    return {};
  }

  Result<void> bag(const PKCS12_SAFEBAG& bag) {
    switch (::PKCS12_SAFEBAG_get_nid(&bag)) {
      case NID_keyBag:
        return key(OwnedPkcs8(static_cast<PKCS8_PRIV_KEY_INFO*>(::ASN1_item_dup(
                       ASN1_ITEM_rptr(PKCS8_PRIV_KEY_INFO), ::PKCS12_SAFEBAG_get0_p8inf(&bag)))),
                   bag);
      case NID_pkcs8ShroudedKeyBag: {
        TRY_ASSIGN(auto info,
                   decrypted_pkcs8(*::PKCS12_SAFEBAG_get0_pkcs8(&bag), passphrase_, work_));
        return key(std::move(info), bag);
      }
      case NID_certBag: {
        OwnedCertificate certificate(::PKCS12_SAFEBAG_get1_cert(&bag));
        if (certificate) content_.certificates.push_back(std::move(certificate));
        drained_errors();
        return {};
      }
      default:
        return {};  // revocation lists and secrets of others
    }
  }

  Result<void> key(OwnedPkcs8 info, const PKCS12_SAFEBAG& bag) {
    if (!info) return damaged_pkcs12();
    content_.keys.push_back({std::move(info), friendly_name(bag)});
    return {};
  }

  GivenPassphrase passphrase_;
  Work& work_;
  Pkcs12Content& content_;
};

Result<Pkcs12Content> content_of(PKCS12* pfx, const Opening& opening, Work& work) {
  const OwnedSafes safes(::PKCS12_unpack_authsafes(pfx));
  if (!safes) return damaged_pkcs12();
  Pkcs12Content content;
  Walk walk(opening.as_given(), work, content);
  for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
    TRY(walk.safe(sk_PKCS7_value(safes.get(), i)));
  }
  return content;
}

}  // namespace

Result<Pkcs12Content> read_pkcs12(std::string_view der, const AskPassphrase& ask) {
  const unsigned char* at = as_bytes(der);
  const OwnedPkcs12 pfx(::d2i_PKCS12(nullptr, &at, static_cast<long>(der.size())));
  if (!pfx) return damaged_pkcs12();
  Work work;
  if (has_known_mac(pfx.get())) {
    TRY_ASSIGN(const Opening opening, opening_by_mac(pfx.get(), ask, work));
    return content_of(pfx.get(), opening, work);
  }
  // Without a MAC only the decryption tells which passphrase is right.
  auto open = content_of(pfx.get(), Opening{}, work);
  if (open || open.error().code != ErrorCode::locked) return open;
  TRY_ASSIGN(Secret passphrase, asked(ask));
  return content_of(pfx.get(), Opening{std::move(passphrase)}, work);
}

}  // namespace applink::crypto

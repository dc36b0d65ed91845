// A walk over the bags of a PFX, each decrypted on its own.
#include "crypto/pkcs12_read.h"

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

tl::unexpected<Error> damaged() {
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

struct Opening {
  Secret passphrase;
  bool without_passphrase = false;

  [[nodiscard]] GivenPassphrase as_given() const {
    return without_passphrase ? GivenPassphrase{} : given(passphrase.reveal());
  }
};

Result<Opening> opening_of(PKCS12* pfx, const AskPassphrase& ask, Work& work) {
  for (int i = 0; i < 3; ++i) TRY(take_on_mac(pfx, work));  // for each passphrase that is tried
  const bool has_mac = ::PKCS12_mac_present(pfx) == 1;
  if (has_mac && mac_fits(pfx, {})) return Opening{Secret(), true};
  if (has_mac && mac_fits(pfx, given(""))) return Opening{};
  TRY_ASSIGN(Secret passphrase, asked(ask));
  if (has_mac && !mac_fits(pfx, given(passphrase.reveal()))) return wrong_passphrase();
  return Opening{std::move(passphrase), false};
}

class Walk {
 public:
  Walk(GivenPassphrase passphrase, Work& work, Pkcs12Content& content)
      : passphrase_(passphrase), work_(work), content_(content) {}

  Result<void> safe(PKCS7* safe) {
    const int type = ::OBJ_obj2nid(safe->type);
    if (type == NID_pkcs7_data) return bags(OwnedBags(::PKCS12_unpack_p7data(safe)));
    if (type != NID_pkcs7_encrypted) return left_out("a part that is encrypted for a certificate");
    TRY(take_on(safe));
    const OwnedBags found(::PKCS12_unpack_p7encdata(safe, passphrase_.text, passphrase_.size));
    if (found) return bags(found);
    const Error why = decryption_failure().value();
    if (why.code == ErrorCode::locked) return tl::unexpected(why);
    return left_out("a part that is encrypted in a way that OpenSSL does not know any more");
  }

 private:
  Result<void> take_on(const PKCS7* safe) {
    const PKCS7_ENCRYPT* encrypted = safe->d.encrypted;
    if (encrypted == nullptr || encrypted->enc_data == nullptr ||
        encrypted->enc_data->algorithm == nullptr) {
      return damaged();
    }
    return work_.take_on(encrypted->enc_data->algorithm);
  }

  Result<void> left_out(std::string_view what) {
    drained_errors();
    content_.remarks.push_back(std::string(what) + " of the PKCS#12 file was left out");
    return {};
  }

  Result<void> bags(const OwnedBags& found) {
    if (!found) return damaged();
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(found.get()); ++i) {
      TRY(bag(*sk_PKCS12_SAFEBAG_value(found.get(), i)));
    }
    return {};
  }

  Result<void> bag(const PKCS12_SAFEBAG& bag) {
    switch (::PKCS12_SAFEBAG_get_nid(&bag)) {
      case NID_keyBag:
        return key(OwnedPkcs8(static_cast<PKCS8_PRIV_KEY_INFO*>(::ASN1_item_dup(
            ASN1_ITEM_rptr(PKCS8_PRIV_KEY_INFO), ::PKCS12_SAFEBAG_get0_p8inf(&bag)))));
      case NID_pkcs8ShroudedKeyBag: {
        TRY_ASSIGN(auto info,
                   decrypted_pkcs8(*::PKCS12_SAFEBAG_get0_pkcs8(&bag), passphrase_, work_));
        return key(std::move(info));
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

  Result<void> key(OwnedPkcs8 info) {
    if (!info) return damaged();
    content_.keys.push_back(std::move(info));
    return {};
  }

  GivenPassphrase passphrase_;
  Work& work_;
  Pkcs12Content& content_;
};

}  // namespace

Result<Pkcs12Content> read_pkcs12(std::string_view der, const AskPassphrase& ask) {
  const unsigned char* at = as_bytes(der);
  const OwnedPkcs12 pfx(::d2i_PKCS12(nullptr, &at, static_cast<long>(der.size())));
  if (!pfx) return damaged();
  Work work;
  TRY_ASSIGN(const Opening opening, opening_of(pfx.get(), ask, work));
  const OwnedSafes safes(::PKCS12_unpack_authsafes(pfx.get()));
  if (!safes) return damaged();
  Pkcs12Content content;
  Walk walk(opening.as_given(), work, content);
  for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
    TRY(walk.safe(sk_PKCS7_value(safes.get(), i)));
  }
  return content;
}

}  // namespace applink::crypto

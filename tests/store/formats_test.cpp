// Every byte layout of docs/formats.md, against bytes that another program made from it.
#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "store/codec.h"
#include "store/event_log.h"
#include "store/head.h"
#include "store/keyring_method.h"
#include "store/passphrase_method.h"
#include "store/samples.h"
#include "store/sealer.h"
#include "store/shelf.h"
#include "store/unlock.h"
#include "support/fake_keyring.h"

namespace applink::store {
namespace {

std::string vector(const std::string& name) {
  static const auto vectors = test::read_vectors("vectors/store_formats.vec");
  return *hex_decode(vectors.at(name));
}

crypto::SealingKey counting_key(char first) {
  std::string bytes(crypto::SealingKey::size, '\0');
  for (char& byte : bytes) byte = first++;
  return *crypto::SealingKey::from_bytes(Secret(bytes));
}

const RecordId token_id{"token", "prod/default"};

WrappedKey row_of_key_file() {
  return {"key file", "", vector("wrapped data key")};
}

WrappedKey row_of_passphrase() {
  return {"passphrase", vector("passphrase parameters"),
          vector("data key wrapped by the passphrase")};
}

Head head_of_version_1() {
  Head head;
  head.version = 1;
  head.events = 7;
  head.last_event = crypto::digest(crypto::Digest::sha256, vector("sealed event"));
  head.shelves[shelf_of(token_id)] = vector("shelf digest");
  return head;
}

TEST(Formats, TokenContent) {
  const Secret content(vector("token content"));
  EXPECT_EQ(encode(test::sample_token()), content);
  const auto token = decode_token("prod", "default", content);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->credentials.token, "token-of-alice");
  EXPECT_EQ(token->credentials.secret, Secret("secret-of-alice"));
  EXPECT_EQ(token->expires, test::sample_token().expires);
  EXPECT_EQ(token->session_expires, std::nullopt);
}

TEST(Formats, SealedRecord) {
  const Sealer sealer(counting_key(0));
  const auto content = sealer.open_record(token_id, 7, vector("sealed token"));
  ASSERT_TRUE(content);
  EXPECT_EQ(*content, Secret(vector("token content")));
}

TEST(Formats, SealedEvent) {
  const Sealer sealer(counting_key(0));
  const auto content = sealer.open_event(7, vector("sealed event"));
  ASSERT_TRUE(content);
  EXPECT_EQ(*content, Secret(vector("event content")));
  const auto event = decode_event(content->reveal());
  ASSERT_TRUE(event);
  EXPECT_EQ(encode(*event), *content);
  EXPECT_EQ(event->who, "alice@host");
  EXPECT_EQ(event->change, Change::added);
  EXPECT_EQ(event->id, token_id);
  EXPECT_EQ(event->digest, crypto::digest(crypto::Digest::sha256, vector("sealed token")));
}

TEST(Formats, ShelvesAndHead) {
  EXPECT_EQ(std::string(1, static_cast<char>(shelf_of(token_id))), vector("shelf"));
  const std::string digest = crypto::digest(crypto::Digest::sha256, vector("sealed token"));
  const std::vector<Entry> entries{{token_id, 7, digest}};
  EXPECT_EQ(shelf_digest(entries), vector("shelf digest"));

  const Head head = head_of_version_1();
  EXPECT_EQ(encode(head), Secret(vector("head content")));
  EXPECT_EQ(decode_head(vector("head content")), head);
  const Sealer sealer(counting_key(0));
  EXPECT_EQ(sealer.open_head(vector("sealed head")), Secret(vector("head content")));
}

TEST(Formats, HeadsOfVersion2NameTheUnlockMethods) {
  Head head = head_of_version_1();
  head.version = 2;
  head.unlock_methods = {{"key file", digest_of(row_of_key_file())},
                         {"passphrase", digest_of(row_of_passphrase())}};
  EXPECT_EQ(encode(head), Secret(vector("head content of version 2")));
  EXPECT_EQ(decode_head(vector("head content of version 2")), head);
  const Sealer sealer(counting_key(0));
  EXPECT_EQ(sealer.open_head(vector("sealed head of version 2")),
            Secret(vector("head content of version 2")));
}

TEST(Formats, WrappedDataKey) {
  const auto data_key = unwrap(row_of_key_file(), counting_key(32));
  ASSERT_TRUE(data_key);
  EXPECT_EQ(data_key->bytes(), counting_key(0).bytes());
}

TEST(Formats, DataKeyUnderAPassphrase) {
  const auto parameters = passphrase_parameters(row_of_passphrase().parameters);
  ASSERT_TRUE(parameters);
  EXPECT_EQ(parameters->scrypt, (crypto::ScryptParameters{10, 8, 2}));
  const auto data_key = unwrap_by_passphrase(row_of_passphrase(), Secret("correct horse"));
  ASSERT_TRUE(data_key);
  EXPECT_EQ(data_key->bytes(), counting_key(0).bytes());
  EXPECT_EQ(digest_of(row_of_passphrase()), vector("digest of the passphrase"));

  const Secret content(vector("content of the event of the passphrase"));
  const auto event = decode_event(content.reveal());
  ASSERT_TRUE(event);
  EXPECT_EQ(encode(*event), content);
  EXPECT_EQ(event->id, (RecordId{"unlock method", "passphrase"}));
  EXPECT_EQ(event->digest, vector("digest of the passphrase"));
}

TEST(Formats, DataKeyUnderTheKeyring) {
  test::FakeKeyring keyring;
  keyring.items()["505152535455565758595a5b5c5d5e5f"].secret =
      "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
  const WrappedKey row{"keyring", vector("keyring parameters"),
                       vector("data key wrapped by the keyring")};
  const auto data_key = unwrap_by_keyring(row, &keyring);
  ASSERT_TRUE(data_key) << data_key.error().message;
  EXPECT_EQ(data_key->bytes(), counting_key(0).bytes());
}

TEST(Formats, ParametersOfUnlockMethodsAreReadStrictly) {
  const std::string parameters = vector("passphrase parameters");
  for (std::size_t size = 0; size < parameters.size(); ++size) {
    EXPECT_FALSE(passphrase_parameters(std::string_view(parameters).substr(0, size))) << size;
  }
  EXPECT_FALSE(passphrase_parameters(parameters + "x"));
  const auto newer = passphrase_parameters("\x02" + parameters.substr(1));
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().message.find("newer applink"), std::string::npos);

  test::FakeKeyring keyring;
  for (const std::string& bad :
       {std::string(), vector("keyring parameters").substr(1), vector("keyring parameters") + "x",
        "\x02" + std::string(40, 'x')}) {
    EXPECT_EQ(unwrap_by_keyring({"keyring", bad, ""}, &keyring).error().code, ErrorCode::locked);
  }
  EXPECT_EQ(keyring.calls(), 0);
}

TEST(Formats, HeadsAreReadStrictly) {
  const std::string head = vector("head content of version 2");
  for (std::size_t size = 0; size < head.size(); ++size) {
    EXPECT_FALSE(decode_head(std::string_view(head).substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_head(head + "x"));
  EXPECT_FALSE(decode_head(std::string(1, '\0') + head.substr(1)));
  EXPECT_FALSE(decode_head("\x01" + head.substr(1)));
  const auto newer = decode_head("\x03" + head.substr(1));
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().hint.find("newer applink"), std::string::npos);
}

TEST(Formats, EventsAreReadStrictly) {
  const std::string event = vector("event content");
  for (std::size_t size = 0; size < event.size(); ++size) {
    const auto read = decode_event(std::string_view(event).substr(0, size));
    // Without its last field, the digest, the same bytes say that a record was removed.
    EXPECT_TRUE(!read || read->digest.empty()) << size;
  }
  EXPECT_FALSE(decode_event(event + "x"));
  EXPECT_FALSE(decode_event("\x02" + event.substr(1)));
  auto other = *decode_event(event);
  other.change = static_cast<Change>(4);
  EXPECT_FALSE(decode_event(encode(other).reveal()));
}

}  // namespace
}  // namespace applink::store

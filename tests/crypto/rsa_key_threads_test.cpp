// One key that many threads sign with: run under ThreadSanitizer too.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "applink/crypto/rsa_key.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using test::test_key;
TEST(RsaPrivateKeyInThreads, SignsInMoreThreadsThanItKeepsContextsFor) {
  const auto key = test_key();
  const auto public_key = key.public_key();
  std::atomic<int> right{0};
  const auto work = [&](int thread) {
    for (int i = 0; i < 6; ++i) {
      const std::string message = std::to_string(thread) + "/" + std::to_string(i);
      const Digest kind = i % 3 == 0 ? Digest::sha256 : Digest::sha1;
      const auto signature = key.sign(kind, message);
      if (signature && public_key.verify(kind, message, *signature)) ++right;
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 40; ++thread) threads.emplace_back(work, thread);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 240);
}

// A context belongs to its key, not to its thread: nothing of a key is left when it goes, and a
// thread that outlives one key signs with the next.
TEST(RsaPrivateKeyInThreads, SignsWithOneKeyAfterAnotherInTheSameThreads) {
  const auto public_key = test_key().public_key();
  std::atomic<int> right{0};
  const auto work = [&] {
    for (int i = 0; i < 10; ++i) {
      const auto key = test_key();
      const auto signature = key.sign(Digest::sha1, "message");
      if (signature && public_key.verify(Digest::sha1, "message", *signature)) ++right;
    }
  };
  std::thread one(work);
  std::thread two(work);
  one.join();
  two.join();
  EXPECT_EQ(right, 20);
}

}  // namespace
}  // namespace applink::crypto

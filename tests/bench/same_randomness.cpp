// LD_PRELOAD gives a program's OpenSSL the random numbers that follow from $SEED, and so two
// programs the same primes to find: the search for a key is otherwise a matter of luck. For
// benchmarks alone.
#define OPENSSL_SUPPRESS_DEPRECATED  // another provider of randomness would be as long as OpenSSL's
#include <cstdint>
#include <cstdlib>

#include <openssl/rand.h>

namespace {

// SplitMix64 (Steele, Lea, Flood 2014): next to nothing beside the search itself.
std::uint64_t next() {
  const char* const seed = std::getenv("SEED");
  static std::uint64_t state = seed == nullptr ? 0 : std::strtoull(seed, nullptr, 10);
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

int fill(unsigned char* bytes, int size) {
  for (int i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(next());
  return 1;
}

int ready() {
  return 1;
}

[[gnu::constructor]] void take_over() {
  static const RAND_METHOD same_each_time{nullptr, fill, nullptr, nullptr, fill, ready};
  RAND_set_rand_method(&same_each_time);
}

}  // namespace

// Signs so often in one way, for callgrind to count: instructions KEY-FILE bare|header TIMES.
#include <cstdlib>
#include <string_view>

#include "applink/crypto/wiping_memory.h"
#include "bench/ways_to_sign.h"

int main(int argc, char** argv) {
  using namespace applink;
  if (argc != 4) return EXIT_FAILURE;
  const std::string_view way = argv[2];
  const int times = std::atoi(argv[3]);
  if (way == "bare") {
    bench::BareSignature bare(argv[1]);
    for (int i = 0; i < times; ++i) bare.sign();
    return EXIT_SUCCESS;
  }
  if (way != "header" || !crypto::wipe_what_openssl_frees())
    return EXIT_FAILURE;  // as applink does
  const auto key = bench::key_in(argv[1]);
  const oauth1::RsaSigner signer(key, oauth1::SignatureMethod::rsa_sha1);
  bench::WholeHeader header(signer);
  for (int i = 0; i < times; ++i) header.sign();
  return EXIT_SUCCESS;
}

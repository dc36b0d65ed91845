// Bytes that must not be seen: private keys, token secrets, passphrases.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace applink {

/// Move-only, wiped when freed, compared in constant time, not printable. `reveal()` is the one
/// door: every place where a secret is read is found by `grep -rn 'reveal()' src`.
class Secret {
 public:
  Secret() = default;
  /// Copies `bytes`; whoever holds the original wipes it.
  explicit Secret(std::string_view bytes);
  /// Copies `bytes` and wipes the original.
  [[nodiscard]] static Secret take(std::string&& bytes);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  /// A second copy, said aloud.
  [[nodiscard]] Secret copy() const { return Secret(reveal()); }
  /// The bytes, valid as long as this object.
  [[nodiscard]] std::string_view reveal() const { return {bytes_.get(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Takes the same time wherever two secrets of one length differ.
  friend bool operator==(const Secret& a, const Secret& b);

 private:
  void wipe() noexcept;

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

/// Overwrites `bytes` in a way that the compiler does not leave out.
void wipe(std::string& bytes) noexcept;

/// Constant-time equality for foreign bytes beside ours: signatures, XSRF tokens, callback paths.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace applink

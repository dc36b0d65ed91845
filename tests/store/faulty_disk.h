// A disk that fails, or a process that dies, at a chosen write: a VFS of SQLite over the real one.
#pragma once

namespace applink::test {

/// As long as it lives, databases are opened over it. Counted are writes, truncations, syncs and
/// deletions.
class FaultyDisk {
 public:
  enum class Fault {
    full,      ///< writes say so from then on
    io_error,  ///< this one operation fails
    kill,      ///< the process gets SIGKILL before the operation
  };

  FaultyDisk(Fault fault, int good_operations);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  /// Whether the chosen operation was reached.
  [[nodiscard]] bool failed() const;
};

}  // namespace applink::test

#include "store/faulty_disk.h"

#include <csignal>
#include <cstring>

#include <sqlite3.h>

namespace applink::test {
namespace {

struct Plan {
  FaultyDisk::Fault fault = FaultyDisk::Fault::full;
  int good_operations = 0;
  int operations = 0;
};
Plan plan;

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs faulty_vfs;

struct FaultyFile {
  sqlite3_file base;
  sqlite3_file* real;  // behind this, in the memory that SQLite gave
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<FaultyFile*>(file)->real;
}

// SQLITE_OK, or how the operation that is due now fails.
int next_operation(int io_error) {
  const int number = plan.operations++;
  if (number < plan.good_operations) return SQLITE_OK;
  switch (plan.fault) {
    case FaultyDisk::Fault::full:
      return io_error == SQLITE_IOERR_WRITE ? SQLITE_FULL : SQLITE_OK;
    case FaultyDisk::Fault::io_error:
      return number == plan.good_operations ? io_error : SQLITE_OK;
    case FaultyDisk::Fault::kill:
      ::raise(SIGKILL);
  }
  return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}
int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), bytes, size, at);
}
int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  if (const int code = next_operation(SQLITE_IOERR_WRITE); code != SQLITE_OK) return code;
  return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (const int code = next_operation(SQLITE_IOERR_TRUNCATE); code != SQLITE_OK) return code;
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  if (const int code = next_operation(SQLITE_IOERR_FSYNC); code != SQLITE_OK) return code;
  return real(file)->pMethods->xSync(real(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* reserved) {
  return real(file)->pMethods->xCheckReservedLock(real(file), reserved);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int device_characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods faulty_methods = {2,
                                               close_file,
                                               read_file,
                                               write_file,
                                               truncate_file,
                                               sync_file,
                                               file_size,
                                               lock,
                                               unlock,
                                               check_reserved_lock,
                                               file_control,
                                               sector_size,
                                               device_characteristics,
                                               shm_map,
                                               shm_lock,
                                               shm_barrier,
                                               shm_unmap,
                                               nullptr,
                                               nullptr};

int open_file(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* const faulty = reinterpret_cast<FaultyFile*>(file);
  faulty->real = reinterpret_cast<sqlite3_file*>(faulty + 1);
  const int code = real_vfs->xOpen(real_vfs, name, faulty->real, flags, out);
  file->pMethods = faulty->real->pMethods == nullptr ? nullptr : &faulty_methods;
  return code;
}

int delete_file(sqlite3_vfs* /*vfs*/, const char* name, int sync_directory) {
  if (const int code = next_operation(SQLITE_IOERR_DELETE); code != SQLITE_OK) return code;
  return real_vfs->xDelete(real_vfs, name, sync_directory);
}

}  // namespace

FaultyDisk::FaultyDisk(Fault fault, int good_operations) {
  plan = {fault, good_operations, 0};
  real_vfs = ::sqlite3_vfs_find(nullptr);
  faulty_vfs = *real_vfs;  // what is not replaced below works on names alone
  faulty_vfs.zName = "faulty";
  faulty_vfs.pNext = nullptr;
  faulty_vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs->szOsFile;
  faulty_vfs.xOpen = open_file;
  faulty_vfs.xDelete = delete_file;
  ::sqlite3_vfs_register(&faulty_vfs, 1);
}

FaultyDisk::~FaultyDisk() {
  ::sqlite3_vfs_unregister(&faulty_vfs);
  ::sqlite3_vfs_register(real_vfs, 1);
}

bool FaultyDisk::failed() const {
  return plan.operations > plan.good_operations;
}

}  // namespace applink::test

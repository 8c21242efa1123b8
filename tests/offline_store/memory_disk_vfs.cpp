#include "tests/offline_store/memory_disk_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include "tests/offline_store/memory_disk.h"

namespace batchwright::offline_store::test {

namespace {

using Content = std::shared_ptr<MemoryDisk::Content>;

// What SQLite allocates for an open file; it must start with sqlite3_file.
struct VfsFile {
  sqlite3_file base;
  MemoryDisk* disk;
  Content content;
  bool name_unsynced;  // a new log or journal: the first sync makes its name durable too, as on a
                       // real system
  bool goes_on_close;
};

VfsFile& of(sqlite3_file* file) {
  return *reinterpret_cast<VfsFile*>(file);
}

int code_of(const Result<void>& result, int io_code) {
  if (result) return SQLITE_OK;
  return result.error().code == ErrorCode::kFull ? SQLITE_FULL : io_code;
}

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

int close_file(sqlite3_file* file) {
  VfsFile& open = of(file);
  if (open.goes_on_close) (void)open.disk->remove(open.content->path);
  open.content.~Content();
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* out, int bytes, sqlite3_int64 offset) {
  const std::string& from = of(file).content->bytes;
  const auto start = std::min(static_cast<std::size_t>(offset), from.size());
  const auto there = std::min(static_cast<std::size_t>(bytes), from.size() - start);
  std::memcpy(out, from.data() + start, there);
  std::memset(static_cast<char*>(out) + there, 0, static_cast<std::size_t>(bytes) - there);
  return there == static_cast<std::size_t>(bytes) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 offset) {
  VfsFile& open = of(file);
  const std::string_view data(static_cast<const char*>(from), static_cast<std::size_t>(bytes));
  return code_of(open.disk->write(*open.content, static_cast<std::uint64_t>(offset), data),
                 SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  VfsFile& open = of(file);
  return code_of(open.disk->truncate(*open.content, static_cast<std::uint64_t>(size)),
                 SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int) {
  VfsFile& open = of(file);
  const int synced = code_of(open.disk->sync(*open.content), SQLITE_IOERR_FSYNC);
  if (synced != SQLITE_OK || !open.name_unsynced) return synced;
  open.name_unsynced = false;
  return code_of(open.disk->sync_directory(folder_of(open.content->path)), SQLITE_IOERR_DIR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(of(file).content->bytes.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) {
  return SQLITE_OK;
}
int check_lock(sqlite3_file*, int* out) {
  *out = 0;
  return SQLITE_OK;
}
int control_file(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_bytes(sqlite3_file*) {
  return 512;
}
// What SQLite assumes of every disk it runs on: a write never harms the bytes beside it.
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

sqlite3_io_methods make_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion =
      1;  // no shared memory: only a connection that excludes all others can use a log here
  methods.xClose = close_file;
  methods.xRead = read_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileSize = file_size;
  methods.xLock = lock_file;
  methods.xUnlock = lock_file;
  methods.xCheckReservedLock = check_lock;
  methods.xFileControl = control_file;
  methods.xSectorSize = sector_bytes;
  methods.xDeviceCharacteristics = characteristics;
  return methods;
}
const sqlite3_io_methods kMethods = make_methods();

MemoryDisk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<MemoryDisk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  auto content = disk_of(vfs).find_or_make(name != nullptr ? name : "/unnamed",
                                           (flags & SQLITE_OPEN_CREATE) != 0);
  if (!content) return SQLITE_CANTOPEN;
  auto& open = of(file);
  open.disk = &disk_of(vfs);
  new (&open.content) Content(std::move(*content));
  open.name_unsynced = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  open.goes_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  file->pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  const auto removed = disk_of(vfs).remove(name);
  if (!removed) {
    const bool missing = removed.error().code == ErrorCode::kNotFound;
    return missing ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
  }
  if (sync_folder == 0) return SQLITE_OK;
  return code_of(disk_of(vfs).sync_directory(folder_of(name)), SQLITE_IOERR_DIR_FSYNC);
}

int access_file(sqlite3_vfs* vfs, const char* name, int, int* out) {
  const auto size = disk_of(vfs).size_bytes(name);
  *out = size.has_value() ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

}  // namespace

struct RegisteredVfs::State {
  std::string name;
  sqlite3_vfs vfs{};
};

RegisteredVfs::RegisteredVfs(MemoryDisk& disk) : state_(std::make_unique<State>()) {
  static std::atomic<int> made = 0;
  state_->name = "memory-disk-" + std::to_string(++made);
  state_->vfs = *sqlite3_vfs_find(nullptr);  // keeps the system's clock, sleep and randomness
  sqlite3_vfs& vfs = state_->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(VfsFile);
  vfs.zName = state_->name.c_str();
  vfs.pNext = nullptr;
  vfs.pAppData = &disk;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_path;
  sqlite3_vfs_register(&vfs, 0);
}

RegisteredVfs::~RegisteredVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& RegisteredVfs::name() const {
  return state_->name;
}

}  // namespace batchwright::offline_store::test

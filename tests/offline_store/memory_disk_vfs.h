// A MemoryDisk as SQLite's file system, registered under a name of its own while the object lives.
#pragma once

#include <memory>
#include <string>

namespace batchwright::offline_store::test {

class MemoryDisk;

class RegisteredVfs {
 public:
  explicit RegisteredVfs(MemoryDisk& disk);
  RegisteredVfs(const RegisteredVfs&) = delete;
  RegisteredVfs& operator=(const RegisteredVfs&) = delete;
  ~RegisteredVfs();

  [[nodiscard]] const std::string& name() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace batchwright::offline_store::test

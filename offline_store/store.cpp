#include "offline_store/store.h"

#include "offline_store/internal/threaded_store.h"

namespace batchwright::offline_store {

Result<std::unique_ptr<Store>> Store::open(const std::string& directory, Mode mode) {
  return internal::open_store(directory, mode, internal::Environment{});
}

Result<std::unique_ptr<Store>> internal::open_store(const std::string& directory, Mode mode,
                                                    const Environment& environment) {
  return ThreadedStore::open(directory, mode, environment);
}

}  // namespace batchwright::offline_store

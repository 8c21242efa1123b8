// What must hold before a store is used. These look and never write.
#pragma once

#include <string>

#include "offline_store/internal/head_file.h"
#include "offline_store/internal/journal_table.h"
#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store::internal {

// SQLite's own look at its pages. kAltered with SQLite's first remark.
[[nodiscard]] Result<void> check_pages(sqlite::Connection& connection);

// kAltered when the journal ends before `side` or has another line there. A journal that is longer
// is whole: the commit was written, the side file not yet.
[[nodiscard]] Result<void> check_against(const SideHead& side, const JournalHead& end,
                                         JournalTable& journal);

[[nodiscard]] SideHead side_head(const JournalHead& head);

}  // namespace batchwright::offline_store::internal

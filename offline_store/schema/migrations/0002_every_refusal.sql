R"sql(
-- Do not change this file: it has been shipped. Add the next one instead (NOTES.md).

-- Refused evidence has no line number: `detail` tells one refusal from another.
DROP INDEX wedged_once;
CREATE UNIQUE INDEX wedged_once ON wedged (first, reason, detail);

PRAGMA user_version = 2;
)sql"

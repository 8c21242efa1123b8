R"sql(
-- The tables of a fresh store.db, the truth to read. An older file gets here through migrations/; a test proves that
-- both ways end the same. The first and last line make this text a C++ string (schema.cpp).

-- The journal of this device. seq is the rowid; nothing else is indexed, so a commit costs the same at any size.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  line BLOB NOT NULL
) STRICT;
CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  BEGIN SELECT RAISE(ABORT, 'the journal grows only at its end'); END;
CREATE TRIGGER journal_keeps_lines BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_all BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Commits of other devices for runs here. commit_seq is the seq of the line that closes the commit; run is empty for
-- lines about no run.
CREATE TABLE peer_line (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  commit_seq INTEGER NOT NULL CHECK (commit_seq >= seq),
  run TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  line BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX peer_line_by_device ON peer_line (device, seq);
CREATE INDEX peer_line_by_commit ON peer_line (device, commit_seq);
CREATE INDEX peer_line_by_run ON peer_line (run);
CREATE TRIGGER peer_line_keeps_lines BEFORE UPDATE ON peer_line
  BEGIN SELECT RAISE(ABORT, 'lines of other devices are append-only'); END;
CREATE TRIGGER peer_line_keeps_all BEFORE DELETE ON peer_line
  BEGIN SELECT RAISE(ABORT, 'lines of other devices are append-only'); END;

-- What the twin confirmed and what it refused. `sum` covers the other columns: no chain does.
CREATE TABLE receipt (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  text TEXT NOT NULL,
  sum BLOB NOT NULL
) STRICT;
CREATE TRIGGER receipt_keeps_rows BEFORE UPDATE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER receipt_keeps_all BEFORE DELETE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;

CREATE TABLE wedged (
  id INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  time TEXT NOT NULL,
  sum BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX wedged_once ON wedged (first, reason, detail);
CREATE TRIGGER wedged_keeps_rows BEFORE UPDATE ON wedged
  BEGIN SELECT RAISE(ABORT, 'refusals are append-only'); END;
CREATE TRIGGER wedged_keeps_all BEFORE DELETE ON wedged
  BEGIN SELECT RAISE(ABORT, 'refusals are append-only'); END;

-- The bytes are files (evidence/ab/abcdef...); these rows say which exist and which the twin has.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;
CREATE TRIGGER evidence_keeps_rows BEFORE UPDATE ON evidence
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_keeps_all BEFORE DELETE ON evidence
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

CREATE TABLE evidence_sent (
  evidence INTEGER PRIMARY KEY REFERENCES evidence (id),
  sum BLOB NOT NULL
) STRICT;
CREATE TRIGGER evidence_sent_keeps_rows BEFORE UPDATE ON evidence_sent
  BEGIN SELECT RAISE(ABORT, 'what was sent is append-only'); END;
CREATE TRIGGER evidence_sent_keeps_all BEFORE DELETE ON evidence_sent
  BEGIN SELECT RAISE(ABORT, 'what was sent is append-only'); END;

-- What the sync worker must remember, by name.
CREATE TABLE sync_state (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL,
  sum BLOB NOT NULL
) STRICT;

-- Documents by kind and name; the newest replaces the one before.
CREATE TABLE catalogue (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  sum BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX catalogue_by_name ON catalogue (kind, name);

PRAGMA application_id = 1113019220;
PRAGMA user_version = 3;
)sql"

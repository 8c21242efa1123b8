R"sql(
-- The embedded twin's database. Tables of facts are append-only by trigger; changing ones say so.

-- Trust anchor and receipt key certificate, written once by init; site-facts: the newest signed ones.
CREATE TABLE site (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Enrolment tokens, by the SHA-256 of their text. device: who used it, NULL = nobody yet.
CREATE TABLE token (
  hash       BLOB NOT NULL PRIMARY KEY,
  prefix     TEXT NOT NULL,
  room       TEXT NOT NULL,
  expires_ms INTEGER NOT NULL,
  device     TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  device     TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  public_key BLOB NOT NULL UNIQUE,
  document   TEXT NOT NULL              -- signed enrolment
) STRICT, WITHOUT ROWID;

-- Every line as received. commit_seq: the commit line that closes it; commit_hlc orders whole commits between devices.
CREATE TABLE line (
  id           INTEGER PRIMARY KEY,
  device       TEXT NOT NULL,
  seq          INTEGER NOT NULL,
  hash         BLOB NOT NULL,
  bytes        BLOB NOT NULL,
  type         TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id   TEXT NOT NULL,
  commit_seq   INTEGER NOT NULL,
  commit_hlc   INTEGER NOT NULL,
  UNIQUE (device, seq)
) STRICT;
CREATE INDEX line_of_subject ON line (subject_kind, subject_id, commit_hlc, device, seq);
CREATE INDEX line_by_hash ON line (hash);

-- What is strange about an accepted line and must be shown to people.
CREATE TABLE flag (
  id     INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  code   TEXT NOT NULL,
  words  TEXT NOT NULL
) STRICT;

CREATE TABLE mbr (
  hash     BLOB NOT NULL PRIMARY KEY,
  mbr      TEXT NOT NULL,
  version  TEXT NOT NULL,
  title    TEXT NOT NULL,
  text     BLOB NOT NULL,               -- exact bytes
  approval TEXT NOT NULL,               -- signed approval
  UNIQUE (mbr, version)
) STRICT, WITHOUT ROWID;

-- Acts on a master batch record, in order: submit, check, approve, make_effective, recall, retire. effective_from: empty
-- and effective_ms 0 when there is none. signature: the person's signed document; empty when the act was entered at the twin's own console.
CREATE TABLE mbr_act (
  id             INTEGER PRIMARY KEY,
  mbr_hash       BLOB NOT NULL,
  command        TEXT NOT NULL,
  person         TEXT NOT NULL,
  role           TEXT NOT NULL,
  time           TEXT NOT NULL,
  effective_from TEXT NOT NULL,
  effective_ms   INTEGER NOT NULL,
  diff           TEXT NOT NULL,
  signature      TEXT NOT NULL
) STRICT;

-- The site's signed word on a record's state, one row each time it changed; panels get the newest.
CREATE TABLE mbr_state (
  id       INTEGER PRIMARY KEY,
  mbr_hash BLOB NOT NULL,
  state    TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX mbr_state_of ON mbr_state (mbr_hash, id);

CREATE TABLE issue (
  run      TEXT NOT NULL PRIMARY KEY,
  number   TEXT NOT NULL UNIQUE,
  mbr_hash BLOB NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE directory (
  version  INTEGER PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

-- Changing: a person's key locked with the password, and the one-time secret's hash until the first sign-in.
CREATE TABLE person_key (
  person      TEXT NOT NULL PRIMARY KEY,
  wrapped     TEXT,
  secret_hash BLOB,
  expires_ms  INTEGER,
  failures    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  sha256 BLOB NOT NULL PRIMARY KEY,
  bytes  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What panels are told, in order. mark tells this list from one that a restored backup would grow.
CREATE TABLE feed (
  id       INTEGER PRIMARY KEY,
  mark     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,               -- device, hash, run or version
  first_seq INTEGER,
  last_seq  INTEGER
) STRICT;
CREATE INDEX feed_by_name ON feed (kind, name);

CREATE TABLE cloud_event (
  source   TEXT NOT NULL,
  event_id TEXT NOT NULL,
  type     TEXT NOT NULL,
  received TEXT NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (source, event_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER line_keep_update BEFORE UPDATE ON line BEGIN SELECT RAISE(ABORT, 'lines are never changed'); END;
CREATE TRIGGER line_keep_delete BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'lines are never deleted'); END;
CREATE TRIGGER mbr_keep_update BEFORE UPDATE ON mbr BEGIN SELECT RAISE(ABORT, 'recipes are never changed'); END;
CREATE TRIGGER mbr_keep_delete BEFORE DELETE ON mbr BEGIN SELECT RAISE(ABORT, 'recipes are never deleted'); END;
CREATE TRIGGER mbr_act_keep_update BEFORE UPDATE ON mbr_act BEGIN SELECT RAISE(ABORT, 'acts on recipes are never changed'); END;
CREATE TRIGGER mbr_act_keep_delete BEFORE DELETE ON mbr_act BEGIN SELECT RAISE(ABORT, 'acts on recipes are never deleted'); END;
CREATE TRIGGER mbr_state_keep_update BEFORE UPDATE ON mbr_state BEGIN SELECT RAISE(ABORT, 'states of recipes are never changed'); END;
CREATE TRIGGER mbr_state_keep_delete BEFORE DELETE ON mbr_state BEGIN SELECT RAISE(ABORT, 'states of recipes are never deleted'); END;
CREATE TRIGGER issue_keep_update BEFORE UPDATE ON issue BEGIN SELECT RAISE(ABORT, 'issues are never changed'); END;
CREATE TRIGGER issue_keep_delete BEFORE DELETE ON issue BEGIN SELECT RAISE(ABORT, 'issues are never deleted'); END;
CREATE TRIGGER device_keep_delete BEFORE DELETE ON device BEGIN SELECT RAISE(ABORT, 'devices are never deleted'); END;
CREATE TRIGGER directory_keep_update BEFORE UPDATE ON directory BEGIN SELECT RAISE(ABORT, 'directories are never changed'); END;
CREATE TRIGGER directory_keep_delete BEFORE DELETE ON directory BEGIN SELECT RAISE(ABORT, 'directories are never deleted'); END;
CREATE TRIGGER flag_keep_update BEFORE UPDATE ON flag BEGIN SELECT RAISE(ABORT, 'flags are never changed'); END;
CREATE TRIGGER flag_keep_delete BEFORE DELETE ON flag BEGIN SELECT RAISE(ABORT, 'flags are never deleted'); END;

PRAGMA application_id = 1113019479;
PRAGMA user_version = 2;
)sql"

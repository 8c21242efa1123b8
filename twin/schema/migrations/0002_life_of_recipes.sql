R"sql(
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
CREATE INDEX feed_by_name ON feed (kind, name);

CREATE TRIGGER mbr_act_keep_update BEFORE UPDATE ON mbr_act BEGIN SELECT RAISE(ABORT, 'acts on recipes are never changed'); END;
CREATE TRIGGER mbr_act_keep_delete BEFORE DELETE ON mbr_act BEGIN SELECT RAISE(ABORT, 'acts on recipes are never deleted'); END;
CREATE TRIGGER mbr_state_keep_update BEFORE UPDATE ON mbr_state BEGIN SELECT RAISE(ABORT, 'states of recipes are never changed'); END;
CREATE TRIGGER mbr_state_keep_delete BEFORE DELETE ON mbr_state BEGIN SELECT RAISE(ABORT, 'states of recipes are never deleted'); END;

PRAGMA user_version = 2;
)sql"

R"sql(
-- Do not change this file: it has been shipped. Add the next one instead (NOTES.md).

-- A mark has its own sum, so that rows of another table in its place mark nothing as sent. Marks made before are
-- dropped: the twin is asked to take those pictures again, and says that it has them.
DROP TABLE evidence_sent;
CREATE TABLE evidence_sent (
  evidence INTEGER PRIMARY KEY REFERENCES evidence (id),
  sum BLOB NOT NULL
) STRICT;
CREATE TRIGGER evidence_sent_keeps_rows BEFORE UPDATE ON evidence_sent
  BEGIN SELECT RAISE(ABORT, 'what was sent is append-only'); END;
CREATE TRIGGER evidence_sent_keeps_all BEFORE DELETE ON evidence_sent
  BEGIN SELECT RAISE(ABORT, 'what was sent is append-only'); END;

PRAGMA user_version = 3;
)sql"

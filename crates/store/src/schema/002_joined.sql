-- Version 2: what is the same across articles.

-- How far an article is joined to the others: 0 not, 1 put with its likes, 2
-- put again, when all others had their places, and its incidents made.
ALTER TABLE articles ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_unjoined ON articles (joined, id) WHERE joined < 2;

CREATE TABLE actors (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    country TEXT,
    code    TEXT
) STRICT;

CREATE TABLE actor_words (
    word  TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actors (id) ON DELETE CASCADE,
    PRIMARY KEY (word, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_words_actor ON actor_words (actor);

ALTER TABLE entities ADD COLUMN actor INTEGER REFERENCES actors (id);
CREATE INDEX entities_actor ON entities (actor) WHERE actor IS NOT NULL;

-- Sentences with an event, put together by the words around them.
CREATE TABLE passages (
    article  INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    story    INTEGER NOT NULL,
    PRIMARY KEY (article, sentence),
    FOREIGN KEY (article, sentence) REFERENCES sentences (article, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX passages_story ON passages (story);

CREATE TABLE incidents (
    id    INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    type  TEXT NOT NULL
) STRICT;
CREATE INDEX incidents_story ON incidents (story, type);

CREATE TABLE reports (
    article  INTEGER NOT NULL,
    event    INTEGER NOT NULL,
    incident INTEGER NOT NULL REFERENCES incidents (id),
    PRIMARY KEY (article, event),
    FOREIGN KEY (article, event) REFERENCES events (article, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_incident ON reports (incident);

CREATE TABLE disputes (
    id            INTEGER PRIMARY KEY,
    article       INTEGER NOT NULL,
    claim         INTEGER NOT NULL,
    other_article INTEGER NOT NULL,
    other_claim   INTEGER NOT NULL,
    incident      INTEGER REFERENCES incidents (id) ON DELETE SET NULL,
    score         REAL NOT NULL,
    FOREIGN KEY (article, claim) REFERENCES claims (article, n) ON DELETE CASCADE,
    FOREIGN KEY (other_article, other_claim) REFERENCES claims (article, n) ON DELETE CASCADE,
    UNIQUE (article, claim, other_article, other_claim)
) STRICT;
CREATE INDEX disputes_other ON disputes (other_article, other_claim);
CREATE INDEX disputes_incident ON disputes (incident);

-- In how many articles a word stands.
CREATE VIRTUAL TABLE article_vocabulary USING fts5vocab (article_words, row);

-- Version 1: accounts, one row a thing. docs/schema.md describes every table
-- and column; spans count code points of articles.text from 0, as everywhere.

CREATE TABLE articles (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    title     TEXT,
    outlet    TEXT,
    url       TEXT,
    byline    TEXT NOT NULL,
    published TEXT,
    day       TEXT,
    language  TEXT NOT NULL,
    words     INTEGER NOT NULL,
    text      TEXT NOT NULL,
    notes     TEXT NOT NULL,
    copy_of   INTEGER REFERENCES articles (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX articles_day ON articles (day);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE INDEX articles_copy_of ON articles (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE sentences (
    id        INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    first     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    paragraph INTEGER,
    UNIQUE (article, n)
) STRICT;

CREATE TABLE places (
    id       INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    form     TEXT NOT NULL,
    name     TEXT NOT NULL,
    geonames INTEGER,
    lat      REAL,
    lon      REAL,
    country  TEXT,
    feature  TEXT,
    UNIQUE (article, n)
) STRICT;
CREATE INDEX places_name ON places (name COLLATE NOCASE);

CREATE TABLE times (
    id       INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    type     TEXT NOT NULL,
    value    TEXT NOT NULL,
    modifier TEXT,
    UNIQUE (article, n)
) STRICT;

CREATE TABLE entities (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n       INTEGER NOT NULL,
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    roles   TEXT NOT NULL,
    country TEXT,
    sectors TEXT,
    code    TEXT,
    place   INTEGER REFERENCES places (id),
    UNIQUE (article, n)
) STRICT;
CREATE INDEX entities_code ON entities (code) WHERE code IS NOT NULL;
CREATE INDEX entities_place ON entities (place) WHERE place IS NOT NULL;

CREATE TABLE mentions (
    entity INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    form   TEXT NOT NULL,
    PRIMARY KEY (entity, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
    id         INTEGER PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    speaker    INTEGER REFERENCES entities (id),
    addressee  INTEGER REFERENCES entities (id),
    via        INTEGER REFERENCES entities (id),
    stance     TEXT NOT NULL,
    form       TEXT NOT NULL,
    channel    TEXT,
    quote      TEXT NOT NULL,
    source     TEXT NOT NULL,
    cue        TEXT NOT NULL,
    content    TEXT NOT NULL,
    said       INTEGER REFERENCES times (id),
    place      INTEGER REFERENCES places (id),
    within     INTEGER REFERENCES claims (id),
    confidence REAL NOT NULL,
    unclosed   INTEGER NOT NULL,
    sentence   INTEGER NOT NULL,
    sentences  INTEGER NOT NULL,
    day        TEXT,
    UNIQUE (article, n)
) STRICT;
CREATE INDEX claims_speaker ON claims (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX claims_addressee ON claims (addressee) WHERE addressee IS NOT NULL;
CREATE INDEX claims_via ON claims (via) WHERE via IS NOT NULL;
CREATE INDEX claims_said ON claims (said) WHERE said IS NOT NULL;
CREATE INDEX claims_place ON claims (place) WHERE place IS NOT NULL;
CREATE INDEX claims_within ON claims (within) WHERE within IS NOT NULL;
CREATE INDEX claims_day ON claims (day);
CREATE INDEX claims_stance ON claims (stance);

CREATE TABLE events (
    id         INTEGER PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    type       TEXT NOT NULL,
    mode       TEXT,
    contexts   TEXT NOT NULL,
    polarity   TEXT NOT NULL,
    modality   TEXT NOT NULL,
    trigger    TEXT NOT NULL,
    spans      TEXT NOT NULL,
    sentence   INTEGER NOT NULL,
    date       TEXT,
    time       INTEGER REFERENCES times (id),
    place      INTEGER REFERENCES places (id),
    claim      INTEGER REFERENCES claims (id),
    confidence REAL NOT NULL,
    day        TEXT,
    last_day   TEXT,
    UNIQUE (article, n)
) STRICT;
CREATE INDEX events_type ON events (type, mode);
CREATE INDEX events_time ON events (time) WHERE time IS NOT NULL;
CREATE INDEX events_place ON events (place) WHERE place IS NOT NULL;
CREATE INDEX events_claim ON events (claim) WHERE claim IS NOT NULL;
CREATE INDEX events_day ON events (day);

CREATE TABLE parties (
    event  INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    side   TEXT NOT NULL,
    n      INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entities (id),
    PRIMARY KEY (event, side, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_entity ON parties (entity);

-- Full text: of articles with phrases and positions, and of single sentences
-- (by sentences.id), for what is asked of a quotation's or an event's words.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'articles', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER articles_worded AFTER INSERT ON articles BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_unworded AFTER DELETE ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
END;

CREATE VIRTUAL TABLE sentence_words USING fts5 (
    text, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER sentences_unworded AFTER DELETE ON sentences BEGIN
    DELETE FROM sentence_words WHERE rowid = old.id;
END;

-- Version 1: accounts, one row a thing. docs/schema.md describes every table
-- and column; spans count code points of articles.text from 0, as everywhere.
-- A thing is known by its article and its number there, as in the account.

CREATE TABLE articles (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    title     TEXT,
    outlet    TEXT,
    url       TEXT,
    byline    TEXT,
    published TEXT,
    day       TEXT,
    language  TEXT NOT NULL,
    words     INTEGER NOT NULL,
    notes     TEXT,
    copy_of   INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    text      TEXT NOT NULL
) STRICT;
CREATE INDEX articles_day ON articles (day);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE INDEX articles_copy_of ON articles (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE sentences (
    article   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    first     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    paragraph INTEGER,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

-- The places of the world that articles name, each once.
CREATE TABLE places (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    geonames INTEGER,
    lat      REAL,
    lon      REAL,
    country  TEXT,
    feature  TEXT
) STRICT;
CREATE INDEX places_name ON places (name COLLATE NOCASE);

CREATE TABLE toponyms (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n       INTEGER NOT NULL,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    form    TEXT NOT NULL,
    place   INTEGER NOT NULL REFERENCES places (id),
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX toponyms_place ON toponyms (place);

CREATE TABLE times (
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    type     TEXT NOT NULL,
    value    TEXT NOT NULL,
    modifier TEXT,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE entities (
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    roles    TEXT,
    country  TEXT,
    sectors  TEXT,
    code     TEXT,
    toponym  INTEGER,
    names    TEXT,
    nominals TEXT,
    pronouns TEXT,
    PRIMARY KEY (article, n),
    FOREIGN KEY (article, toponym) REFERENCES toponyms (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX entities_code ON entities (code) WHERE code IS NOT NULL;

CREATE TABLE claims (
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    speaker    INTEGER,
    addressee  INTEGER,
    via        INTEGER,
    stance     TEXT NOT NULL,
    form       TEXT NOT NULL,
    channel    TEXT,
    source     TEXT NOT NULL,
    cue        TEXT NOT NULL,
    content    TEXT NOT NULL,
    sentence   INTEGER NOT NULL,
    sentences  INTEGER NOT NULL,
    said       INTEGER,
    day        TEXT,
    toponym    INTEGER,
    within     INTEGER,
    confidence REAL NOT NULL,
    unclosed   INTEGER NOT NULL,
    PRIMARY KEY (article, n),
    FOREIGN KEY (article, speaker) REFERENCES entities (article, n),
    FOREIGN KEY (article, addressee) REFERENCES entities (article, n),
    FOREIGN KEY (article, via) REFERENCES entities (article, n),
    FOREIGN KEY (article, said) REFERENCES times (article, n),
    FOREIGN KEY (article, toponym) REFERENCES toponyms (article, n),
    FOREIGN KEY (article, within) REFERENCES claims (article, n) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    type       TEXT NOT NULL,
    mode       TEXT,
    contexts   TEXT,
    polarity   TEXT NOT NULL,
    modality   TEXT NOT NULL,
    trigger    TEXT NOT NULL,
    sentence   INTEGER NOT NULL,
    date       TEXT,
    day        TEXT,
    last_day   TEXT,
    time       INTEGER,
    toponym    INTEGER,
    claim      INTEGER,
    confidence REAL NOT NULL,
    PRIMARY KEY (article, n),
    FOREIGN KEY (article, time) REFERENCES times (article, n),
    FOREIGN KEY (article, toponym) REFERENCES toponyms (article, n),
    FOREIGN KEY (article, claim) REFERENCES claims (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE parties (
    article INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    side    TEXT NOT NULL,
    n       INTEGER NOT NULL,
    entity  INTEGER NOT NULL,
    PRIMARY KEY (article, event, side, n),
    FOREIGN KEY (article, event) REFERENCES events (article, n) ON DELETE CASCADE,
    FOREIGN KEY (article, entity) REFERENCES entities (article, n)
) STRICT, WITHOUT ROWID;

-- The words themselves, for people who ask in SQL.
CREATE VIEW quotations AS
SELECT a.key AS article, c.n AS claim, coalesce(c.day, a.day) AS day, a.outlet,
       e.name AS speaker, e.code, c.stance, c.form,
       (SELECT group_concat(substr(a.text, (s.value ->> 0) + 1, (s.value ->> 1) - (s.value ->> 0)), ' … ')
        FROM json_each(c.content) s) AS quote
FROM claims c
JOIN articles a ON a.id = c.article
LEFT JOIN entities e ON e.article = c.article AND e.n = c.speaker;

CREATE VIEW deeds AS
SELECT a.key AS article, v.n AS event, coalesce(v.day, a.day) AS day, a.outlet,
       v.type, v.mode, v.polarity, v.modality,
       (SELECT group_concat(e.name, '; ') FROM parties p
        JOIN entities e ON e.article = p.article AND e.n = p.entity
        WHERE p.article = v.article AND p.event = v.n AND p.side = 'actor') AS actor,
       (SELECT group_concat(e.name, '; ') FROM parties p
        JOIN entities e ON e.article = p.article AND e.n = p.entity
        WHERE p.article = v.article AND p.event = v.n AND p.side = 'recipient') AS recipient,
       l.name AS place, l.country, v.claim,
       substr(a.text, s.first + 1, s.last - s.first) AS sentence
FROM events v
JOIN articles a ON a.id = v.article
JOIN sentences s ON s.article = v.article AND s.n = v.sentence
LEFT JOIN toponyms t ON t.article = v.article AND t.n = v.toponym
LEFT JOIN places l ON l.id = t.place;

-- Full text, in leaves of which two fill a page.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'articles', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO article_words (article_words, rank) VALUES ('pgsz', 8100);
CREATE TRIGGER articles_worded AFTER INSERT ON articles BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_unworded AFTER DELETE ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
END;

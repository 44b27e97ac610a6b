-- Version 3: copies of one text are linked.

-- Roots only: numbers that texts which are alike have in common (MinHash).
CREATE TABLE copy_bands (
    band    INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;

-- The words of actors, without an index by actor.
CREATE TABLE actor_words_only (
    word  TEXT NOT NULL,
    actor INTEGER NOT NULL,
    PRIMARY KEY (word, actor)
) STRICT, WITHOUT ROWID;
INSERT INTO actor_words_only SELECT word, actor FROM actor_words ORDER BY word, actor;
DROP TABLE actor_words;
ALTER TABLE actor_words_only RENAME TO actor_words;

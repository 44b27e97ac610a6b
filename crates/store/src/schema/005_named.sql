-- Version 5: bodies, groups and places are found by name, however many there are.

CREATE INDEX actors_name ON actors (name COLLATE NOCASE, kind);

-- Version 4: what is asked of actors most is counted when articles are added.

ALTER TABLE actors ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
ALTER TABLE actors ADD COLUMN first_day TEXT;
ALTER TABLE actors ADD COLUMN last_day TEXT;
CREATE INDEX actors_articles ON actors (articles DESC);
-- Roles of an actor, without the rows that they stand in.
CREATE INDEX entities_roles ON entities (actor, article, roles)
WHERE actor IS NOT NULL AND roles IS NOT NULL;

-- The texts of a transaction are indexed together, at its end.
DROP TRIGGER articles_worded;

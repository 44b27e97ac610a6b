-- Who did what to whom, each incident once, from
-- `dateline export --store news.db --what events --to events.parquet`:
--   duckdb < examples/python/events.sql
SELECT date_trunc('month', e.day) AS month,
       a.code AS actor,
       r.code AS recipient,
       e.quad,
       count(DISTINCT e.incident) AS incidents,
       count(DISTINCT e.article) AS articles
FROM 'events.parquet' AS e,
     unnest(e.actor) AS actors (a),
     unnest(e.recipient) AS recipients (r)
WHERE e.polarity = 'positive'
  AND e.modality IN ('actual', 'ongoing')
  AND a.code IS NOT NULL
  AND r.code IS NOT NULL
GROUP BY ALL
ORDER BY incidents DESC, month, actor, recipient
LIMIT 20;

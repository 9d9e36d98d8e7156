/// The tables.
enum Migration001Tables {
    /// - `run.recency` grows whenever a run is ingested: the newest run has the largest.
    /// - `source.offset` is where reading goes on, `size` what was there at the last visit; the digests are FNV-1a of
    ///   the first 64 KiB and the last 4 KiB of `size`.
    /// - `sample.seq` grows from record to record of a source; its high bits are the source's number in the run.
    /// - `sample.value` is raw; NULL is NaN. Interpretations in `metric` are applied on reading.
    static let sql = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            lineage TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            recency INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE source (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            path TEXT NOT NULL,
            format TEXT NOT NULL,
            device INTEGER,
            inode INTEGER,
            offset INTEGER NOT NULL,
            size INTEGER NOT NULL,
            prefix_digest TEXT NOT NULL,
            tail_digest TEXT NOT NULL,
            lines INTEGER NOT NULL,
            rejected INTEGER NOT NULL,
            provisional_rejected INTEGER NOT NULL,
            reader_state BLOB
        ) STRICT;
        CREATE INDEX source_inode ON source(inode, device);
        CREATE INDEX source_path ON source(path);

        CREATE TABLE source_run (
            source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
            run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            label TEXT NOT NULL,
            ordinal INTEGER NOT NULL,
            records INTEGER NOT NULL,
            PRIMARY KEY (source_id, run_id),
            UNIQUE (source_id, label),
            UNIQUE (run_id, ordinal)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE metric (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            split TEXT NOT NULL,
            unit TEXT NOT NULL,
            axis TEXT NOT NULL,
            role TEXT NOT NULL,
            part TEXT NOT NULL,
            scale REAL NOT NULL,
            negated INTEGER NOT NULL,
            mapped INTEGER NOT NULL DEFAULT 0,
            samples INTEGER NOT NULL DEFAULT 0,
            last_step INTEGER,
            last_epoch REAL,
            has_time INTEGER NOT NULL DEFAULT 0,
            UNIQUE (run_id, name, split, unit, axis)
        ) STRICT;

        CREATE TABLE sample (
            metric_id INTEGER NOT NULL REFERENCES metric(id) ON DELETE CASCADE,
            step INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            epoch REAL,
            wall_time REAL,
            value REAL,
            PRIMARY KEY (metric_id, step, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE provisional_sample (
            metric_id INTEGER NOT NULL REFERENCES metric(id) ON DELETE CASCADE,
            step INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            epoch REAL,
            wall_time REAL,
            value REAL,
            source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
            PRIMARY KEY (metric_id, step, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX provisional_sample_source ON provisional_sample(source_id);

        CREATE TABLE rejected_line (
            source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            line INTEGER NOT NULL,
            text TEXT NOT NULL,
            reason TEXT NOT NULL,
            provisional INTEGER NOT NULL,
            PRIMARY KEY (source_id, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE fact (
            id INTEGER PRIMARY KEY,
            run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            source_id INTEGER REFERENCES source(id) ON DELETE CASCADE,
            line INTEGER,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            origin TEXT NOT NULL,
            evidence TEXT NOT NULL,
            provisional INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX fact_run ON fact(run_id, origin, key);
        CREATE INDEX fact_source ON fact(source_id);

        CREATE TABLE finding (
            id INTEGER PRIMARY KEY,
            run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            rule TEXT NOT NULL,
            first_step INTEGER NOT NULL,
            last_step INTEGER NOT NULL,
            severity TEXT NOT NULL,
            message TEXT NOT NULL,
            evidence TEXT NOT NULL,
            checked_at TEXT NOT NULL,
            version TEXT NOT NULL
        ) STRICT;
        CREATE INDEX finding_run ON finding(run_id);

        CREATE TABLE probe_report (
            id INTEGER PRIMARY KEY,
            run_id INTEGER REFERENCES run(id) ON DELETE CASCADE,
            subject TEXT NOT NULL,
            report TEXT NOT NULL,
            created_at TEXT NOT NULL,
            version TEXT NOT NULL
        ) STRICT;
        CREATE INDEX probe_report_run ON probe_report(run_id);
        """
}

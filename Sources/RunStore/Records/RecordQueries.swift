import GRDB
import TrainingMetrics

/// UTC now, as the store writes it.
let sqlNow = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

extension RunRecord {
    private static let sql = """
        SELECT id, name, created_at, updated_at,
            (SELECT count(*) FROM metric WHERE run_id = run.id) AS metrics,
            (SELECT coalesce(sum(samples), 0) FROM metric WHERE run_id = run.id)
                + (SELECT count(*) FROM provisional_sample
                    WHERE metric_id IN (SELECT id FROM metric WHERE run_id = run.id)) AS samples,
            (SELECT max(last_step) FROM metric WHERE run_id = run.id AND axis = 'step') AS last_step,
            (SELECT max(coalesce(last_epoch, CASE WHEN axis = 'epoch' THEN last_step END))
                FROM metric WHERE run_id = run.id) AS last_epoch
        FROM run
        """

    static func fetchAll(_ database: Database) throws -> [RunRecord] {
        try Row.fetchAll(database, sql: "\(sql) ORDER BY recency DESC").map { try RunRecord($0, database) }
    }

    static func fetch(_ database: Database, id: Int64) throws -> RunRecord? {
        try Row.fetchOne(database, sql: "\(sql) WHERE id = ?", arguments: [id]).map { try RunRecord($0, database) }
    }

    private init(_ row: Row, _ database: Database) throws {
        id = row["id"]
        name = row["name"]
        createdAt = row["created_at"]
        updatedAt = row["updated_at"]
        metricCount = row["metrics"]
        sampleCount = row["samples"]
        lastStep = row["last_step"]
        lastEpoch = row["last_epoch"]
        sources = try String.fetchAll(
            database,
            sql: """
                SELECT path FROM source JOIN source_run ON source.id = source_id WHERE run_id = ? ORDER BY ordinal
                """,
            arguments: [id]
        )
    }
}

extension MetricRecord {
    static func fetchAll(_ database: Database, run: Int64) throws -> [MetricRecord] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT *, samples + (SELECT count(*) FROM provisional_sample WHERE metric_id = metric.id) AS all_samples
                FROM metric WHERE run_id = ? ORDER BY id
                """,
            arguments: [run]
        ).map(MetricRecord.init)
    }

    private init(_ row: Row) {
        id = row["id"]
        key = MetricKey(
            name: row["name"],
            split: Split(rawValue: row["split"]) ?? .train,
            unit: row["unit"],
            axis: StepAxis(rawValue: row["axis"]) ?? .record
        )
        interpretation = MetricInterpretation(
            role: MetricRole(rawValue: row["role"]) ?? .unknown,
            part: row["part"],
            scale: row["scale"],
            isNegated: row["negated"]
        )
        isMapped = row["mapped"]
        sampleCount = row["all_samples"]
    }

    static func interpret(
        _ database: Database,
        metric: Int64,
        _ interpretation: MetricInterpretation,
        isMapped: Bool
    ) throws {
        try database.cachedStatement(
            sql: "UPDATE metric SET role = ?, part = ?, scale = ?, negated = ?, mapped = ? WHERE id = ?"
        ).execute(arguments: [
            interpretation.role.rawValue, interpretation.part, interpretation.scale, interpretation.isNegated, isMapped,
            metric,
        ])
    }

    /// Interprets all metrics of a run again, except those the user has set.
    static func interpretAll(_ database: Database, run: Int64, _ interpreter: IngestOptions.Interpreter) throws {
        let metrics = try fetchAll(database, run: run)
        let interpretations = interpreter(metrics.map(\.key))
        precondition(interpretations.count == metrics.count, "an interpretation for every key")
        for (metric, interpretation) in zip(metrics, interpretations)
        where !metric.isMapped && metric.interpretation != interpretation {
            try interpret(database, metric: metric.id, interpretation, isMapped: false)
        }
    }
}

extension SourceRecord {
    static func fetchAll(_ database: Database, run: Int64) throws -> [SourceRecord] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT source.*, label FROM source JOIN source_run ON source.id = source_id
                WHERE run_id = ? ORDER BY ordinal
                """,
            arguments: [run]
        ).map { row in
            SourceRecord(
                id: row["id"],
                path: row["path"],
                format: LogFormat(rawValue: row["format"]),
                size: row["size"],
                lines: row["lines"],
                rejected: (row["rejected"] as Int) + row["provisional_rejected"],
                label: row["label"]
            )
        }
    }
}

extension Rejection {
    static func fetchAll(_ database: Database, source: Int64) throws -> [Rejection] {
        try Row.fetchAll(
            database,
            sql: "SELECT line, text, reason FROM rejected_line WHERE source_id = ? ORDER BY number",
            arguments: [source]
        ).map { Rejection(line: $0["line"], text: $0["text"], reason: $0["reason"]) }
    }
}

extension FindingRecord {
    static func replaceAll(_ database: Database, run: Int64, _ findings: [FindingRecord], version: String) throws {
        try database.execute(sql: "DELETE FROM finding WHERE run_id = ?", arguments: [run])
        for finding in findings {
            try database.execute(
                sql: """
                    INSERT INTO finding(run_id, rule, first_step, last_step, severity, message, evidence, checked_at,
                        version) VALUES (?, ?, ?, ?, ?, ?, ?, \(sqlNow), ?)
                    """,
                arguments: [
                    run, finding.rule, finding.firstStep, finding.lastStep, finding.severity, finding.message,
                    finding.evidence, version,
                ]
            )
        }
    }

    static func fetchAll(_ database: Database, run: Int64) throws -> [FindingRecord] {
        try Row.fetchAll(database, sql: "SELECT * FROM finding WHERE run_id = ? ORDER BY id", arguments: [run]).map {
            FindingRecord(
                rule: $0["rule"],
                firstStep: $0["first_step"],
                lastStep: $0["last_step"],
                severity: $0["severity"],
                message: $0["message"],
                evidence: $0["evidence"]
            )
        }
    }
}

/// Views for people who open the store with `sqlite3`. Nothing in the program reads them.
enum Migration002Views {
    /// Column of `run_epoch` and the role it shows.
    private static let columns: [(name: String, role: String)] = [
        ("discriminator_loss", "discriminatorLoss"), ("generator_loss", "generatorLoss"),
        ("total_loss", "totalLoss"), ("adversarial_loss", "adversarialLoss"),
        ("feature_matching_loss", "featureMatchingLoss"), ("reconstruction_loss", "reconstructionLoss.unspecified"),
        ("mel_loss", "reconstructionLoss.mel"), ("stft_loss", "reconstructionLoss.stft"),
        ("waveform_loss", "reconstructionLoss.waveform"), ("vq_loss", "vqLoss"),
        ("commitment_loss", "commitmentLoss"), ("codebook_loss", "codebookLoss"), ("kl_loss", "klLoss"),
        ("perplexity", "perplexity"), ("codebook_usage", "codebookUsage"), ("snr", "snr"), ("si_sdr", "siSDR"),
        ("amplitude_ratio", "amplitudeRatio"), ("correlation", "correlation"),
    ]

    /// - `every_sample`: final and provisional samples, canonical values.
    /// - `run_epoch`: a row per run and epoch, the last value of the epoch by role (training before other splits).
    /// - `run_latest`: the latest value of every metric.
    static var sql: String {
        let columns = columns.map { column in
            """
                    max(value) FILTER (WHERE role = '\(column.role)') AS \(column.name)
            """
        }
        return """
            CREATE VIEW every_sample AS
                SELECT metric.run_id, sample.metric_id, metric.axis, sample.step, sample.seq,
                    CASE WHEN metric.axis = 'epoch' THEN coalesce(sample.epoch, sample.step) ELSE sample.epoch END
                        AS epoch,
                    sample.wall_time, sample.value * metric.scale * (1 - 2 * metric.negated) AS value
                FROM (
                    SELECT metric_id, step, seq, epoch, wall_time, value FROM sample
                    UNION ALL
                    SELECT metric_id, step, seq, epoch, wall_time, value FROM provisional_sample
                ) AS sample JOIN metric ON metric.id = sample.metric_id;

            CREATE VIEW run_epoch AS
                WITH ranked AS (
                    SELECT every_sample.run_id, CAST(epoch AS INTEGER) AS epoch, role, value,
                        row_number() OVER (
                            PARTITION BY every_sample.run_id, CAST(epoch AS INTEGER), role
                            ORDER BY split = 'train' DESC, part = '' DESC, seq DESC, step DESC
                        ) AS rank
                    FROM every_sample JOIN metric ON metric.id = every_sample.metric_id
                    WHERE epoch IS NOT NULL AND role NOT IN ('unknown', 'progress')
                )
                SELECT run.id AS run_id, run.name AS run, epoch,
            \(columns.joined(separator: ",\n"))
                FROM ranked JOIN run ON run.id = ranked.run_id
                WHERE rank = 1
                GROUP BY run.id, epoch
                ORDER BY run.id, epoch;

            CREATE VIEW run_latest AS
                SELECT run.id AS run_id, run.name AS run, metric.name AS metric, metric.split, metric.unit, metric.role,
                    metric.part, latest.axis, latest.step, latest.epoch, latest.value
                FROM run
                JOIN metric ON metric.run_id = run.id
                JOIN (
                    SELECT *, row_number() OVER (PARTITION BY metric_id ORDER BY seq DESC) AS rank FROM every_sample
                ) AS latest ON latest.metric_id = metric.id AND latest.rank = 1
                ORDER BY run.id, metric.id;
            """
    }
}

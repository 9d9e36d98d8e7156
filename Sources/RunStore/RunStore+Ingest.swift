import TrainingMetrics

extension RunStore {
    /// Reads a source into the store: a new one from its beginning, a known one from where it was left.
    ///
    /// Every batch of samples is one transaction with the place reading goes on from, so that an interruption at any
    /// moment loses and doubles nothing. Of several calls for the same source at once, each adds what is still missing.
    /// - Throws: `IngestError` for what is wrong with the source, `RunStoreError` for the store.
    public func ingest(
        _ input: IngestInput,
        options: IngestOptions,
        progress: @Sendable (IngestProgress) -> Void = { _ in }
    ) throws -> IngestReport {
        fatalError("not written yet")
    }
}

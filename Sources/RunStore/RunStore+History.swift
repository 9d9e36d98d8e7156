public import TrainingMetrics

extension RunStore {
    /// A run as rules judge it: its attempts in the order they were logged, canonical values.
    public func history(of run: RunRecord) throws(RunStoreError) -> [RunHistory] {
        fatalError("not written yet")
    }
}

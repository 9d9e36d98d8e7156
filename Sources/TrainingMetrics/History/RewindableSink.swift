/// A sink that can forget: what a resumed run needs, whose last steps before the interruption are done again.
public protocol RewindableSink: MetricSink {
    /// Forgets every record of a later step, as one change that happens or does not.
    ///
    /// `step` is the last step to keep, −1 to keep nothing. Returns how many records are kept.
    @discardableResult
    func rewind(to step: Int64) throws -> Int
}

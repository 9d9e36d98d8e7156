/// Receives what a trainer measures, as it happens: the store, a text log, JSON Lines, a screen.
public protocol MetricSink: AnyObject {
    /// Takes one record. Records come in the order they were measured; positions never decrease.
    func record(_ measured: MeasuredStep) throws

    /// Makes everything recorded so far survive a crash. Called before every checkpoint.
    func flush() throws
}

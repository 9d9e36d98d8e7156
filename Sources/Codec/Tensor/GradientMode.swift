import Synchronization

/// Whether operations record how to go back.
public enum GradientMode {
    @TaskLocal static var isRecording = true
    private static let sequence = Atomic<Int>(0)

    static func nextSequence() -> Int { sequence.add(1, ordering: .relaxed).newValue }
}

/// Runs `body` without recording: results need no gradients, and intermediate values are freed at once.
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    try GradientMode.$isRecording.withValue(false, operation: body)
}

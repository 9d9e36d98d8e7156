/// Why a configuration describes no run.
public struct TrainingConfigurationError: Error, Hashable, CustomStringConvertible {
    /// The value by its place in ``TrainingConfiguration``: "discriminatorOptimizer.beta2".
    public let place: String
    /// What is wrong there and what would be right.
    public let problem: String

    /// An error.
    public init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }

    /// A sentence for the user.
    public var description: String { "\(place): \(problem)" }
}

/// The faults that are put into healthy runs. docs/faults.md says what each means and what came of it.
public enum FaultCatalogue {
    /// Every fault, by subject.
    public static let all: [FaultCase] = adversarial + objective + quantizer + data + signal + run

    /// The fault of that name, `nil` when there is none.
    public static func fault(named name: String) -> FaultCase? { all.first { $0.name == name } }
}

import ArgumentParser
import TrainingMetrics

/// What training costs.
struct PriceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Price of an hour of training; unlocks the cost of a run.", valueName: "amount"))
    var pricePerHour: Double?

    @Option(help: ArgumentHelp("Sign or code of that price's currency, such as ₹ or EUR.", valueName: "currency"))
    var currency: String?

    /// The facts, each given by its flag.
    func parsed() throws -> [Fact] {
        var facts: [Fact] = []
        if let pricePerHour {
            guard pricePerHour.isFinite, pricePerHour >= 0 else {
                throw ValidationError("--price-per-hour: give a price of zero or more")
            }
            facts.append(Fact(.pricePerHour, String(pricePerHour), .given, evidence: "--price-per-hour"))
        }
        if let currency { facts.append(Fact(.currency, currency, .given, evidence: "--currency")) }
        return facts
    }
}

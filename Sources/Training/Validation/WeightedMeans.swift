import Codec

/// Means of named numbers over batches, each batch weighted by its number of samples; names keep their order.
struct WeightedMeans {
    private var sums: [(name: String, sum: Double, weight: Double)] = []

    /// Takes a scalar of a batch.
    mutating func add(_ name: String, _ value: Tensor, weight: Double) { add(name, Double(value.item), weight: weight) }

    /// Takes a number of a batch.
    mutating func add(_ name: String, _ value: Double, weight: Double) {
        if let index = sums.firstIndex(where: { $0.name == name }) {
            sums[index].sum += value * weight
            sums[index].weight += weight
        } else {
            sums.append((name, value * weight, weight))
        }
    }

    /// The means.
    var entries: [StepReport.Entry] { sums.map { .init(name: $0.name, value: $0.sum / $0.weight) } }
}

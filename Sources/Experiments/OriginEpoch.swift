import Training
import TrainingMetrics

/// What one epoch of a run of the origin experiment measured.
public struct OriginEpoch: Sendable, Equatable {
    /// Counted from 1.
    public let epoch: Int
    /// Steps done at its end.
    public let steps: Int
    private let values: [OriginMetric: Double]

    /// An epoch; what is not in `values` was not measured.
    public init(epoch: Int, steps: Int, values: [OriginMetric: Double]) {
        self.epoch = epoch
        self.steps = steps
        self.values = values
    }

    /// A number; `nil` where it was not measured, as D's loss without a D. NaN and infinities are values.
    public subscript(metric: OriginMetric) -> Double? { values[metric] }

    /// The epochs of a log, in order.
    static func all(in measured: [MeasuredStep]) -> [OriginEpoch] {
        let last = measured.map { Int($0.epoch) }.max() ?? 0
        return (0..<last).compactMap { index in
            let records = measured.filter { Int($0.epoch) == index + 1 }
            guard let steps = records.map(\.step).max() else { return nil }
            let training = records.filter { $0.split == .train }
            var values: [OriginMetric: Double] = [:]
            values[.discriminatorLoss] = mean(training.compactMap { $0[MeasurementNames.discriminatorLoss] })
            values[.featureLoss] = mean(training.compactMap { $0[MeasurementNames.featureLoss] })
            if let validation = records.last(where: { $0.split == .validation }) {
                values[.snr] = validation[MeasurementNames.snr]
                values[.correlation] = validation[MeasurementNames.correlation]
                values[.amplitudeRatio] = validation[MeasurementNames.amplitudeRatio]
                values[.codebookUsage] = mean(stages(of: validation, MeasurementNames.codebookUsage))
                values[.perplexity] = mean(stages(of: validation, MeasurementNames.perplexity))
            }
            return OriginEpoch(epoch: index + 1, steps: Int(steps), values: values)
        }
    }

    /// A number of every codebook.
    private static func stages(of record: MeasuredStep, _ name: (Int) -> String) -> [Double] {
        var values: [Double] = []
        while let value = record[name(values.count)] { values.append(value) }
        return values
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}

extension OriginEpoch: Codable {
    private enum CodingKeys: String, CodingKey { case epoch, steps, values }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        epoch = try container.decode(Int.self, forKey: .epoch)
        steps = try container.decode(Int.self, forKey: .steps)
        let numbers = try container.nestedContainer(keyedBy: OriginMetric.self, forKey: .values)
        var values: [OriginMetric: Double] = [:]
        for metric in numbers.allKeys {
            // Not finite: JSON has no such numbers.
            if let text = try? numbers.decode(String.self, forKey: metric) {
                values[metric] = Double(text) ?? .nan
            } else {
                values[metric] = try numbers.decode(Double.self, forKey: metric)
            }
        }
        self.values = values
    }

    /// Writes numbers by the names of ``OriginMetric``; NaN and infinities as texts, and nothing for what was not measured.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(epoch, forKey: .epoch)
        try container.encode(steps, forKey: .steps)
        var numbers = container.nestedContainer(keyedBy: OriginMetric.self, forKey: .values)
        for metric in OriginMetric.allCases {
            guard let value = values[metric] else { continue }
            if value.isFinite {
                try numbers.encode(value, forKey: metric)
            } else {
                try numbers.encode("\(value)", forKey: metric)
            }
        }
    }
}

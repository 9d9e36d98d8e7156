extension OriginExperiment {
    /// All runs of an experiment with what they share.
    public struct Result: Sendable, Codable {
        /// Of the origin's sizes.
        public let scale: Double
        /// Epochs of every run.
        public let epochs: Int
        /// Steps of an epoch.
        public let stepsPerEpoch: Int
        /// Items per batch.
        public let batchSize: Int
        /// Samples per item.
        public let segmentLength: Int
        /// Of both networks at the start.
        public let learningRate: Double
        /// The runs.
        public let runs: [OriginRun]

        /// The cells there are runs of, in the catalogue's order.
        public var cells: [String] {
            OriginCell.all.map(\.name).filter { name in runs.contains { $0.cell == name } }
        }

        /// The runs of a cell, by seed.
        public func runs(of cell: String) -> [OriginRun] {
            runs.filter { $0.cell == cell }.sorted { $0.seed < $1.seed }
        }

        /// In how many of a cell's runs a symptom is present, and in how many it could be judged.
        public func count(of symptom: OriginSymptom, in cell: String) -> (present: Int, judged: Int) {
            let verdicts = runs(of: cell).compactMap { symptom.isPresent(in: $0) }
            return (verdicts.count { $0 }, verdicts.count)
        }

        /// In how many epochs of a cell's runs it is, and how many could be judged.
        public func epochCount(of symptom: OriginSymptom, in cell: String) -> (present: Int, judged: Int) {
            let verdicts = runs(of: cell).flatMap(\.epochs).compactMap { symptom.isPresent(in: $0) }
            return (verdicts.count { $0 }, verdicts.count)
        }

        /// What became of each symptom of the failing run, a sentence each; without runs of it there is nothing to compare with.
        public var conclusions: [String] {
            let failing = OriginCell.failing.name
            guard !runs(of: failing).isEmpty else { return [] }
            return OriginSymptom.allCases.map { symptom in
                let start = count(of: symptom, in: failing)
                let opening =
                    "\(symptom.rawValue) (\(symptom.definition)): in \(start.present) of \(start.judged) failing runs"
                guard start.present > 0 else { return opening + ", so that it was not reproduced." }
                var (gone, some, kept): ([String], [String], [String]) = ([], [], [])
                for cell in cells where cell != failing {
                    switch count(of: symptom, in: cell) {
                    case (_, 0): break
                    case (0, _): gone.append(cell)
                    case let (present, judged) where present == judged: kept.append(cell)
                    default: some.append(cell)
                    }
                }
                let parts = [("gone with", gone), ("in some seeds with", some), ("in all seeds with", kept)]
                    .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }
                return ([opening] + parts).joined(separator: "; ") + "."
            }
        }
    }
}

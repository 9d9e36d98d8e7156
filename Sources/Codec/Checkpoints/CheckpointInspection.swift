/// Everything that `codec-doctor checkpoint` prints about a file.
public struct CheckpointInspection: Sendable {
    /// One tensor.
    public struct TensorReport: Sendable {
        /// Full name in the file.
        public let name: String
        /// Type of each number in the file.
        public let elementType: StoredElementType
        /// Lengths of the dimensions.
        public let shape: [Int]
        /// Number of elements.
        public let count: Int
        /// Bytes that the elements take.
        public let byteCount: Int
        /// Whether another tensor, listed before it, has the same storage.
        public let sharesStorage: Bool
        /// Norm, range, non-finite values and zeros; nil when the values can not be read, see `problem`.
        public let statistics: TensorStatistics?
        /// Why the values can not be read; nil when they can.
        public let problem: String?
    }

    /// One group of tensors.
    public struct GroupReport: Sendable {
        /// `generator`, `the whole file`, …
        public let title: String
        /// Whether this is the group that `Checkpoint.model` picks.
        public let isModel: Bool
        /// Number of tensors.
        public let tensorCount: Int
        /// Number of elements.
        public let elementCount: Int
        /// Who named the tensors.
        public let naming: ModelNaming
        /// What it is; nil for an optimizer's state.
        public let architecture: RecognizedArchitecture?
    }

    /// Path of the file; nil for bytes in memory.
    public let path: String?
    /// What kind of file it is.
    public let format: CheckpointFormat
    /// Length of the file in bytes.
    public let byteCount: Int
    /// All tensors, in the order of the file.
    public let tensors: [TensorReport]
    /// All groups, in the order of the file.
    public let groups: [GroupReport]
    /// Everything that is no tensor.
    public let metadata: PickleValue
    /// The `config.json` beside the file; nil without one.
    public let configuration: PickleValue?
    /// Statistics over all tensors whose values can be read.
    public let total: TensorStatistics
    /// Remarks for people: what was not run, damaged parts, tensors with NaN.
    public let notes: [String]

    /// The model's architecture.
    public var architecture: RecognizedArchitecture? { groups.first { $0.isModel }?.architecture }

    /// Names of tensors with NaN or infinite values.
    public var nonFiniteTensors: [String] {
        tensors.filter { ($0.statistics?.nonFiniteCount ?? 0) > 0 }.map(\.name)
    }
}

extension Checkpoint {
    /// Looks at every number once, without holding more than one block of them. A tensor that repeats an earlier one's
    /// place and shape costs nothing.
    /// - Parameter progress: called with the share done, 0…1, after each tensor.
    /// - Returns: everything there is to print.
    public func inspect(progress: (Double) -> Void = { _ in }) -> CheckpointInspection {
        var reports: [CheckpointInspection.TensorReport] = []
        var total = TensorStatistics()
        var seenStorages: Set<Int> = []
        var known: [TensorPlace: TensorStatistics] = [:]
        let all = max(1, entries.reduce(0) { $0 + $1.tensor.elementCount })
        var done = 0
        for entry in entries {
            let tensor = entry.tensor
            var statistics: TensorStatistics?
            var problem: String?
            do throws(CheckpointError) {
                let place = TensorPlace(tensor)
                let found = if let found = known[place] { found } else { try tensor.statistics() }
                known[place] = found
                total.add(found)
                statistics = found
            } catch {
                problem = if case .unreadableTensor(_, let reason) = error { reason } else { "\(error)" }
            }
            reports.append(
                CheckpointInspection.TensorReport(
                    name: entry.name,
                    elementType: tensor.elementType,
                    shape: tensor.shape,
                    count: tensor.elementCount,
                    byteCount: tensor.byteCount,
                    sharesStorage: !seenStorages.insert(tensor.storage.index).inserted,
                    statistics: statistics,
                    problem: problem
                )
            )
            done += tensor.elementCount
            progress(Double(done) / Double(all))
        }
        return CheckpointInspection(
            path: path,
            format: format,
            byteCount: byteCount,
            tensors: reports,
            groups: groupReports,
            metadata: metadata,
            configuration: configuration,
            total: total,
            notes: notes
        )
    }

    private var groupReports: [CheckpointInspection.GroupReport] {
        let groups = groups
        let best = CheckpointGroupFinder.bestIndex(of: groups)
        return groups.enumerated().map { index, group in
            CheckpointInspection.GroupReport(
                title: group.title,
                isModel: index == best,
                tensorCount: group.tensors.count,
                elementCount: group.elementCount,
                naming: group.naming,
                architecture: CheckpointGroupFinder.isOptimizer(group.group)
                    ? nil : ArchitectureRecognizer.recognize(group, hints: index == best ? hints : .init())
            )
        }
    }
}

/// Where a tensor's numbers are: tensors in one place have the same statistics.
private struct TensorPlace: Hashable {
    let storage: Int
    let type: StoredElementType
    let offset: Int
    let shape: [Int]
    let strides: [Int]

    init(_ tensor: StoredTensor) {
        storage = tensor.storage.index
        type = tensor.elementType
        offset = tensor.offset
        shape = tensor.shape
        strides = tensor.strides
    }
}

/// The names a JSON Lines source has used: path, meaning, and what was reported about each.
struct JSONFields: Codable {
    /// Most names a source may use.
    static let most = 65_536
    private static let configurations: Set<String> = [
        "config", "cfg", "args", "hparams", "hyperparameters", "hyper_parameters", "options", "facts",
    ]

    /// Whether an object of that name holds the configuration.
    static func isConfiguration(_ name: String) -> Bool { configurations.contains(name) }

    /// A name.
    struct Field: Codable {
        /// Path as logged, levels joined by `/`.
        var name: String
        /// What the name says.
        var kind: FieldKind
        /// Whether its first text has been given as a fact, or its list rejected.
        var isReported = false
        /// Whether it stands below an object that holds the configuration.
        var isConfiguration: Bool
        /// Whether it stands below an object named after a split.
        var isStaged: Bool
        /// The phase it named last, where it is a split field.
        var phase = ""
    }

    private(set) var fields: [Field] = []

    // Found again from `fields` after the state was read back.
    private var indexByPath: [[UInt8]: Int] = [:]
    private var paths: [[UInt8]] = []
    /// Field of the n-th value of the line before: loggers write the same names in the same order.
    private var guesses: [Int] = []
    /// Index in the buffer per field, split, axis: `(field · 3 + split) · 3 + axis`; for the current run and prefix only.
    private var indices: [Int32] = []
    private var row = Row(split: .train, axis: .record, run: "", prefix: "")

    private enum CodingKeys: String, CodingKey { case fields }

    subscript(field: Int) -> Field {
        get { fields[field] }
        set { fields[field] = newValue }
    }

    /// The field of that path, new or known.
    /// - Parameters:
    ///   - path: the path's bytes, UTF-8.
    ///   - ordinal: which value of the line it is, for guessing.
    /// - Returns: `nil` when there are too many fields.
    mutating func field(_ path: [UInt8], ordinal: Int) -> Int? {
        if ordinal < guesses.count, guesses[ordinal] < paths.count, paths[guesses[ordinal]] == path {
            return guesses[ordinal]
        }
        if paths.count < fields.count {
            paths = fields.map { Array($0.name.utf8) }
            indexByPath = Dictionary(zip(paths, paths.indices), uniquingKeysWith: { first, _ in first })
        }
        let found: Int
        if let known = indexByPath[path] {
            found = known
        } else {
            guard fields.count < Self.most else { return nil }
            let name = String(decoding: path, as: UTF8.self)
            found = fields.count
            let outermost = name.split(separator: "/").dropLast().first.map { String($0) } ?? ""
            fields.append(
                Field(
                    name: name,
                    kind: FieldName.kind(of: name),
                    isConfiguration: Self.configurations.contains(outermost),
                    isStaged: FieldName.split(named: outermost) != nil
                )
            )
            paths.append(path)
            indexByPath[path] = found
        }
        if ordinal == guesses.count {
            guesses.append(found)
        } else if ordinal < guesses.count {
            guesses[ordinal] = found
        }
        return found
    }

    /// What the metrics of a record share.
    struct Row: Hashable {
        /// Split of the names that say none.
        var split: Split
        /// What their positions count.
        var axis: StepAxis
        /// Label of their run.
        var run: String
        /// What stands in front of their names.
        var prefix: String
    }

    /// Goes to the record whose metrics `index(of:in:)` gives.
    mutating func select(_ row: Row) {
        if row.run != self.row.run || row.prefix != self.row.prefix { indices.removeAll(keepingCapacity: true) }
        self.row = row
    }

    /// Index of a metric of the selected record in the buffer.
    mutating func index(of field: Int, in buffer: inout EventBuffer) -> Int32 {
        let split: Split
        if case .metric(let named?) = fields[field].kind { split = named } else { split = row.split }
        let slot = (field * 3 + split.slot) * 3 + row.axis.slot
        if slot < indices.count, indices[slot] >= 0 { return indices[slot] }
        while indices.count < fields.count * 9 { indices.append(-1) }
        let key = MetricKey(name: row.prefix + fields[field].name, split: split, axis: row.axis, run: row.run)
        indices[slot] = buffer.index(of: key)
        return indices[slot]
    }
}

extension StepAxis {
    /// 0, 1, 2.
    fileprivate var slot: Int {
        switch self {
        case .step: 0
        case .epoch: 1
        case .record: 2
        }
    }
}

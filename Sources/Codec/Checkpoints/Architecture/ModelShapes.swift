/// Names and shapes of a model, with weight normalisation undone: `weight_g` and `weight_v` appear as one `weight`.
struct ModelShapes {
    /// In the order of the file.
    private(set) var entries: [(name: String, shape: [Int])] = []
    /// Names without `.weight` whose weight is normalised.
    private(set) var normalized: Set<String> = []
    /// Lengths that do not go with their direction.
    private(set) var mismatches: [RecognizedArchitecture.Mismatch] = []
    private var shapes: [String: [Int]] = [:]
    private var prefixes: Set<String> = []

    /// From names as the model's authors gave them.
    init(_ tensors: [(name: String, shape: [Int])]) {
        let all = Dictionary(tensors.map { ($0.name, $0.shape) }) { first, _ in first }
        for (name, shape) in tensors {
            if name.hasSuffix(".weight_g"), case let stem = String(name.dropLast(9)), let v = all[stem + ".weight_v"],
                v.count > 1
            {
                let expected = [v[0]] + [Int](repeating: 1, count: v.count - 1)
                if shape != expected { mismatches.append(.init(name: name, found: shape, expected: expected)) }
                normalized.insert(stem)
                add(stem + ".weight", v)
            } else if name.hasSuffix(".weight_v"), case let stem = String(name.dropLast(9)), shape.count > 1,
                all[stem + ".weight_g"] != nil
            {
                continue
            } else {
                add(name, shape)
            }
        }
    }

    /// Names that are so long or deep belong to no architecture known here; their prefixes are not kept.
    private static let deepestName = 12
    private static let longestName = 200

    private mutating func add(_ name: String, _ shape: [Int]) {
        entries.append((name, shape))
        shapes[name] = shape
        guard name.utf8.count <= Self.longestName else { return }
        for (depth, dot) in name.indices.filter({ name[$0] == "." }).enumerated() where depth < Self.deepestName {
            prefixes.insert(String(name[..<dot]))
        }
    }

    /// The shape of that name.
    subscript(name: String) -> [Int]? { shapes[name] }

    /// Shape of a layer's weight.
    func weight(_ layer: String) -> [Int]? { shapes[layer + ".weight"] }

    /// Whether there are tensors below `layer`.
    func hasLayer(_ layer: String) -> Bool { prefixes.contains(layer) }

    /// Number of layers `list.0`, `list.1`, … without a gap, from `first` on.
    func count(_ list: String, from first: Int = 0) -> Int {
        var index = first
        while prefixes.contains("\(list).\(index)") { index += 1 }
        return index - first
    }

    /// Indices of the layers in a list, sorted, with gaps (layers without tensors).
    func indices(_ list: String) -> [Int] {
        let found = prefixes.compactMap { prefix -> Int? in
            guard prefix.hasPrefix(list + ".") else { return nil }
            return Int(prefix.dropFirst(list.count + 1))
        }
        return found.sorted()
    }
}

/// The tensors that a model of known sizes has.
struct ExpectedShapes {
    private(set) var entries: [(name: String, shape: [Int])] = []

    mutating func add(_ name: String, _ shape: [Int]) { entries.append((name, shape)) }

    /// A weight and a bias with one value per output channel: `[out, in / groups, kernel…]`.
    mutating func convolution(_ layer: String, _ weight: [Int]) {
        add(layer + ".weight", weight)
        add(layer + ".bias", [weight[0]])
    }

    /// The same for a transposed convolution: `[in, out, kernel]`.
    mutating func transposed(_ layer: String, _ weight: [Int]) {
        add(layer + ".weight", weight)
        add(layer + ".bias", [weight[1]])
    }

    /// Compares with what there is and writes the differences into `result`.
    func compare(_ found: ModelShapes, into result: inout RecognizedArchitecture) {
        var wanted: Set<String> = []
        for (name, shape) in entries {
            wanted.insert(name)
            guard let actual = found[name] else {
                result.missing.append(name)
                continue
            }
            if actual != shape { result.mismatches.append(.init(name: name, found: actual, expected: shape)) }
        }
        result.mismatches += found.mismatches
        result.unexpected += found.entries.map(\.name).filter { !wanted.contains($0) }
    }
}

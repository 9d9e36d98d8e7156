/// Named tensors, as a checkpoint holds them, in order.
public struct StateDictionary {
    /// Names and tensors in file order.
    public private(set) var entries: [(name: String, tensor: Tensor)] = []
    private var positions: [String: Int] = [:]

    /// An empty dictionary.
    public init() {}

    /// A dictionary of these entries; of equal names the last counts.
    public init(_ entries: [(name: String, tensor: Tensor)]) {
        for entry in entries { self[entry.name] = entry.tensor }
    }

    /// The tensor of this name.
    public subscript(name: String) -> Tensor? {
        get { positions[name].map { entries[$0].tensor } }
        set {
            if let position = positions[name] {
                if let newValue {
                    entries[position].tensor = newValue
                } else {
                    entries.remove(at: position)
                    positions = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
                }
            } else if let newValue {
                positions[name] = entries.count
                entries.append((name, newValue))
            }
        }
    }
}

/// Why weights do not fit a model.
public enum StateDictionaryError: Error, Equatable, CustomStringConvertible {
    /// Names the model needs and the file lacks.
    case missing([String])
    /// A tensor of another shape than the model's.
    case shape(name: String, found: [Int], expected: [Int])

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .missing(let names):
            let shown = names.prefix(5).joined(separator: ", ")
            let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
            return
                "the checkpoint lacks \(names.count) tensor(s) of this model: \(shown)\(rest); is it for another architecture or configuration?"
        case .shape(let name, let found, let expected):
            return "the checkpoint's \(name) has shape \(found), but this configuration needs \(expected)"
        }
    }
}

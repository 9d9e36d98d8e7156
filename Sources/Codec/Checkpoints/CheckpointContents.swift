/// What a reader of one format found: tensors in order, everything else, and remarks for people.
struct CheckpointContents {
    private(set) var entries: [CheckpointEntry] = []
    var metadata: PickleValue
    var notes: [String] = []
    private var names: Set<String> = []

    /// Repeated names that are noted one by one.
    private static let mostNotes = 10

    init(metadata: PickleValue = .dictionary([])) { self.metadata = metadata }

    /// Adds a tensor. `group` is the number of leading characters of the name that lead to its dictionary.
    mutating func add(_ name: String, _ tensor: StoredTensor, group: [String] = []) {
        guard names.insert(name).inserted else {
            if notes.count < Self.mostNotes { notes.append("two tensors are named '\(name)'; the first one is used") }
            return
        }
        entries.append(CheckpointEntry(name: name, tensor: tensor, group: group))
    }
}

/// A value read from a pickle, or from JSON, as plain data. Nothing was executed to make it.
public enum PickleValue: Sendable {
    /// `None`, `null`.
    case none
    case boolean(Bool)
    case integer(Int64)
    /// An integer that needs more than 64 bits, in decimal or, with `0x`, in hexadecimal digits.
    case bigInteger(String)
    /// A number with a fraction; may be NaN or infinite.
    case real(Double)
    case text(String)
    case bytes([UInt8])
    case list([PickleValue])
    case tuple([PickleValue])
    case set([PickleValue])
    /// In the order of the file, for `dict`, `OrderedDict`, `defaultdict` and `Counter`.
    case dictionary([PickleEntry])
    /// A PyTorch tensor or parameter, or a NumPy array of numbers.
    indirect case tensor(StoredTensor)
    /// A class or function that is named but not called: `torch.float32`.
    case global(String)
    /// An instance of a class, or the result of a function, that is not known here: what would have been called, with
    /// its arguments and state.
    indirect case object(PickleObject)
    /// A place that refers back to a value around it.
    case cycle
}

/// A key and its value.
public struct PickleEntry: Sendable {
    /// Usually text; pickles allow any value.
    public let key: PickleValue
    /// What the key stands for.
    public let value: PickleValue

    /// A pair.
    public init(key: PickleValue, value: PickleValue) {
        self.key = key
        self.value = value
    }
}

/// What a pickle would have made by calling code; kept as data.
public struct PickleObject: Sendable {
    /// The class or function, `module.name`.
    public let type: String
    /// What it would have been called with.
    public let arguments: [PickleValue]
    /// What would have been appended to it.
    public let items: [PickleValue]
    /// What would have been stored in it by key.
    public let entries: [PickleEntry]
    /// What its attributes would have been set from.
    public let state: PickleValue
}

/// Access.
extension PickleValue {
    /// The value of a key in a dictionary, or in the entries or the state of an object; nil when there is none.
    public subscript(key: String) -> PickleValue? {
        switch self {
        case .dictionary(let entries): return entries.last { $0.key.text == key }?.value
        case .object(let object):
            return object.entries.last { $0.key.text == key }?.value ?? object.state[key]
        default: return nil
        }
    }

    /// The text, if it is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The integer; also a boolean's 0 or 1 and a real number without a fraction.
    public var integer: Int? {
        switch self {
        case .integer(let value): Int(exactly: value)
        case .boolean(let value): value ? 1 : 0
        case .real(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The number.
    public var real: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }

    /// The truth value; also of the integers 0 and 1.
    public var boolean: Bool? {
        switch self {
        case .boolean(let value): value
        case .integer(0): false
        case .integer(1): true
        default: nil
        }
    }

    /// Elements of a list, a tuple or a set, and what was appended to an object.
    public var elements: [PickleValue]? {
        switch self {
        case .list(let elements), .tuple(let elements), .set(let elements): elements
        case .object(let object) where !object.items.isEmpty: object.items
        default: nil
        }
    }

    /// Keys and values of a dictionary, or of an object that has some.
    public var entries: [PickleEntry]? {
        switch self {
        case .dictionary(let entries): entries
        case .object(let object) where !object.entries.isEmpty: object.entries
        default: nil
        }
    }

    /// A list of integers.
    public var integers: [Int]? {
        guard let elements else { return nil }
        let integers = elements.compactMap(\.integer)
        return integers.count == elements.count ? integers : nil
    }

    /// The tensor, if it is one.
    public var tensor: StoredTensor? { if case .tensor(let tensor) = self { tensor } else { nil } }

    /// Whether it is `None`.
    public var isNone: Bool { if case .none = self { true } else { false } }
}

extension PickleValue: CustomStringConvertible {
    /// One line in Python's notation, cut behind about 500 characters.
    public var description: String { text(limit: 500) }

    /// One line in Python's notation, cut behind about `limit` characters.
    public func text(limit: Int) -> String {
        var output = ""
        write(to: &output, limit: limit)
        return output
    }

    private func write(to output: inout String, limit: Int) {
        guard output.utf8.count < limit else {
            if !output.hasSuffix("…") { output += "…" }
            return
        }
        switch self {
        case .none: output += "None"
        case .boolean(let value): output += value ? "True" : "False"
        case .integer(let value): output += String(value)
        case .bigInteger(let digits): output += digits.prefix(40)
        case .real(let value): output += String(describing: value)
        case .text(let text): output += "'\(text.prefix(limit))'"
        case .bytes(let bytes): output += "<\(bytes.count) bytes>"
        case .list(let elements): Self.write(elements, "[", "]", &output, limit)
        case .tuple(let elements): Self.write(elements, "(", elements.count == 1 ? ",)" : ")", &output, limit)
        case .set(let elements): Self.write(elements, "{", "}", &output, limit)
        case .dictionary(let entries): Self.write(entries, &output, limit)
        case .tensor(let tensor): output += "<\(tensor.elementType) \(tensor.shape)>"
        case .global(let name): output += name
        case .cycle: output += "<cycle>"
        case .object(let object):
            output += object.type
            Self.write(object.arguments, "(", ")", &output, limit)
            if !object.items.isEmpty { Self.write(object.items, "[", "]", &output, limit) }
            if !object.entries.isEmpty { Self.write(object.entries, &output, limit) }
            if !object.state.isNone {
                output += " with "
                object.state.write(to: &output, limit: limit)
            }
        }
    }

    private static func write(
        _ elements: [PickleValue],
        _ open: String,
        _ close: String,
        _ output: inout String,
        _ limit: Int
    ) {
        output += open
        for (index, element) in elements.enumerated() {
            if index > 0 { output += ", " }
            element.write(to: &output, limit: limit)
            if output.utf8.count >= limit { break }
        }
        output += close
    }

    private static func write(_ entries: [PickleEntry], _ output: inout String, _ limit: Int) {
        output += "{"
        for (index, entry) in entries.enumerated() {
            if index > 0 { output += ", " }
            entry.key.write(to: &output, limit: limit)
            output += ": "
            entry.value.write(to: &output, limit: limit)
            if output.utf8.count >= limit { break }
        }
        output += "}"
    }
}

/// How one number of a stored tensor is written, little-endian.
public enum StoredElementType: Hashable, Sendable, CustomStringConvertible {
    case float16, bfloat16, float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case boolean
    /// A type whose values are not read here, by the name its file gives it (`F8_E4M3`, `complex64`, …).
    /// `size` is its number of bytes when known.
    case other(name: String, size: Int?)

    /// Bytes per number; nil when unknown.
    public var byteCount: Int? {
        switch self {
        case .boolean, .int8, .uint8: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        case .other(_, let size): size
        }
    }

    /// Whether values can be read.
    public var isReadable: Bool {
        if case .other = self { false } else { true }
    }

    /// Whether values are real numbers, as weights are.
    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }

    /// PyTorch's name: `float32`, `bfloat16`, `int64`, `bool`, …
    public var description: String {
        switch self {
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        case .float32: "float32"
        case .float64: "float64"
        case .int8: "int8"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .uint8: "uint8"
        case .uint16: "uint16"
        case .uint32: "uint32"
        case .uint64: "uint64"
        case .boolean: "bool"
        case .other(let name, _): name
        }
    }
}

/// Names of the same types in the formats that are read.
extension StoredElementType {
    /// The types with a value each, in the order of their tables.
    static let readable: [StoredElementType] = [
        .float16, .bfloat16, .float32, .float64, .int8, .int16, .int32, .int64,
        .uint8, .uint16, .uint32, .uint64, .boolean,
    ]

    /// The name in a safetensors header: `F32`, `BF16`, `I64`, `BOOL`, …
    var safetensorsName: String {
        switch self {
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .float32: "F32"
        case .float64: "F64"
        case .int8: "I8"
        case .int16: "I16"
        case .int32: "I32"
        case .int64: "I64"
        case .uint8: "U8"
        case .uint16: "U16"
        case .uint32: "U32"
        case .uint64: "U64"
        case .boolean: "BOOL"
        case .other(let name, _): name
        }
    }

    /// From a safetensors header.
    init(safetensorsName name: String) {
        if let known = Self.readable.first(where: { $0.safetensorsName == name }) {
            self = known
            return
        }
        let sizes = ["F8_E4M3": 1, "F8_E5M2": 1, "F8_E8M0": 1, "C64": 8]
        self = .other(name: name, size: sizes[name])
    }

    /// From a PyTorch dtype such as `float32` in `torch.float32`.
    init(torchName name: String) {
        let aliases = ["half": "float16", "float": "float32", "double": "float64", "short": "int16"]
        let longer = ["int": "int32", "long": "int64"]
        let spelled = aliases[name] ?? longer[name] ?? name
        if let known = Self.readable.first(where: { $0.description == spelled }) {
            self = known
            return
        }
        let sizes = [
            "complex32": 4, "complex64": 8, "complex128": 16, "float8_e4m3fn": 1, "float8_e5m2": 1,
            "float8_e4m3fnuz": 1, "float8_e5m2fnuz": 1, "float8_e8m0fnu": 1, "qint8": 1, "quint8": 1, "qint32": 4,
        ]
        self = .other(name: name, size: sizes[name])
    }

    /// From a PyTorch storage class such as `FloatStorage`; nil when it is none with a type.
    init?(torchStorage name: String) {
        guard name.hasSuffix("Storage") else { return nil }
        switch name.dropLast("Storage".count) {
        case "Half": self = .float16
        case "BFloat16": self = .bfloat16
        case "Float": self = .float32
        case "Double": self = .float64
        case "Char": self = .int8
        case "Short": self = .int16
        case "Int": self = .int32
        case "Long": self = .int64
        case "Byte": self = .uint8
        case "Bool": self = .boolean
        case "ComplexFloat": self = .other(name: "complex64", size: 8)
        case "ComplexDouble": self = .other(name: "complex128", size: 16)
        case "QInt8": self = .other(name: "qint8", size: 1)
        case "QUInt8": self = .other(name: "quint8", size: 1)
        case "QInt32": self = .other(name: "qint32", size: 4)
        default: return nil
        }
    }

    /// From a NumPy type string such as `<f4` or `|b1`. Big-endian numbers become `.other`.
    init(numpyDescription text: String) {
        let kinds: [String: StoredElementType] = [
            "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
            "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .boolean,
        ]
        var kind = Substring(text)
        var order: Character = "<"
        if let first = kind.first, "<>|=".contains(first) {
            order = first
            kind = kind.dropFirst()
        }
        if let type = kinds[String(kind)], order != ">" || type.byteCount == 1 {
            self = type
            return
        }
        let size = Int(kind.dropFirst())
        self = .other(name: text, size: size.flatMap { $0 > 0 && $0 <= 1 << 20 && kind.first != "U" ? $0 : nil })
    }

    /// NumPy's type string, `<f4`; nil for bfloat16 and types that are not read.
    var numpyDescription: String? {
        switch self {
        case .float16: "<f2"
        case .float32: "<f4"
        case .float64: "<f8"
        case .int8: "|i1"
        case .int16: "<i2"
        case .int32: "<i4"
        case .int64: "<i8"
        case .uint8: "|u1"
        case .uint16: "<u2"
        case .uint32: "<u4"
        case .uint64: "<u8"
        case .boolean: "|b1"
        case .bfloat16, .other: nil
        }
    }
}

/// Reads the opcodes of a pickle (protocols 0 to 5) into a graph. Nothing is looked up, imported or called: a call is a
/// node like any other. Memory and time grow with the number of bytes read, whatever they say.
struct PickleMachine {
    /// Most values one pickle may make.
    static let largestGraph = 4_000_000

    private let input: ByteRegion
    private var position: Int
    private var graph = PickleGraph()
    private var stack: [Int32] = []
    /// Heights of the stack where marks were set.
    private var marks: [Int] = []
    private var memo: [UInt32: Int32] = [:]

    /// Reads one pickle from `position` on and goes behind it.
    static func read(_ input: ByteRegion, at position: inout Int) throws(CheckpointError) -> PickleGraph {
        var machine = PickleMachine(input: input, position: position)
        try machine.run()
        position = machine.position
        return machine.graph
    }

    private init(input: ByteRegion, position: Int) {
        self.input = input
        self.position = position
    }

    private mutating func run() throws(CheckpointError) {
        while true {
            let opcode = try readByte()
            if opcode == UInt8(ascii: ".") { break }
            guard try runShort(opcode) else {
                throw broken("unknown opcode \(opcode) at byte \(position - 1)")
            }
        }
        guard let root = stack.last else { throw broken("it ends without a value") }
        graph.root = root
    }

    // MARK: Opcodes

    /// Opcodes of protocols 0 and 1 with binary or no arguments.
    private mutating func runShort(_ opcode: UInt8) throws(CheckpointError) -> Bool {
        switch opcode {
        case UInt8(ascii: "("):
            try requireRoom(marks.count)
            marks.append(stack.count)
        case UInt8(ascii: "0"): if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
        case UInt8(ascii: "1"): _ = try popMark()
        case UInt8(ascii: "2"): try pushAgain(try top())
        case UInt8(ascii: "N"): try push(.none)
        case UInt8(ascii: "J"): try push(.integer(Int64(try readInteger(Int32.self))))
        case UInt8(ascii: "K"): try push(.integer(Int64(try readByte())))
        case UInt8(ascii: "M"): try push(.integer(Int64(try readInteger(UInt16.self))))
        case UInt8(ascii: "G"): try push(.real(Double(bitPattern: try readInteger(UInt64.self).byteSwapped)))
        case UInt8(ascii: "U"): try pushText(count: Int(try readByte()))
        case UInt8(ascii: "T"), UInt8(ascii: "X"): try pushText(count: Int(try readInteger(UInt32.self)))
        case UInt8(ascii: "]"): try push(.list)
        case UInt8(ascii: ")"): try push(.tuple)
        case UInt8(ascii: "}"): try push(.dictionary)
        case UInt8(ascii: "l"): try push(.list, try popMark())
        case UInt8(ascii: "t"): try push(.tuple, try popMark())
        case UInt8(ascii: "d"): try push(.dictionary, try pairs(try popMark()))
        case UInt8(ascii: "a"): try append([try pop()])
        case UInt8(ascii: "e"): try append(try popMark())
        case UInt8(ascii: "s"):
            let value = try pop()
            try setItems([try pop(), value])
        case UInt8(ascii: "u"): try setItems(try pairs(try popMark()))
        case UInt8(ascii: "R"): try call(arguments: try pop())
        case UInt8(ascii: "b"):
            let state = try pop()
            graph.withExtra(of: try top()) { $0.state = state }
        case UInt8(ascii: "o"):
            let parts = try popMark()
            guard let type = parts.first else { throw broken("an object without a class") }
            try push(.tuple, Array(parts.dropFirst()))
            try push(.call, [type, try pop()])
        case UInt8(ascii: "Q"): try push(.persistent, [try pop()])
        case UInt8(ascii: "h"): try recall(UInt32(try readByte()))
        case UInt8(ascii: "j"): try recall(try readInteger(UInt32.self))
        case UInt8(ascii: "q"): try remember(UInt32(try readByte()))
        case UInt8(ascii: "r"): try remember(try readInteger(UInt32.self))
        default: return try runText(opcode)
        }
        return true
    }

    /// Opcodes of protocol 0 whose arguments are lines of text.
    private mutating func runText(_ opcode: UInt8) throws(CheckpointError) -> Bool {
        switch opcode {
        case UInt8(ascii: "I"):
            let line = try readLine()
            if line == "00" || line == "01" { try push(.boolean(line == "01")) } else { try pushDecimal(line) }
        case UInt8(ascii: "L"):
            let line = try readLine()
            try pushDecimal(line.hasSuffix("L") ? String(line.dropLast()) : line)
        case UInt8(ascii: "F"):
            let line = try readLine()
            guard let value = Double(line) else { throw broken("'\(line.prefix(40))' is no number") }
            try push(.real(value))
        case UInt8(ascii: "S"):
            let line = try readLine()
            guard line.count >= 2, let quote = line.first, quote == line.last, quote == "'" || quote == "\"" else {
                throw broken("a string without quotes")
            }
            try push(.text(String(line.dropFirst().dropLast())))
        case UInt8(ascii: "V"): try push(.text(try readLine()))
        case UInt8(ascii: "c"): try push(.global("\(try readLine()).\(try readLine())"))
        case UInt8(ascii: "i"):
            try push(.global("\(try readLine()).\(try readLine())"))
            let type = try pop()
            try push(.tuple, try popMark())
            try push(.call, [type, try pop()])
        case UInt8(ascii: "P"):
            try push(.text(try readLine()))
            try push(.persistent, [try pop()])
        case UInt8(ascii: "g"): try recall(try readKey())
        case UInt8(ascii: "p"): try remember(try readKey())
        default: return try runLater(opcode)
        }
        return true
    }

    /// Opcodes of protocols 2 to 5.
    private mutating func runLater(_ opcode: UInt8) throws(CheckpointError) -> Bool {
        switch opcode {
        case 0x80:
            let version = try readByte()
            guard version <= 5 else { throw .unsupported(reason: "pickle protocol \(version), newer than 5") }
        case 0x81: try call(arguments: try pop())
        case 0x92:
            let keywords = try pop()
            try call(arguments: try pop())
            graph.nodes[Int(try top())].children.append(keywords)
        case 0x85: try push(.tuple, try pop(1))
        case 0x86: try push(.tuple, try pop(2))
        case 0x87: try push(.tuple, try pop(3))
        case 0x88: try push(.boolean(true))
        case 0x89: try push(.boolean(false))
        case 0x8A: try pushLong(count: Int(try readByte()))
        case 0x8B: try pushLong(count: Int(try readInteger(UInt32.self)))
        case UInt8(ascii: "B"): try pushBytes(count: Int(try readInteger(UInt32.self)))
        case UInt8(ascii: "C"): try pushBytes(count: Int(try readByte()))
        case 0x8C: try pushText(count: Int(try readByte()))
        case 0x8D: try pushText(count: try readLength())
        case 0x8E, 0x96: try pushBytes(count: try readLength())
        case 0x8F: try push(.set)
        case 0x90: try append(try popMark())
        case 0x91: try push(.set, try popMark())
        case 0x93:
            let name = try pop()
            let module = try pop()
            guard case .text(let name) = graph.nodes[Int(name)].content,
                case .text(let module) = graph.nodes[Int(module)].content
            else { throw broken("a global whose name is no text") }
            try push(.global("\(module).\(name)"))
        case 0x94: try remember(UInt32(memo.count))
        case 0x95:
            let length = try readLength()
            guard length <= input.count - position else { throw Self.truncated }
        case 0x82: try push(.global("copyreg.extension_\(try readByte())"))
        case 0x83: try push(.global("copyreg.extension_\(try readInteger(UInt16.self))"))
        case 0x84: try push(.global("copyreg.extension_\(try readInteger(UInt32.self))"))
        case 0x97, 0x98: throw .unsupported(reason: "a pickle whose buffers are outside of it")
        default: return false
        }
        return true
    }

    // MARK: Stack

    private mutating func push(_ content: PickleGraph.Content, _ children: [Int32] = []) throws(CheckpointError) {
        try requireRoom(graph.nodes.count)
        stack.append(Int32(graph.nodes.count))
        graph.nodes.append(PickleGraph.Node(content: content, children: children))
    }

    private mutating func pushAgain(_ node: Int32) throws(CheckpointError) {
        try requireRoom(stack.count)
        stack.append(node)
    }

    private func requireRoom(_ count: Int) throws(CheckpointError) {
        guard count < Self.largestGraph else {
            throw .tooLarge(reason: "its pickle makes more than \(Self.largestGraph) values")
        }
    }

    private func top() throws(CheckpointError) -> Int32 {
        guard let top = stack.last, stack.count > marks.last ?? 0 else { throw broken("its stack is empty") }
        return top
    }

    private mutating func pop() throws(CheckpointError) -> Int32 {
        let top = try top()
        stack.removeLast()
        return top
    }

    private mutating func pop(_ count: Int) throws(CheckpointError) -> [Int32] {
        guard stack.count - count >= marks.last ?? 0 else { throw broken("its stack is empty") }
        let values = Array(stack.suffix(count))
        stack.removeLast(count)
        return values
    }

    private mutating func popMark() throws(CheckpointError) -> [Int32] {
        guard let mark = marks.popLast() else { throw broken("its stack has no mark") }
        let values = Array(stack[mark...])
        stack.removeSubrange(mark...)
        return values
    }

    private func pairs(_ values: [Int32]) throws(CheckpointError) -> [Int32] {
        guard values.count % 2 == 0 else { throw broken("a key without a value") }
        return values
    }

    private mutating func append(_ values: [Int32]) throws(CheckpointError) {
        let target = try top()
        switch graph.nodes[Int(target)].content {
        case .list, .set: graph.nodes[Int(target)].children += values
        case .call: graph.withExtra(of: target) { $0.items += values }
        default: throw broken("it appends to something that is no list")
        }
    }

    private mutating func setItems(_ values: [Int32]) throws(CheckpointError) {
        let target = try top()
        switch graph.nodes[Int(target)].content {
        case .dictionary: graph.nodes[Int(target)].children += values
        case .call: graph.withExtra(of: target) { $0.entries += values }
        default: throw broken("it sets keys of something that is no dictionary")
        }
    }

    /// Arguments stay one shared node: copying them would let a short pickle fill any memory.
    private mutating func call(arguments: Int32) throws(CheckpointError) {
        try push(.call, [try pop(), arguments])
    }

    private mutating func remember(_ key: UInt32) throws(CheckpointError) {
        try requireRoom(memo.count)
        memo[key] = try top()
    }

    private mutating func recall(_ key: UInt32) throws(CheckpointError) {
        guard let node = memo[key] else { throw broken("it refers to value \(key), which it never made") }
        try pushAgain(node)
    }

    // MARK: Input

    private static let truncated = CheckpointError.malformed(format: "pickle", reason: "it is cut short")

    private func broken(_ reason: String) -> CheckpointError {
        .malformed(format: "pickle", reason: "\(reason) (byte \(position))")
    }

    private mutating func readByte() throws(CheckpointError) -> UInt8 {
        guard let byte = input.byte(at: position) else { throw Self.truncated }
        position += 1
        return byte
    }

    private mutating func readInteger<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type
    ) throws(CheckpointError) -> Value {
        guard let value = input.integer(at: position, as: type) else { throw Self.truncated }
        position += MemoryLayout<Value>.size
        return value
    }

    private mutating func readLength() throws(CheckpointError) -> Int {
        guard let length = Int(exactly: try readInteger(UInt64.self)) else { throw Self.truncated }
        return length
    }

    private mutating func readLine() throws(CheckpointError) -> String {
        guard let end = input.firstOffset(of: 0x0A, from: position),
            let line = input.repairedText(at: position, count: end - position)
        else { throw Self.truncated }
        position = end + 1
        return line
    }

    private mutating func readKey() throws(CheckpointError) -> UInt32 {
        let line = try readLine()
        guard let key = UInt32(line) else { throw broken("'\(line.prefix(40))' is no number of a value") }
        return key
    }

    private mutating func pushText(count: Int) throws(CheckpointError) {
        guard let text = input.repairedText(at: position, count: count) else { throw Self.truncated }
        position += count
        try push(.text(text))
    }

    private mutating func pushBytes(count: Int) throws(CheckpointError) {
        guard let region = input.slice(at: position, count: count) else { throw Self.truncated }
        position += count
        try push(.bytes(Int32(graph.regions.count)))
        graph.regions.append(region)
    }

    private mutating func pushDecimal(_ digits: String) throws(CheckpointError) {
        if let value = Int64(digits) {
            try push(.integer(value))
        } else if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) {
            try push(.bigInteger(digits))
        } else {
            throw broken("'\(digits.prefix(40))' is no integer")
        }
    }

    /// Two's complement, little-endian, of any length.
    private mutating func pushLong(count: Int) throws(CheckpointError) {
        guard let bytes = input.bytes(at: position, count: count) else { throw Self.truncated }
        position += count
        guard count > 8 else {
            var value: UInt64 = bytes.last.map { $0 >= 0x80 } == true ? .max : 0
            for byte in bytes.reversed() { value = value << 8 | UInt64(byte) }
            try push(.integer(Int64(bitPattern: value)))
            return
        }
        guard count <= 1024 else { throw .tooLarge(reason: "its pickle has an integer of \(count) bytes") }
        let digits = bytes.reversed().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        try push(.bigInteger("0x" + digits.joined()))
    }
}

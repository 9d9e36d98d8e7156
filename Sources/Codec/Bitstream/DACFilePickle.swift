/// Writes the bytes of a `.dac` file: NumPy's `.npy` header and a Python pickle of protocol 3.
///
/// Only what `dac` and NumPy need is emitted: dictionaries, texts, integers, truth values and arrays in the form that
/// NumPy itself pickles them, by names that NumPy 1 and 2 both know.
struct DACFilePickle {
    private var bytes: [UInt8] = []

    /// The whole file.
    static func bytes(of file: DACFile) -> [UInt8] {
        var pickle = DACFilePickle()
        pickle.bytes = header + [0x80, 3]
        pickle.array(shape: [], type: "O8", order: "|", flags: 63) { pickle in
            pickle.emit("]")
            pickle.dictionary([
                ("codes", { $0.codes(file.codes) }),
                ("metadata", { $0.metadata(file) }),
            ])
            pickle.emit("a")
        }
        pickle.emit(".")
        return pickle.bytes
    }

    /// The `.npy` header of version 1.0 for an object array without dimensions; magic word and text fill 128 bytes.
    private static var header: [UInt8] {
        let text = "{'descr': '|O', 'fortran_order': False, 'shape': (), }"
        let length = 118
        let padding = String(repeating: " ", count: length - 1 - text.utf8.count)
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length), 0] + Array((text + padding + "\n").utf8)
    }

    private mutating func codes(_ codes: Codes) {
        var data: [UInt8] = []
        data.reserveCapacity(2 * codes.values.count)
        for code in codes.values {
            data.append(UInt8(code & 0xFF))
            data.append(UInt8(code >> 8))
        }
        array(shape: codes.shape, type: "u2", order: "<", flags: 0) { $0.data(data) }
    }

    private mutating func metadata(_ file: DACFile) {
        let loudness = file.inputLoudness.flatMap { level in
            let bits = level.bitPattern
            return [UInt8(bits & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits >> 16 & 0xFF), UInt8(bits >> 24)]
        }
        dictionary([
            (
                "input_db",
                { $0.array(shape: [file.inputLoudness.count], type: "f4", order: "<", flags: 0) { $0.data(loudness) } }
            ),
            ("original_length", { $0.integer(file.originalLength) }),
            ("sample_rate", { $0.integer(file.sampleRate) }),
            ("chunk_length", { $0.integer(file.chunkLength) }),
            ("channels", { $0.integer(file.channelCount) }),
            ("padding", { $0.boolean(file.isPadded) }),
            ("dac_version", { $0.text(DACFile.supportedVersion) }),
        ])
    }

    // MARK: NumPy

    /// An array: an empty one is made and then given its version, shape, type, order and contents.
    private mutating func array(
        shape: [Int],
        type: String,
        order: String,
        flags: Int,
        _ contents: (inout DACFilePickle) -> Void
    ) {
        global("numpy.core.multiarray", "_reconstruct")
        global("numpy", "ndarray")
        tuple { $0.integer(0) }
        data(Array("b".utf8))
        emit("\u{87}R")
        tuple { pickle in
            pickle.integer(1)
            pickle.tuple { pickle in shape.forEach { pickle.integer($0) } }
            pickle.elementType(type, order: order, flags: flags)
            pickle.boolean(false)
            contents(&pickle)
        }
        emit("b")
    }

    /// `numpy.dtype(type, False, True)` with its byte order; -1 and `None` stand for sizes and fields it has not.
    private mutating func elementType(_ type: String, order: String, flags: Int) {
        global("numpy", "dtype")
        tuple { pickle in
            pickle.text(type)
            pickle.boolean(false)
            pickle.boolean(true)
        }
        emit("R")
        tuple { pickle in
            pickle.integer(3)
            pickle.text(order)
            pickle.emit("NNN")
            pickle.integer(-1)
            pickle.integer(-1)
            pickle.integer(flags)
        }
        emit("b")
    }

    // MARK: Python

    private mutating func dictionary(_ entries: [(key: String, value: (inout DACFilePickle) -> Void)]) {
        emit("}(")
        for entry in entries {
            text(entry.key)
            entry.value(&self)
        }
        emit("u")
    }

    private mutating func tuple(_ elements: (inout DACFilePickle) -> Void) {
        emit("(")
        elements(&self)
        emit("t")
    }

    private mutating func global(_ module: String, _ name: String) { emit("c\(module)\n\(name)\n") }

    private mutating func boolean(_ value: Bool) { emit(value ? "\u{88}" : "\u{89}") }

    private mutating func text(_ text: String) {
        emit("X")
        length(text.utf8.count)
        bytes += text.utf8
    }

    private mutating func data(_ data: [UInt8]) {
        emit("B")
        length(data.count)
        bytes += data
    }

    /// A signed integer of 8 bytes, of which small ones need fewer.
    private mutating func integer(_ value: Int) {
        if let small = Int32(exactly: value) {
            emit("J")
            length(Int(UInt32(bitPattern: small)))
        } else {
            emit("\u{8A}")
            bytes.append(8)
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
    }

    /// Four bytes, the lowest first.
    private mutating func length(_ value: Int) {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// Opcodes and ASCII text: each character is one byte.
    private mutating func emit(_ characters: String) {
        for scalar in characters.unicodeScalars { bytes.append(UInt8(scalar.value)) }
    }
}

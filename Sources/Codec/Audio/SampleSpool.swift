import Foundation

/// Keeps samples until they are read again: in memory up to a limit, beyond it in a temporary file that vanishes with the spool.
final class SampleSpool {
    private let channelCount: Int
    private let limit: Int
    private var blocks: [[[Float]]] = []
    private var samplesInMemory = 0
    private var file: FileHandle?
    /// The length of each block in the file.
    private var lengths: [Int] = []

    /// A spool that keeps up to `limit` samples of all channels together in memory; 4 million are 16 MB.
    init(channelCount: Int, limit: Int = 4_000_000) {
        self.channelCount = channelCount
        self.limit = limit
    }

    deinit {
        try? file?.close()
    }

    /// Appends a block, one array per channel, all equally long.
    func add(_ block: [[Float]]) throws {
        samplesInMemory += block[0].count * channelCount
        guard file != nil || samplesInMemory > limit else {
            blocks.append(block)
            return
        }
        let file = try self.file ?? openFile()
        for channel in block {
            try file.write(contentsOf: SampleBytes.data(channel))
        }
        lengths.append(block[0].count)
    }

    /// Hands over all blocks in order.
    func read(_ body: ([[Float]]) throws -> Void) throws {
        for block in blocks { try body(block) }
        guard let file else { return }
        try file.seek(toOffset: 0)
        for length in lengths {
            let block = try (0..<channelCount).map { _ in
                SampleBytes.samples(try file.read(upToCount: 4 * length) ?? Data())
            }
            try body(block)
        }
    }

    private func openFile() throws -> FileHandle {
        let path = FileManager.default.temporaryDirectory.appending(path: "codec-\(UUID().uuidString).samples")
        try Data().write(to: path)
        let file = try FileHandle(forUpdating: path)
        // Without a name it vanishes with the process, however that ends.
        try FileManager.default.removeItem(at: path)
        self.file = file
        return file
    }
}

import Foundation

/// Whether the BLAS gives right numbers, and fast.
enum NumericCheck {
    /// Ends the search for a second opinion: the process that asks for it must not ask again.
    static let speedFlag = "--blas-speed"
    /// From how many times slower on a setting is worth a warning.
    private static let slowRatio = 1.5

    /// The checks; a build without the codec has a single one.
    static var items: [SelfCheck.Item] {
        guard let blas = NumericLibraries.all.first(where: { $0.name == "OpenBLAS" }), let item = product() else {
            return [SelfCheck.Item("BLAS", .ok, "not part of this build")]
        }
        guard item.outcome == .ok, let speed = NumericLibraries.speed() else { return [item] }
        let text = "\(blas.version), \(blas.coreType ?? "unknown") kernels, \(Int(speed)) GFLOP/s"
        return [item, speedItem(speed, text)]
    }

    /// A product of small matrices against a plain loop.
    private static func product() -> SelfCheck.Item? {
        let size = 37
        let a = (0..<size * size).map { Float(($0 * 7919) % 101) / 101 - 0.5 }
        let b = (0..<size * size).map { Float(($0 * 104_729) % 97) / 97 - 0.5 }
        guard let product = LinkedSymbols.product(a, b, size: size) else { return nil }
        var worst: Double = 0
        for row in 0..<size {
            for column in 0..<size {
                var sum: Double = 0
                for inner in 0..<size { sum += Double(a[row * size + inner]) * Double(b[inner * size + column]) }
                worst = max(worst, abs(sum - Double(product[row * size + column])))
            }
        }
        // 37 products of numbers below 0.5 in single precision.
        return worst < 1e-4
            ? SelfCheck.Item("BLAS", .ok, "matrix products are right")
            : SelfCheck.Item("BLAS", .failed, "matrix products are wrong by \(worst); reinstall libopenblas0")
    }

    private static func speedItem(_ speed: Double, _ text: String) -> SelfCheck.Item {
        let variable = NumericLibraries.coreTypeVariable
        guard let core = Console.environment[variable], !core.isEmpty, let free = speedWithoutSetting(variable) else {
            return SelfCheck.Item("BLAS speed", .ok, text)
        }
        return free > slowRatio * speed
            ? SelfCheck.Item(
                "BLAS speed",
                .warning,
                "\(text); without \(variable)=\(core) it is \(Int(free)) GFLOP/s: unset the variable"
            )
            : SelfCheck.Item("BLAS speed", .ok, "\(text) with \(variable)=\(core)")
    }

    /// The speed in a process without that variable; `nil` when it cannot be asked.
    private static func speedWithoutSetting(_ variable: String) -> Double? {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["self-check", speedFlag]
        process.environment = Console.environment.filter { $0.key != variable }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil, let answer = try? pipe.fileHandleForReading.readToEnd() else { return nil }
        process.waitUntilExit()
        return Double(String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}

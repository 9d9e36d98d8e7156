import Codec
import Foundation

/// Times layers and models: reads one JSON request a line, answers each with the seconds every run took.
/// The argument is the number of threads. `Benchmarks/compare_torch/compare.py` drives it beside PyTorch.
@main
enum CodecBenchmarks {
    static func main() throws {
        if let threads = CommandLine.arguments.dropFirst().first.flatMap({ Int($0) }) { Compute.threads = threads }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        var prepared: (name: String, subject: any Runnable)?
        while let line = readLine() {
            let request = try decoder.decode(BenchmarkRequest.self, from: Data(line.utf8))
            if prepared?.name != request.case.name {
                prepared = nil
                BufferPool.trim()
                prepared = (request.case.name, try subject(request.case))
            }
            guard let subject = prepared?.subject else { continue }
            let before = BufferPool.newBlocks
            let times = try time(request.budget) { try subject.run(request.mode) }
            let answer = BenchmarkAnswer(
                seconds: times.map(\.wall),
                processorSeconds: times.map(\.processor),
                peakMebibytes: peakMebibytes,
                newBuffers: BufferPool.newBlocks - before,
                profile: (subject as? TrainingSubject)?.profile ?? []
            )
            try FileHandle.standardOutput.write(contentsOf: encoder.encode(answer) + Data("\n".utf8))
        }
    }

    private static func subject(_ description: BenchmarkCase) throws -> any Runnable {
        description.kind == .trainingStep ? try TrainingSubject(description) : try BenchmarkSubject(description)
    }

    /// Runs at least once, and on until `budget` seconds have passed.
    private static func time(_ budget: Double, _ body: () throws -> Void) rethrows -> [(
        wall: Double, processor: Double
    )] {
        let clock = ContinuousClock()
        let begun = clock.now
        var times: [(wall: Double, processor: Double)] = []
        repeat {
            let before = processorSeconds
            let elapsed = try clock.measure(body)
            times.append((elapsed / .seconds(1), processorSeconds - before))
        } while (clock.now - begun) / .seconds(1) < budget
        return times
    }

    /// User and system time of all threads so far.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }

    /// Largest resident memory so far (`VmHWM`).
    private static var peakMebibytes: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return (kibibytes ?? .nan) / 1024
    }
}

/// What can be timed.
protocol Runnable {
    /// Runs once.
    func run(_ mode: BenchmarkRequest.Mode) throws
}

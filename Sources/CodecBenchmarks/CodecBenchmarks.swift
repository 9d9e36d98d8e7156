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
        var prepared: (name: String, subject: BenchmarkSubject)?
        while let line = readLine() {
            let request = try decoder.decode(BenchmarkRequest.self, from: Data(line.utf8))
            if prepared?.name != request.case.name {
                prepared = nil
                BufferPool.trim()
                prepared = (request.case.name, try BenchmarkSubject(request.case))
            }
            guard let subject = prepared?.subject else { continue }
            let answer = BenchmarkAnswer(
                seconds: time(subject, mode: request.mode, budget: request.budget),
                peakMebibytes: peakMebibytes
            )
            try FileHandle.standardOutput.write(contentsOf: encoder.encode(answer) + Data("\n".utf8))
        }
    }

    private static func time(_ subject: BenchmarkSubject, mode: BenchmarkRequest.Mode, budget: Double) -> [Double] {
        let clock = ContinuousClock()
        let begun = clock.now
        var seconds: [Double] = []
        repeat {
            let elapsed = clock.measure { subject.run(mode) }
            seconds.append(elapsed / .seconds(1))
        } while (clock.now - begun) / .seconds(1) < budget
        return seconds
    }

    /// Largest resident memory so far (`VmHWM`).
    private static var peakMebibytes: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return (kibibytes ?? .nan) / 1024
    }
}

extension LogFormat {
    /// Metric file of MLflow's file store.
    public static let mlflow = LogFormat("mlflow", content: "a metric file of MLflow's file store")
}

/// Reads a metric file of MLflow's file store (`mlruns/EXPERIMENT/RUN/metrics/NAME`): a line `timestamp value step` per
/// value, the timestamp in milliseconds since 1970. The name of the metric is that of the file.
///
/// `mlflow.log_metric` without a step logs step 0 every time: a file whose first two steps are both 0 is read by records.
public struct MLflowMetricReader: LineReader {
    /// MLflow metric file.
    public static let format = LogFormat.mlflow
    /// Where the reader is.
    public var cursor = LineCursor()

    private struct Line: Codable {
        var time: Double
        var value: Double
        var step: Int64
        var number: Int
    }

    private let name: String
    /// What the file's steps count, `nil` before the second value.
    private var axis: StepAxis?
    /// The first value, until the second one tells what its step means.
    private var held: Line?
    private var records: Int64 = 0

    private enum CodingKeys: String, CodingKey { case cursor, name, axis, held, records }

    /// A reader at the beginning of a file whose name is not known.
    public init() { self.init(name: "metric") }

    /// A reader at the beginning of the file of that metric.
    public init(name: String) { self.name = name }

    /// Sure when the first line is a time in milliseconds, a value and perhaps a step.
    public static func recognises(_ head: Span<UInt8>) -> Double {
        let end = head.firstIndex(of: 0x0A) ?? head.count
        guard end < 200, let line = try? parse(head.extracting(0..<end), number: 1), !line.time.isNaN else { return 0 }
        return 0.95
    }

    /// Reads one value.
    public mutating func read(line: Span<UInt8>, into buffer: inout EventBuffer) {
        guard !line.trimmed(0..<line.count).isEmpty else { return }
        do throws(MLflowSyntaxError) {
            let read = try Self.parse(line, number: cursor.lineNumber)
            if let first = held {
                held = nil
                axis = first.step == 0 && read.step == 0 ? .record : .step
                emit(first, into: &buffer)
                emit(read, into: &buffer)
            } else if axis == nil {
                held = read
            } else {
                emit(read, into: &buffer)
            }
        } catch {
            buffer.reject(line: cursor.lineNumber, text: line.excerpt, reason: error.reason)
        }
    }

    /// Gives out a first value that no second one has followed.
    public mutating func finishLines(into buffer: inout EventBuffer) {
        if let held { emit(held, into: &buffer) }
        held = nil
    }

    private mutating func emit(_ line: Line, into buffer: inout EventBuffer) {
        records += 1
        let axis = axis ?? .step
        let key = MetricKey(name: name, split: FieldName.split(inMetricName: name) ?? .train, axis: axis)
        buffer.append(
            metric: buffer.index(of: key),
            step: axis == .record ? records : line.step,
            time: line.time,
            value: line.value,
            line: line.number
        )
    }

    private static func parse(_ line: Span<UInt8>, number: Int) throws(MLflowSyntaxError) -> Line {
        var fields: [Double] = []
        var at = 0
        // Behind the step a data set may be named.
        while fields.count < 3 {
            while at < line.count, line[at].isBlank || line[at] == 0x0D { at += 1 }
            guard at < line.count else { break }
            guard let (value, end) = NumberParser.number(in: line, from: at),
                end == line.count || line[end].isBlank || line[end] == 0x0D
            else { throw MLflowSyntaxError(reason: "no line of a metric file: timestamp, value and step are numbers") }
            fields.append(value)
            at = end
        }
        guard fields.count >= 2 else { throw MLflowSyntaxError(reason: "the value is missing") }
        guard let time = TimeParser.seconds(fields[0]), fields[0] >= 1e11 else {
            throw MLflowSyntaxError(reason: "the first number is no time in milliseconds")
        }
        let step = fields.count > 2 ? fields[2] : 0
        guard abs(step) < 1e15, step == step.rounded() else {
            throw MLflowSyntaxError(reason: "the step \(step) is out of range")
        }
        return Line(time: time, value: fields[1], step: Int64(step), number: number)
    }
}

/// Why a line is none of a metric file: a sentence.
private struct MLflowSyntaxError: Error {
    let reason: String
}

import Foundation

/// Energy and peak of a recording in stretches of 20 ms: enough to find its silence and its level without keeping its samples.
struct LevelEnvelope {
    /// Below this RMS in dBFS a stretch is silence whatever surrounds it: the absolute gate of BS.1770, −70.
    static let floor = -70.0

    /// Samples per stretch.
    let stretch: Int
    private(set) var sampleCount = 0
    private var energies: [Double] = []
    private var peaks: [Float] = []

    init(sampleRate: Int) { stretch = max(1, sampleRate / 50) }

    /// Takes the next samples.
    mutating func add(_ samples: [Float]) {
        var start = 0
        while start < samples.count {
            if sampleCount % stretch == 0 {
                energies.append(0)
                peaks.append(0)
            }
            let count = min(samples.count - start, stretch - sampleCount % stretch)
            var (energy, peak) = (0.0, Float(0))
            for sample in samples[start..<(start + count)] {
                energy += Double(sample) * Double(sample)
                peak = max(peak, abs(sample))
            }
            energies[energies.count - 1] += energy
            peaks[peaks.count - 1] = max(peaks[peaks.count - 1], peak)
            sampleCount += count
            start += count
        }
    }

    /// The RMS of the loudest stretch in dBFS.
    var loudest: Double { 10 * log10((energies.max() ?? 0) / Double(stretch)) }

    /// What remains of the recording without silence at its ends; the whole recording when nothing is to be trimmed.
    func soundRange(_ trim: SilenceTrim?, sampleRate: Int) -> Range<Int> {
        guard let trim else { return 0..<sampleCount }
        let limit = (energies.max() ?? 0) * pow(10, trim.threshold / 10)
        guard let first = energies.firstIndex(where: { $0 > limit }),
            let last = energies.lastIndex(where: { $0 > limit })
        else { return 0..<sampleCount }
        let margin = Int((trim.margin * Double(sampleRate) / Double(stretch)).rounded(.up))
        return max(0, first - margin) * stretch..<min(sampleCount, (last + 1 + margin) * stretch)
    }

    /// RMS and peak, full scale 1, of a range that ``soundRange(_:sampleRate:)`` gave.
    func level(in range: Range<Int>) -> (rms: Double, peak: Double) {
        let stretches = range.lowerBound / stretch..<(range.upperBound + stretch - 1) / stretch
        let energy = energies[stretches].reduce(0, +)
        return ((energy / Double(max(1, range.count))).squareRoot(), Double(peaks[stretches].max() ?? 0))
    }
}

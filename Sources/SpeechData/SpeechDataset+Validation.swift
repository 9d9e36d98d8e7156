public import Codec

extension SpeechDataset {
    /// Held-out audio to measure on, the same every time: at most `count` items `[1, 1, T]` of at most `seconds` each.
    ///
    /// Clips are cut into pieces that do not overlap; the first piece of every clip comes before the second of any, and when there are more
    /// clips than items, items are spread over them. `level` in dBFS brings each item to that RMS as ``SpeechBatches`` does.
    /// Empty when nothing is held out. Throws ``SpeechDataError`` when a file has vanished or changed.
    ///
    /// - Precondition: `seconds` is at least one sample, `count` is positive.
    public func validationItems(seconds: Double, count: Int, level: Double? = nil) throws(SpeechDataError) -> [Tensor] {
        var items: [Tensor] = []
        for (clip, range) in validationPieces(seconds: seconds, count: count) {
            let samples = try validation[clip].samples(in: range)
            let levelled = level.map { SpeechLevel.rms($0).applied(to: samples) } ?? samples
            items.append(Tensor(levelled, shape: [1, 1, range.count]))
        }
        return items
    }

    /// Which samples of which held-out clip each item is.
    func validationPieces(seconds: Double, count: Int) -> [(clip: Int, range: Range<Int>)] {
        let length = Int(min(seconds * Double(sampleRate), 0x1p40))
        precondition(length > 0 && count > 0, "validation needs at least one sample and one item")
        let clips = validation.indices.filter { validation[$0].sampleCount > 0 }
        if clips.count > count {
            return (0..<count).map { item in
                let clip = clips[item * clips.count / count]
                return (clip, 0..<min(length, validation[clip].sampleCount))
            }
        }
        var pieces: [(clip: Int, range: Range<Int>)] = []
        var start = 0
        while pieces.count < count {
            let round = clips.filter { clip in
                // Behind the first, pieces are whole: a rest of a few samples measures nothing.
                start == 0 || validation[clip].sampleCount - start >= length
            }
            guard !round.isEmpty else { break }
            pieces += round.map { ($0, start..<min(start + length, validation[$0].sampleCount)) }
            start += length
        }
        return Array(pieces.prefix(count))
    }
}

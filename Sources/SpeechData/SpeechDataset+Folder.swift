extension SpeechDataset {
    /// The audio files of a folder and its subfolders, read piece by piece; channels are averaged.
    ///
    /// The speaker is the first folder below `path`. Files are held out by a digest of `seed` and their path, so that adding a file moves
    /// no other; both sides get a file when there are two. Files that cannot be read are in ``skipped``.
    /// Throws ``SpeechDataError``: no usable file, or files of another sample rate, which `codec-doctor prepare` would resample.
    ///
    /// - Precondition: `validationShare` is at least 0 and below 1.
    public static func folder(
        _ path: String,
        sampleRate: Int,
        validationShare: Double = 0.1,
        seed: UInt64 = 0
    ) throws(SpeechDataError) -> SpeechDataset {
        precondition((0..<1).contains(validationShare), "a share of files to hold out is at least 0 and below 1")
        let tree = try AudioFileTree(path)
        var skipped = tree.problems.map { SkippedFile(path: $0.path, reason: $0.reason) }
        var clips: [SpeechClip] = []
        var otherRates: [(path: String, rate: Int)] = []
        for name in tree.files {
            let file: SpeechFile
            do { file = try SpeechFile(opening: path + "/" + name) } catch {
                skipped.append(SkippedFile(path: name, reason: "\(error)"))
                continue
            }
            if file.sampleRate == sampleRate {
                clips.append(SpeechClip(name: name, speaker: speaker(of: name), file: file))
            } else {
                otherRates.append((name, file.sampleRate))
            }
        }
        if let first = otherRates.first {
            throw .sampleRate(
                folder: path,
                example: first.path,
                found: first.rate,
                wanted: sampleRate,
                count: otherRates.count
            )
        }
        guard !clips.isEmpty else { throw .nothing(folder: path, reason: skipped.first?.reason) }
        let isHeldOut = SpeechSplit(seed: seed, share: validationShare).isHeldOut(clips.map(\.name))
        return SpeechDataset(
            sampleRate: sampleRate,
            training: zip(clips, isHeldOut).filter { !$0.1 }.map(\.0),
            validation: zip(clips, isHeldOut).filter(\.1).map(\.0),
            skipped: skipped
        )
    }

    /// The first folder of a relative path; empty when there is none.
    static func speaker(of path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[0]) : ""
    }
}

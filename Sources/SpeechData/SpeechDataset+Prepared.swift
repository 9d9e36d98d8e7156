extension SpeechDataset {
    /// A folder that `codec-doctor prepare` or ``SpeechPreparation`` wrote, divided as its manifest says and read piece by piece.
    ///
    /// `sampleRate`, when given, must be the folder's. Throws ``SpeechDataError``: no manifest, another rate, nothing in it, a file missing.
    public static func prepared(_ path: String, sampleRate: Int? = nil) throws(SpeechDataError) -> SpeechDataset {
        try AudioFileTree.check(path)
        guard let manifest = try PreparationManifest.read(folder: path) else {
            throw .manifest(path: path + "/" + PreparationManifest.fileName, reason: "there is none")
        }
        let rate = manifest.options.sampleRate
        let outputs = manifest.outputs
        if let sampleRate, sampleRate != rate {
            let example = outputs.first?.path ?? PreparationManifest.fileName
            throw .sampleRate(folder: path, example: example, found: rate, wanted: sampleRate, count: outputs.count)
        }
        guard !outputs.isEmpty else { throw .nothing(folder: path, reason: manifest.sources.first?.detail) }
        var clips: (training: [SpeechClip], validation: [SpeechClip]) = ([], [])
        for output in outputs {
            guard let location = OutputFolder.location(of: output.path, in: path), output.samples > 0, rate > 0 else {
                throw .manifest(path: path + "/" + PreparationManifest.fileName, reason: "it is damaged")
            }
            guard let attributes = FileStamp.attributes(location) else { throw .missing(path: location) }
            guard attributes.bytes == output.stamp.bytes else {
                throw .changed(
                    path: location,
                    found: "\(attributes.bytes) bytes",
                    expected: "the \(output.stamp.bytes) of the manifest"
                )
            }
            let file = SpeechFile(path: location, sampleRate: rate, sampleCount: output.samples)
            let clip = SpeechClip(name: output.path, speaker: output.speaker, file: file)
            if output.split == .training { clips.training.append(clip) } else { clips.validation.append(clip) }
        }
        let rejected = manifest.sources.filter { $0.rejection != nil }
        return SpeechDataset(
            sampleRate: rate,
            training: clips.training,
            validation: clips.validation,
            skipped: rejected.map { SkippedFile(path: $0.path, reason: $0.detail ?? "") }
        )
    }
}

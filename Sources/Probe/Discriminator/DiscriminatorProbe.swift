public import Codec
import Foundation
import TrainingMetrics

/// Puts the measurements of one discriminator, or of several side by side, into one report that begins with the answer.
public enum DiscriminatorProbe {
    /// How to measure.
    public struct Options: Sendable {
        /// Seed of all random numbers.
        public var seed: UInt64 = 0
        /// Nothing is run through the nets: shapes, mixing and stored weights only.
        public var isStatic = false
        /// Seconds the whole probe may take; training gets what the rest leaves.
        public var seconds = 50.0
        /// Steps of training; nil for as many as fit.
        public var steps: Int?
        /// The adversarial game.
        public var family = AdversarialLoss.Family.hinge
        /// AdamW's step size; nil for the origin's 1e-4.
        public var learningRate: Float?

        /// The defaults.
        public init() {}
    }

    /// More parameters than this are described, but not run: weights, gradients and AdamW's moments take 16 bytes each.
    public static let mostParameters = 400_000_000

    /// The report of `subjects`, the first of which is in question; the others are there to compare.
    ///
    /// `audio` gives real speech at any rate and is called unless the probe is static; `progress` is told the share done, 0 to 1.
    /// Throws ``DiscriminatorProbeError`` when the nets cannot be run side by side or not on this audio, and what `audio` throws.
    public static func report(
        of subjects: [ProbeSubject],
        options: Options,
        audio: () throws -> [AudioSignal],
        progress: @escaping (Double) -> Void = { _ in }
    ) throws -> ProbeReport {
        let clock = ContinuousClock()
        let begun = clock.now
        func elapsed() -> Double { (clock.now - begun) / .seconds(1) }
        func share(_ done: Double) { progress(min(1, done)) }

        var report = ProbeReport(kind: .discriminator, seed: options.seed)
        report.assumptions = subjects.flatMap(\.assumptions)
        for subject in subjects { try subject.description.validate() }
        report.networks = subjects.map { network(of: $0, seed: options.seed) }
        if options.isStatic {
            report.unmeasured = unmeasuredWhenStatic
        } else {
            try check(subjects)
            let signals = try audio()
            let material = try ProbeAudio.make(
                from: signals,
                sampleRate: subjects[0].description.sampleRate,
                seed: options.seed
            )
            try check(subjects, samples: material.segmentLength)
            share(elapsed() / options.seconds)
            for (index, subject) in subjects.enumerated() {
                report.capacities += capacities(of: subject, among: subjects, audio: signals, options: options)
                share(elapsed() / options.seconds)
                report.networks[index].signal = SignalProbe.report(
                    of: subject.discriminator(seed: options.seed),
                    audio: material,
                    seed: options.seed
                )
                share(elapsed() / options.seconds)
            }
            let begin = elapsed()
            let left = max(1, options.seconds - begin)
            let learning = LearningProbe.reports(
                of: subjects.map { $0.learner(seed: options.seed) },
                audio: material,
                options: learningOptions(options, seconds: left)
            ) { share((begin + $0 * left) / options.seconds) }
            for (index, learned) in learning.enumerated() { report.networks[index].learning = learned }
            report.unmeasured = unmeasured(report)
        }
        for index in report.networks.indices { report.networks[index].gatherEvidence() }
        report.answer = DiscriminatorAnswer.sentences(of: report)
        report.seconds = elapsed()
        progress(1)
        return report
    }

    /// What needs no forward pass.
    private static func network(of subject: ProbeSubject, seed: UInt64) -> NetworkReport {
        let layers = subject.description.layers
        var network = NetworkReport(
            name: subject.name,
            weights: subject.weights,
            parameterCount: subject.description.parameterCount,
            weightCount: layers.reduce(0) { $0 + $1.weightCount },
            denseWeightCount: layers.reduce(0) { $0 + $1.dense.weightCount }
        )
        network.structures = StructureProbe.reports(of: subject.description)
        network.mixing = MixingProbe.reports(of: subject.description)
        if let trained = subject.trained { network.layerWeights = WeightProbe.reports(of: trained, seed: seed) }
        return network
    }

    /// Throws unless all nets can be built here and take the same audio.
    private static func check(_ subjects: [ProbeSubject]) throws(DiscriminatorProbeError) {
        for subject in subjects where subject.description.parameterCount > mostParameters {
            throw .tooLarge(name: subject.name, parameters: subject.description.parameterCount)
        }
        let rates = subjects.map(\.description.sampleRate)
        guard rates.allSatisfy({ $0 == rates[0] }) else { throw .sampleRates(rates) }
    }

    /// Throws unless every net can look at so many samples.
    private static func check(_ subjects: [ProbeSubject], samples: Int) throws(DiscriminatorProbeError) {
        for subject in subjects {
            let shortest = subject.description.shortestInput ?? .max
            if samples < shortest { throw .doesNotFit(name: subject.name, samples: samples, shortest: shortest) }
        }
    }

    /// Every different grouped layer of a net, in about a tenth of the time.
    private static func capacities(
        of subject: ProbeSubject,
        among subjects: [ProbeSubject],
        audio: [AudioSignal],
        options: Options
    ) -> [LayerCapacityReport] {
        let grouped = Set(subject.description.layers.filter { $0.groups > 1 }.map(LayerText.describe))
        guard !grouped.isEmpty else { return [] }
        let reports = LayerCapacityProbe.reports(
            of: subject.description,
            audio: audio,
            seconds: min(1, options.seconds * 0.1 / Double(grouped.count)),
            seed: options.seed
        )
        guard subjects.count > 1 else { return reports }
        return reports.map { report in
            var report = report
            report.place += " of \(subject.name)"
            return report
        }
    }

    private static func learningOptions(_ options: Options, seconds: Double) -> LearningProbe.Options {
        var learning = LearningProbe.Options()
        learning.seconds = seconds
        learning.steps = options.steps
        learning.seed = options.seed
        learning.loss = AdversarialLoss(options.family, reduction: .mean)
        if let rate = options.learningRate { learning.learningRate = rate }
        return learning
    }

    private static let unmeasuredWhenStatic = [
        "signal, gradients, starting losses, blindness: nothing was run; leave --static out",
        "capacity of single layers: nothing was run; leave --static out",
        "whether it learns: nothing was trained; leave --static out",
    ]

    private static func unmeasured(_ report: ProbeReport) -> [String] {
        var sentences: [String] = []
        if report.networks[0].weights == .initial {
            sentences.append(
                "ranks, dead filters and non-finite values of weights: these are random; give --checkpoint FILE"
            )
        }
        sentences.append(
            "the game against a generator that learns too: D was trained alone; a run's log shows the game"
        )
        return sentences
    }
}

import Codec
import Testing

/// Descriptions that are no discriminators.
@Suite struct DiscriminatorValidationTests {
    private func problem(_ change: (inout DiscriminatorDescription) -> Void) -> DiscriminatorDescriptionError? {
        var description = DiscriminatorDescription.dac(periods: [2], windowLengths: [64])
        change(&description)
        do {
            try description.validate()
            return nil
        } catch {
            return error
        }
    }

    @Test func presetsAreRight() {
        #expect(problem { _ in } == nil)
    }

    @Test func everyProblemHasItsPlaceAndSentence() {
        typealias Change = (inout DiscriminatorDescription) -> Void
        let cases: [(String, Change)] = [
            ("a discriminator needs at least one sub-discriminator", { $0.subDiscriminators = [] }),
            ("a sample rate of 0 Hz is not possible", { $0.sampleRate = 0 }),
            (
                "discriminators.0: a period of 0 samples is not possible",
                { $0.subDiscriminators[0].input = .period(0, alwaysPads: true) }
            ),
            ("discriminators.0: there is no branch of layers", { $0.subDiscriminators[0].branches = [] }),
            (
                "discriminators.0.convs.1.0: it takes 32 channels, but gets 30",
                { $0.subDiscriminators[0].branches[0].layers[0].outputChannels = 30 }
            ),
            (
                "discriminators.0.convs.1.0: 5 groups do not divide 32 input and 128 output channels",
                { $0.subDiscriminators[0].branches[0].layers[1].groups = 5 }
            ),
            (
                "discriminators.0.convs.0.0: its kernel has 1 number(s), but its input has 2 dimension(s)",
                { $0.subDiscriminators[0].branches[0].layers[0].kernel = [5] }
            ),
            (
                "discriminators.0.conv_post: a stride of 0 is not possible",
                { $0.subDiscriminators[0].head.stride = [1, 0] }
            ),
            (
                "discriminators.1: only a spectrogram has bands",
                { $0.subDiscriminators[1].input = .period(2, alwaysPads: true) }
            ),
            (
                "discriminators.1: the band 0.5...0.51 holds none of 33 bins",
                { $0.subDiscriminators[1].branches[0].band = 0.5...0.51 }
            ),
            (
                "discriminators.0.convs.0.0: two layers have this name",
                {
                    $0.subDiscriminators[1].path = "discriminators.0"
                    $0.subDiscriminators[1].branches[0].layers[0].name = "convs.0.0"
                }
            ),
            (
                "discriminators.0: no audio is long enough for its layers",
                { $0.subDiscriminators[0].branches[0].layers[0].kernel = [5, 9] }
            ),
            (
                "discriminators.0.convs.0.0: a padding of \(Int.max) is not possible",
                { $0.subDiscriminators[0].branches[0].layers[0].padding = [.max, 0] }
            ),
            (
                "discriminators.0: a period of \(Int.max) samples is not possible",
                { $0.subDiscriminators[0].input = .period(.max, alwaysPads: true) }
            ),
            (
                "discriminators.1: its branches end with images of different sizes, which cannot be joined",
                { $0.subDiscriminators[1].branches[4].layers[0].stride = [2, 1] }
            ),
        ]
        for (sentence, change) in cases { #expect(problem(change)?.description == sentence) }
    }
}

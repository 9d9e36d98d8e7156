import Codec
import Testing

/// Parameters to the unit, as PyTorch counts them in the originals.
@Suite struct DiscriminatorCountTests {
    @Test(arguments: [
        ("origin-failing", 16_913_859), ("origin-fixed", 41_391_856), ("dac", 42_519_760), ("hifigan", 70_724_591),
        ("hifigan-mpd", 41_105_770), ("hifigan-msd", 29_618_821), ("melgan", 16_924_086), ("encodec", 3 * 94_466),
        ("bigvgan", 41_386_672), ("bigvgan-mrd", 3 * 93_634),
    ])
    func catalogue(name: String, count: Int) throws {
        let description = try #require(DiscriminatorCatalogue.entry(named: name)).make(16_000)
        #expect(description.parameterCount == count)
        #expect(description.sampleRate == 16_000)
        try description.validate()
    }

    @Test func theCatalogueIsComplete() {
        let names = DiscriminatorCatalogue.entries.map(\.name)
        #expect(
            names == [
                "origin-failing", "origin-fixed", "dac", "hifigan", "hifigan-mpd", "hifigan-msd", "melgan", "encodec",
                "bigvgan", "bigvgan-mrd",
            ]
        )
        #expect(DiscriminatorCatalogue.entry(named: "Dac") == nil)
    }

    @Test(arguments: [
        (DiscriminatorDescription.dac(), [Int](repeating: 8_221_154, count: 5) + [471_330, 471_330, 471_330]),
        (.dac(periods: [], rates: [1], windowLengths: []), [5_641_362]),
        (.hiFiGANScales(), [9_870_209, 9_874_306, 9_874_306]), (.melGAN(), [5_641_362, 5_641_362, 5_641_362]),
        (.originGrouped(), [5_637_953, 5_637_953, 5_637_953]), (.enCodec(), [94_466, 94_466, 94_466]),
        (.enCodec(windowLengths: [1024, 2048, 512, 256, 128]), [Int](repeating: 94_466, count: 5)),
        (.bigVGANResolutions(), [93_634, 93_634, 93_634]),
    ])
    func subDiscriminators(description: DiscriminatorDescription, counts: [Int]) {
        #expect(
            description.subDiscriminators.map { $0.layers.reduce(0) { $0 + $1.parameterCount } } == counts
        )
    }

    @Test(arguments: [([], 42_519_760), ([1], 48_161_122), ([1, 2, 4], 59_443_846)])
    func dacWithScales(rates: [Int], count: Int) {
        #expect(DiscriminatorDescription.dac(rates: rates).parameterCount == count)
    }

    @Test func layersOfAFoldedWaveform() {
        let counts = DiscriminatorDescription.dac(periods: [2], windowLengths: []).layers.map(\.parameterCount)
        #expect(counts == [224, 20_736, 328_704, 2_623_488, 5_244_928, 3_074])
        let plain = DiscriminatorDescription.dac(periods: [2], windowLengths: []).mappingLayers {
            var layer = $0
            layer.normalization = .none
            return layer
        }
        #expect(plain.parameterCount == 8_218_433)
    }

    @Test func layersOfAScale() {
        let counts = DiscriminatorDescription.dac(periods: [], rates: [1], windowLengths: []).layers
        #expect(
            counts.map(\.parameterCount) == [272, 10_624, 42_496, 169_984, 169_984, 5_244_928, 3_074]
        )
        #expect(counts.map(\.weightCount) == [240, 10_496, 41_984, 167_936, 167_936, 5_242_880, 3_072])
    }

    @Test func theBuiltNetHasWhatItsDescriptionSays() {
        var random = RandomSource(seed: 3)
        for entry in DiscriminatorCatalogue.entries where ["melgan", "encodec", "bigvgan-mrd"].contains(entry.name) {
            let description = entry.make(24_000)
            #expect(Discriminator(description, using: &random).parameterCount == description.parameterCount)
        }
    }
}

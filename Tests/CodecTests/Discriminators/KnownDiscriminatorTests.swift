import Testing

@testable import Codec

/// Published nets are recognised by names and shapes; shapes alone are enough here.
struct KnownDiscriminatorTests {
    @Test(arguments: DiscriminatorCatalogue.entries.map(\.name), ["", "disc"])
    func everyNetOfTheCatalogueIsFoundExactly(name: String, prefix: String) throws {
        let entry = try #require(DiscriminatorCatalogue.entry(named: name))
        let description = entry.make(32_000)
        let stored = Self.convolutions(of: description, prefix: prefix).reversed()
        var found = try #require(KnownDiscriminator.match(Array(stored), sampleRate: 32_000)).description
        for index in found.subDiscriminators.indices {
            let path = found.subDiscriminators[index].path
            found.subDiscriminators[index].path = prefix.isEmpty ? path : String(path.dropFirst(prefix.count + 1))
        }
        #expect(found == description)
    }

    @Test(arguments: [
        DiscriminatorDescription.dac(
            periods: [2, 3],
            rates: [1, 2, 4],
            windowLengths: [2048],
            bands: [0...0.5, 0.5...1]
        ),
        .dac(periods: [], rates: [1]), .dac(windowLengths: []), .hiFiGANPeriods(periods: [2, 3, 5]),
        .enCodec(windowLengths: [1024, 2048, 512, 256, 128]),
    ])
    func netsWithOtherNumbersOfPartsAreFound(_ description: DiscriminatorDescription) throws {
        let match = try #require(
            KnownDiscriminator.match(Self.convolutions(of: description), sampleRate: description.sampleRate)
        )
        #expect(match.description == description)
    }

    @Test func theDacPackagesOwnDiscriminatorIsFound() throws {
        let (convolutions, others) = StoredConvolution.all(in: try CheckpointFixture.shapes("dac_discriminator"))
        let match = try #require(KnownDiscriminator.match(convolutions, sampleRate: 44_100))
        #expect(match.description == .dac(rates: [1]) && others.isEmpty)
        #expect(match.description.parameterCount == 48_161_122)
        #expect(match.assumption.contains("2, 3, 5, 7, 11") && match.assumption.contains("2048, 1024, 512"))
    }

    @Test func aFoldedNetIsFoundWithoutNormalisation() throws {
        let plain = DiscriminatorDescription.hiFiGANScales().mappingLayers { layer in
            var layer = layer
            layer.normalization = .none
            return layer
        }
        let match = try #require(KnownDiscriminator.match(Self.convolutions(of: plain), sampleRate: 22_050))
        #expect(match.description == plain)
    }

    @Test func anotherWidthIsAnotherNet() {
        let narrow = DiscriminatorDescription.enCodec().mappingLayers { layer in
            var layer = layer
            layer.inputChannels = layer.inputChannels == 32 ? 16 : layer.inputChannels
            layer.outputChannels = layer.outputChannels == 32 ? 16 : layer.outputChannels
            return layer
        }
        #expect(KnownDiscriminator.match(Self.convolutions(of: narrow), sampleRate: nil) == nil)
    }

    /// The tensors of a net, as a checkpoint lists them.
    static func convolutions(of description: DiscriminatorDescription, prefix: String = "") -> [StoredConvolution] {
        var tensors: [(name: String, shape: [Int])] = []
        for part in description.subDiscriminators {
            for layer in part.layers {
                let name = Layer.join(prefix, Layer.join(part.path, layer.name))
                let shape = layer.weightShape
                switch layer.normalization {
                case .none: tensors.append((name + ".weight", shape))
                case .weight: tensors += [(name + ".weight_g", [shape[0], 1, 1]), (name + ".weight_v", shape)]
                case .spectral:
                    tensors += [
                        (name + ".weight_orig", shape), (name + ".weight_u", [shape[0]]),
                        (name + ".weight_v", [layer.fanIn]),
                    ]
                }
                tensors.append((name + ".bias", [shape[0]]))
            }
        }
        let (convolutions, others) = StoredConvolution.all(in: tensors)
        #expect(others.isEmpty)
        return convolutions
    }
}

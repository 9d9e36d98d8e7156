import Codec
import Testing

/// Finding the model in a checkpoint, and its names.
struct CheckpointGroupTests {
    @Test(
        arguments: [
            ("dac.pth", "state_dict", "encoder.block.0.weight_g"),
            ("dac_parametrized.pth", "generator", "encoder.block.0.parametrizations.weight.original0"),
            ("dac_plain.safetensors", "the whole file (without 'module.')", "encoder.block.0.weight"),
            ("training.pth", "generator (without 'module.')", "1.weight_v"),
            ("module.pth", "the whole file", "0.weight_u"), ("types.pth", "tensors", "f32"),
            ("encodec.th", "model", "decoder.model.0.conv.conv.bias"),
        ])
    func theModelsWeightsAreFound(file: String, title: String, name: String) throws {
        let model = try CheckpointFixture.open(file).model
        #expect(model.title == title)
        #expect(model[name] != nil)
    }

    @Test func allGroupsOfATrainingCheckpointAreListed() throws {
        let checkpoint = try CheckpointFixture.open("training.pth")
        #expect(
            checkpoint.groups.map(\.title) == [
                "discriminator (without 'module.')", "generator (without 'module.')", "optim_g",
            ]
        )
        #expect(checkpoint.metadata["steps"]?.integer == 100)
        #expect(checkpoint.metadata["hparams"]?["segment"]?.integer == 16000)
        #expect(checkpoint.metadata["optim_g"]?["param_groups"] != nil)
    }

    @Test func aWrappersNamesDivideAFlatFile() throws {
        let one = SafeTensorsWriter.Item.Values.float32([1])
        let names = ["generator.a.weight", "generator.b.weight", "discriminator.c.weight"]
        try ScratchFolder.with { folder in
            let path = folder + "/lightning.safetensors"
            try SafeTensorsWriter.write(names.map { .init(name: $0, shape: [1], values: one) }, to: path)
            let checkpoint = try Checkpoint.open(path)
            #expect(try checkpoint.model.names == ["a.weight", "b.weight"])
            #expect(checkpoint.groups.count == 2)
        }
    }

    @Test func layersOfAListKeepTheirPrefix() throws {
        try ScratchFolder.with { folder in
            let path = folder + "/list.safetensors"
            let names = ["model.0.weight", "model.1.weight"]
            try SafeTensorsWriter.write(names.map { .init(name: $0, shape: [], values: .float32([2])) }, to: path)
            #expect(try Checkpoint.open(path).model.names == names)
        }
    }

    @Test func parametrizedNamesBecomeWeightGAndWeightV() throws {
        let own = try CheckpointFixture.open("dac.pth").stateDictionary()
        let parametrized = try CheckpointFixture.open("dac_parametrized.pth").stateDictionary()
        #expect(parametrized.entries.map(\.name) == own.entries.map(\.name))
        for (name, tensor) in own.entries { #expect(parametrized[name]?.values == tensor.values, "\(name)") }
    }

    @Test func spectralNormalisationIsNotTakenForWeightNormalisation() throws {
        let names = try CheckpointFixture.open("training.pth").model.nativelyNamed.names
        #expect(names.contains("0.weight_orig") && names.contains("0.weight_u") && names.contains("0.weight_v"))
        let shapes = ArchitectureRecognizer.recognize([("0.weight_orig", [3, 2]), ("0.weight_v", [2])])
        #expect(shapes.kind == .unrecognized)
    }

    @Test func huggingFacesDacHasDacsOwnNamesAndValues() throws {
        let model = try CheckpointFixture.open("hf_dac/model.safetensors").model
        #expect(model.naming == .huggingFaceDac)
        try expectSame(model.nativelyNamed, try CheckpointFixture.expected("hf_dac_own").model)
    }

    @Test func huggingFacesEncodecHasEncodecsOwnNamesAndValues() throws {
        let model = try CheckpointFixture.open("hf_encodec/model.safetensors").model
        #expect(model.naming == .huggingFaceEncodec)
        try expectSame(model.nativelyNamed, try CheckpointFixture.open("encodec.th").model)
    }

    @Test func nativeNamesStayAsTheyAre() throws {
        let model = try CheckpointFixture.open("encodec.th").model
        #expect(model.naming == .native && model.nativelyNamed.names == model.names)
    }

    private func expectSame(_ found: CheckpointGroup, _ expected: CheckpointGroup) throws {
        #expect(found.names.sorted() == expected.names.sorted())
        for name in expected.names { #expect(try found[name]?.floats() == expected.values(of: name), "\(name)") }
    }
}

import Codec
import Testing

/// Files written by PyTorch, NumPy and safetensors, against the values PyTorch holds.
struct CheckpointGoldenTests {
    @Test(
        arguments: [
            ("types.pth", "types", CheckpointFormat.torchZip), ("types_legacy.pth", "types_legacy", .torchLegacy),
            ("views.pth", "views", .torchZip), ("views_legacy.pth", "views_legacy", .torchLegacy),
            ("protocol3.pth", "protocol3", .torchZip), ("protocol4.pth", "protocol4", .torchZip),
            ("protocol5.pth", "protocol5", .torchZip), ("rare.pth", "rare", .torchZip),
            ("types.safetensors", "types.safetensors", .safetensors), ("arrays.npz", "arrays", .numpyArchive),
            ("arrays_compressed.npz", "arrays_compressed", .numpyArchive), ("codes.npy", "codes", .numpyArray),
            ("arrays.pkl", "arrays.pkl", .pickle), ("deflated.pth", "deflated", .torchZip),
            ("streamed.npz", "streamed", .numpyArchive), ("dac.pth", "dac", .torchZip),
            ("dac_parametrized.pth", "dac_parametrized", .torchZip), ("encodec.th", "encodec", .torchZip),
            ("hf_dac/model.safetensors", "hf_dac", .safetensors),
            ("hf_encodec/model.safetensors", "hf_encodec", .safetensors), ("training.pth", "training", .torchZip),
            ("module.pth", "module", .torchZip), ("dac_package.pth", "dac_package", .torchZip),
            ("scripted.pt", "scripted", .torchZip),
        ] as [(String, String, CheckpointFormat)]
    )
    func everyTensorOfAFileHasPyTorchsValues(file: String, expected: String, format: CheckpointFormat) throws {
        let checkpoint = try CheckpointFixture.open(file)
        #expect(checkpoint.format == format)
        try CheckpointFixture.expectEqual(checkpoint, try CheckpointFixture.expected(expected))
        #expect(try checkpoint.verify().isEmpty)
        // Bytes in memory read the same as a mapped file.
        let inMemory = try Checkpoint(bytes: try CheckpointFixture.bytes(file))
        #expect(inMemory.entries.map(\.name) == checkpoint.entries.map(\.name))
    }

    @Test func viewsShareOneStorageAndKeepTheirStrides() throws {
        for file in ["views.pth", "views_legacy.pth"] {
            let views = try CheckpointFixture.open(file)
            let whole = try #require(views["whole"]?.tensor)
            let transposed = try #require(views["transposed"]?.tensor)
            #expect(whole.isContiguous && !transposed.isContiguous)
            #expect(transposed.strides == [1, 5, 20])
            #expect(whole.storage.index == transposed.storage.index)
            #expect(views["line"] == nil)
            #expect(views["part"]?.tensor.offset == 5)
            #expect(views["expanded"]?.tensor.strides == [1, 0])
        }
    }

    @Test func typesAreNamedAsPyTorchNamesThem() throws {
        let checkpoint = try CheckpointFixture.open("types.pth")
        let types = checkpoint.entries.map { "\($0.elementType)" }
        #expect(
            types == [
                "float32", "float64", "float16", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "bool",
                "float32",
                "float32", "float32",
            ]
        )
    }

    @Test func unknownElementTypesAreListedButNotRead() throws {
        let checkpoint = try CheckpointFixture.open("rare.pth")
        #expect(checkpoint["f8"]?.elementType.description == "float8_e4m3fn")
        #expect(
            throws: CheckpointError.unreadableTensor(name: "f8", reason: "numbers of type float8_e4m3fn are not read")
        ) {
            try checkpoint.values(of: "f8")
        }
    }

    @Test(arguments: ["types.pth", "types_legacy.pth", "protocol3.pth", "protocol4.pth", "protocol5.pth"])
    func whatIsNoTensorIsKeptAsMetadata(file: String) throws {
        let checkpoint = try CheckpointFixture.open(file)
        let metadata = try #require(checkpoint.metadata["metadata"] ?? checkpoint.metadata["b"])
        #expect(metadata["kwargs"]?["rates"]?.integers == [2, 4])
        #expect(metadata["kwargs"]?["name"]?.text == "naïve ✓")
        #expect(metadata["kwargs"]?["none"]?.isNone == true)
        #expect(metadata["kwargs"]?["flag"]?.boolean == true)
        #expect(metadata["kwargs"]?["lr"]?.real == 1e-4)
        #expect(metadata["big"]?.description == "0x0100000000000000000000")
        #expect(metadata["negative"]?.integer == -(1 << 40))
        #expect(metadata["steps"]?.integer == 400_000)
        #expect(metadata["best"]?.real == 0.25)
        #expect(metadata["single"]?.real == Double(Float(0.1)))
        #expect(metadata["yes"]?.boolean == true)
        let losses = try #require(metadata["log"]?["loss"]?.elements)
        #expect(losses[0].real == 1.5)
        #expect(losses[1].real?.isNaN == true)
        #expect(losses[2].real == Double.infinity)
        #expect(metadata["ordered"]?.description == "{'a': 1, 'b': (2, 3)}")
        #expect(metadata["set"]?.elements?.first?.integer == 7)
        #expect(metadata["bytes"]?.description == "<2 bytes>")
        #expect(metadata["size"]?.integers == [1, 2])
        #expect(metadata["dtype"]?.description == "torch.float16")
        #expect(metadata["object"]?["rate"]?.integer == 44100)
        #expect(metadata["object"]?.description == "vanished.Unknown() with {'rate': 44100, 'note': 'kept'}")
        #expect(checkpoint.notes == ["refers to vanished.Unknown, which are kept as data and were not run"])
    }

    @Test func dacsConfigurationIsFound() throws {
        let checkpoint = try CheckpointFixture.open("dac.pth")
        let kwargs = try #require(checkpoint.metadata["metadata"]?["kwargs"])
        #expect(kwargs["encoder_rates"]?.integers == [2, 3])
        #expect(kwargs["sample_rate"]?.integer == 16000)
        #expect(kwargs["latent_dim"]?.isNone == false)
    }

    @Test func aConfigurationBesideTheFileIsRead() throws {
        let checkpoint = try CheckpointFixture.open("hf_dac/model.safetensors")
        #expect(checkpoint.configuration?["model_type"]?.text == "dac")
        #expect(checkpoint.configuration?["downsampling_ratios"]?.integers == [2, 3])
        #expect(try CheckpointFixture.open("types.pth").configuration == nil)
    }

    @Test func safetensorsMetadataAreKept() throws {
        let metadata = try CheckpointFixture.open("types.safetensors").metadata
        #expect(metadata["note"]?.text == "quotes \" and ✓")
    }

    @Test func maliciousPicklesAreDataWithANote() throws {
        for file in ["malicious.pth", "malicious.pkl"] {
            let checkpoint = try CheckpointFixture.open(file)
            let note = try #require(checkpoint.notes.first)
            #expect(note.hasPrefix("DANGEROUS") && (note.contains("posix.system") || note.contains("os.system")))
            let payload = checkpoint.metadata["payload"] ?? checkpoint.metadata
            #expect(payload.description.hasSuffix(".system('touch /tmp/codec-doctor-was-run')"))
        }
        #expect(try CheckpointFixture.open("malicious.pth").values(of: "weights.w") == [1, 1])
    }

    @Test func aMissingNameGivesTheClosestOnes() throws {
        let checkpoint = try CheckpointFixture.open("dac.pth")
        #expect(throws: CheckpointError.self) { try checkpoint.values(of: "encoder.block.3.alpha") }
        do {
            _ = try checkpoint.values(of: "encoder.block.3.alpha")
        } catch {
            #expect(error.description.contains("'state_dict.encoder.block.3.alpha'"))
        }
    }

    @Test func tensorsAreCopiedIntoACallersBuffer() throws {
        let checkpoint = try CheckpointFixture.open("views.pth")
        var buffer = [Float](repeating: -1, count: 24)
        var span = buffer.mutableSpan
        try checkpoint.copy("square_t", into: &span)
        let expected = (0..<24).map { (i: Int) -> Float in Float(i % 4 * 6 + i / 4) }
        #expect(buffer == expected)
        var short = [Float](repeating: 0, count: 3)
        #expect(throws: CheckpointError.wrongShape(name: "square", expected: [3], found: [4, 6])) {
            var span = short.mutableSpan
            try checkpoint.copy("square", into: &span)
        }
        #expect(short == [0, 0, 0])
        short = try checkpoint.tensor(named: "row").shape.map { Float($0) }
        #expect(short == [4, 5])
    }
}

import Foundation
import TestSupport
import Testing

@testable import TrainingMetrics

struct FreeTextReaderTests {
    @Test(arguments: [("dialects.txt", 1), ("origin-raw.txt", 0)])
    func conforms(name: String, rejections: Int) throws {
        let special = "Epoch 41\nloss: nan\nSNR: -inf dB\ngen loss: inf\n"
        try LogReaderConformance<FreeTextReader>(log: try fixture("text/\(name)") + special, rejections: rejections)
            .verify()
    }

    @Test(arguments: ["text/dialects.txt", "text/origin-raw.txt", "origin.txt"])
    func remembersLayoutsWithoutChangingWhatIsRead(name: String) throws {
        let log = try fixture(name)
        var plain = FreeTextReader()
        plain.layouts.isEnabled = false
        // Twice, so that every layout of the first half is known in the second.
        let twice = log + log
        #expect(LogEvents(of: twice, with: FreeTextReader()) == LogEvents(of: twice, with: plain))
    }

    @Test func readsBothFormsOfTheOriginAlike() throws {
        let short = LogEvents(of: try fixture("origin.txt"), with: FreeTextReader())
        let raw = LogEvents(of: try fixture("text/origin-raw.txt"), with: FreeTextReader())
        #expect(short.values("Discriminator") == [2.0, 1.999, 1.9974, 1.9945, 1.9893, 1.9925])
        #expect(raw.values("Discriminator loss") == short.values("Discriminator"))
        #expect(raw.values("Generator loss") == short.values("Generator"))
        #expect(raw.values("Generator loss/Adversarial") == short.values("Adversarial"))
        #expect(raw.values("Generator loss/Feature") == short.values("Feature"))
        #expect(raw.values("Generator loss/Reconstruction") == short.values("Recon"))
        #expect(raw.values("Generator loss/VQ") == short.values("VQ"))
        #expect(raw.values("SNR", split: .validation) == short.values("SNR", split: .train))
        #expect(raw.values("Amplitude ratio") == [0.849, 1.136])
        #expect(short.values("Amplitude") == [84.9, 113.6])
        #expect(raw.steps("Discriminator loss") == [1, 2, 3, 4, 5, 10])
        #expect(raw.steps("Discriminator loss") == short.steps("Discriminator"))
        #expect(raw.steps("disc") == [420, 840, 1260, 1680, 2100, 4200])
        let sums = zip(raw.values("Discriminator loss/Real loss"), raw.values("Discriminator loss/Fake loss")).map {
            $0 + $1
        }
        for (sum, whole) in zip(sums, raw.values("Discriminator loss")) { #expect(abs(sum - whole) < 1e-9) }
        #expect(raw.facts.map(\.key).contains("planned-epochs"))
    }

    @Test(arguments: [("Epoch 1: loss 0.5\n", 0.5), ("nothing to see\n", 0.1), ("a\0b", 0)])
    func takesFreeTextWhereNothingBetterDoes(head: String, confidence: Double) {
        let recognised = FreeTextReader.recognises(Array(head.utf8).span)
        #expect(recognised == confidence)
    }

    private func fixture(_ name: String) throws -> String {
        try String(contentsOf: FixtureLocation.root.appending(path: "logs/\(name)"), encoding: .utf8)
    }
}

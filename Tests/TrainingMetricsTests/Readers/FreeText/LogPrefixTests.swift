import Testing

@testable import TrainingMetrics

struct LogPrefixTests {
    private func stamp(_ text: String) -> Timestamp? { Timestamp.parse(Array(text.utf8).span, at: 0) }

    @Test(arguments: [
        ("2025-01-22 12:00:00,123 - __main__ - INFO - Epoch 5", "Epoch 5"),
        ("2025-01-22 12:00:00,123 - __main__ - INFO -   - Real loss: 1", "  - Real loss: 1"),
        ("2023-04-05 20:51:24,883: INFO: [train_multi_gpu.py: 124]: | epoch: 1 |", "| epoch: 1 |"),
        ("INFO:xx:loss_disc=3.5", "loss_disc=3.5"), ("INFO:2025-01-22 07:09:29,766: Epoch [1/2]", "Epoch [1/2]"),
        ("2023-09-16 18:44:35,783\t32k\tINFO\t[1, 2]", "[1, 2]"), ("[WARNING] (Step: 1) a = 1.", "(Step: 1) a = 1."),
        ("[11-22 12:00:00][flashy.solver][INFO] - Train | Epoch 1", "Train | Epoch 1"),
        ("2024-01-01 12:00:00.123 | INFO     | __main__:train:12 - loss 1", "loss 1"),
        ("I0122 07:09:29.766123 12345 train.py:123] loss 1", "loss 1"), ("[rank0]: loss 1", "loss 1"),
        ("[2025-01-22 07:09:29] loss 1", "loss 1"), ("Loss: 0.5", "Loss: 0.5"), ("error: 0.5", "error: 0.5"),
        ("[Epoch 1] loss", "[Epoch 1] loss"), ("INFO: Loss: 0.5", "Loss: 0.5"),
    ])
    func isTakenOff(line: String, message: String) {
        let bytes = Array(line.utf8)
        let prefix = LogPrefix.parse(bytes.span)
        #expect(String(decoding: bytes[prefix.end...], as: UTF8.self) == message)
    }

    @Test(arguments: [
        ("2025-01-22 07:09:29,766", 1_737_529_769.766), ("2025/01/22 07:09:29", 1_737_529_769.0),
        ("2025-01-22T07:09:29Z", 1_737_529_769.0), ("2025-01-22T07:09:29+02:00", 1_737_522_569.0),
        ("1969-12-31 23:59:59", -1.0), ("2024-02-29 00:00:00", 1_709_164_800.0),
    ])
    func timesAreSecondsSince1970(text: String, seconds: Double) {
        #expect(stamp(text)?.seconds == seconds)
    }

    @Test func aTimeWithoutADateIsNoWallTime() {
        #expect(stamp("07:09:29")?.seconds.isNaN == true)
        #expect(stamp("2025-13-22 07:09:29") == nil)
        #expect(stamp("25:09:29") == nil)
    }
}

struct LineCleanerTests {
    @Test(arguments: [
        ("\u{1B}[1m\u{1B}[92m 2.5 \u{1B}[0m(−0.5)", " 2.5 (-0.5)"), ("a\rb\r   ", "b"), ("\u{1B}]0;title\u{7}x", "x"),
        ("**SNR**: `3`", "SNR: 3"), ("a → b", "a | b"), ("│ a │ b", "| a | b"), ("x ≈ 3 ± 1", "x ~ 3 +/- 1"),
        ("12%|█▏ |", "12%|   |"), ("loss：3，ＳＮＲ", "loss:3,ＳＮＲ"), ("\u{1B}[", ""), ("é\u{FFFD}", "é\u{FFFD}"),
    ])
    func showsWhatAPersonSaw(line: String, text: String) {
        let bytes = Array(line.utf8)
        let isNeeded = LineCleaner.isNeeded(bytes.span)
        #expect(isNeeded)
        let cleaned = LineCleaner.cleaned(bytes.span)
        #expect(String(decoding: cleaned, as: UTF8.self) == text)
    }

    @Test func leavesPlainTextAlone() {
        let isNeeded = LineCleaner.isNeeded(Array("Epoch 1:\tloss = 2 * 3".utf8).span)
        #expect(!isNeeded)
    }
}

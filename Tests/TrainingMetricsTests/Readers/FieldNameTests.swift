import Testing
import TrainingMetrics

struct FieldNameTests {
    @Test(arguments: [
        ("val_loss", Split.validation), ("valid/mel", .validation), ("eval_x", .evaluation), ("train_loss", .train),
        ("loss/val", .validation), ("loss_val", .validation), ("valLoss", .validation), ("Test PESQ", .evaluation),
        ("dev.loss", .validation), ("losses/train/mel", .train), ("Val Loss", .validation),
        ("best_val_loss", .validation), ("loss_val_epoch", .validation),
    ])
    func aNameCarriesItsSplit(name: String, split: Split) {
        #expect(FieldName.kind(of: name) == .metric(split))
    }

    @Test(arguments: ["loss", "std_dev", "value", "interval", "trainable", "latest", "evaluator_lr", "devices"])
    func aNameWithoutASplit(name: String) {
        #expect(FieldName.kind(of: name) == .metric(nil))
    }

    @Test(arguments: [
        "total_steps", "steps_per_epoch", "run_last_step", "epochs_per_hour", "time_per_step", "max_steps",
    ])
    func aNameLikeAnAxisIsAMetric(name: String) {
        #expect(FieldName.kind(of: name) == .metric(nil))
    }

    @Test func axesAreFoundInAnyCase() {
        for name in [
            "step", "Step", "global_step", "Global Step", "_step", "ITERATION", "iter", "trainer/global_step", "steps",
        ] {
            guard case .step = FieldName.kind(of: name) else {
                Issue.record("\(name) is a step axis")
                continue
            }
        }
        #expect(FieldName.kind(of: "Current Epoch") == .epoch)
        #expect(FieldName.kind(of: "Wall time") == .time(rank: 4))
        #expect(FieldName.kind(of: "Phase") == .split)
        #expect(FieldName.kind(of: "run-name") == .run)
    }
}

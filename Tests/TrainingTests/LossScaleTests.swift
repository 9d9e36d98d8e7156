import Codec
import Testing
import Training

/// Gradients that are clipped while the loss's scale is still on them.
struct LossScaleTests {
    @Test(arguments: [1, 1024, 65_536]) func clippingReachesTheLimitOverTheScale(scale: Double) throws {
        var configuration = TinyTraining.dac
        configuration.generatorOptimizer.maximumGradientNorm = 0.5
        configuration.generatorOptimizer.lossScaleAtClipping = scale
        let trainer = try GANTrainer(configuration)
        let report = try trainer.step(TinyTraining.batch(0))
        let norm = Double(GradientNorm.total(of: trainer.generatorOptimizer.parameters))
        #expect(abs(norm * scale / 0.5 - 1) < 1e-3)
        let plain = try GANTrainer(TinyTraining.dac).step(TinyTraining.batch(0))
        #expect(report["grad_norm_g"] == plain["grad_norm_g"], "what is logged is the norm itself")
    }

    @Test func aScaleThatIsNoScaleIsRefused() {
        for scale in [0, -1, .nan, .infinity] {
            var configuration = TinyTraining.dac
            configuration.discriminatorOptimizer.lossScaleAtClipping = scale
            #expect(throws: TrainingConfigurationError.self) { try configuration.validate() }
        }
    }
}

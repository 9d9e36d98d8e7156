import Codec
import Testing
import Training

@Suite struct StepMemoryTests {
    /// In a process of its own, because the pool of buffers is one per process; on one thread, because with more it depends on
    /// timing which buffers are in use at the same time.
    @Test func stepsAfterTheFirstFewNeedNoNewBuffers() async {
        await #expect(processExitsWith: .success) {
            Compute.threads = 1
            let trainer = try GANTrainer(.dacTiny)
            var random = RandomSource(seed: 1)
            func step() throws { _ = try trainer.step(Tensor.normal([2, 1, 4096], deviation: 0.1, using: &random)) }
            for _ in 0..<4 { try step() }
            let before = BufferPool.newBlocks
            #expect(before > 0)
            for _ in 0..<8 { try step() }
            #expect(BufferPool.newBlocks == before)
        }
    }
}

import CFFTW
import Synchronization

/// FFTW's plans for real transforms of one length: real to half-complex and back, both without scaling.
///
/// Plans are made once per length, without timing trials, so that equal inputs always give equal bits.
/// Any number of threads may execute a plan at the same time, each on its own memory.
struct FourierTransformPlan: @unchecked Sendable {
    // FFTW's planner is not thread-safe: every call into it happens under this lock. Plans live as long as the program.
    private static let plans = Mutex<[Int: FourierTransformPlan]>([:])

    /// The number of real samples.
    let length: Int
    private let forwardPlan: fftwf_plan
    private let inversePlan: fftwf_plan

    /// The number of complex bins, from 0 Hz to half the sample rate.
    var binCount: Int { length / 2 + 1 }

    /// The plan for this length, made on first use.
    static func ofLength(_ length: Int) -> FourierTransformPlan {
        precondition(length > 0 && length <= 1 << 30, "a Fourier transform of \(length) samples is not possible")
        return plans.withLock { plans in
            if let plan = plans[length] { return plan }
            let plan = FourierTransformPlan(length: length)
            plans[length] = plan
            return plan
        }
    }

    private init(length: Int) {
        let real = TensorStorage(count: length)
        let spectrum = TensorStorage(count: 2 * (length / 2 + 1))
        let bins = UnsafeMutableRawPointer(spectrum.mutablePointer).assumingMemoryBound(to: fftwf_complex.self)
        let flags = FFTW_ESTIMATE | FFTW_DESTROY_INPUT
        guard let forwardPlan = fftwf_plan_dft_r2c_1d(Int32(length), real.mutablePointer, bins, flags),
            let inversePlan = fftwf_plan_dft_c2r_1d(Int32(length), bins, real.mutablePointer, flags)
        else { preconditionFailure("FFTW has no plan for \(length) samples") }
        self.length = length
        self.forwardPlan = forwardPlan
        self.inversePlan = inversePlan
    }

    /// Σ x[t]·exp(−2πikt/length) for k = 0 … length/2, as pairs. Overwrites `samples`. Both are aligned to 64 bytes.
    func forward(_ samples: UnsafeMutablePointer<Float>, into spectrum: UnsafeMutablePointer<Float>) {
        fftwf_execute_dft_r2c(forwardPlan, samples, Self.complex(spectrum))
    }

    /// Re Σ X[k]·exp(2πikt/length) over all `length` bins, the upper half being the mirror image: `length` times the inverse
    /// of ``forward(_:into:)``. Imaginary parts at 0 and at length/2 do not count. Overwrites `spectrum`.
    func inverse(_ spectrum: UnsafeMutablePointer<Float>, into samples: UnsafeMutablePointer<Float>) {
        fftwf_execute_dft_c2r(inversePlan, Self.complex(spectrum), samples)
    }

    private static func complex(_ pairs: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<fftwf_complex> {
        UnsafeMutableRawPointer(pairs).assumingMemoryBound(to: fftwf_complex.self)
    }
}

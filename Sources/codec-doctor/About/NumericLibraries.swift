import Foundation

/// A numeric library that is loaded, by what it says of itself.
struct NumericLibrary: Encodable, Equatable {
    /// Its name.
    let name: String
    /// Its version, as it gives it.
    let version: String
    /// Kernels it chose for this processor (OpenBLAS only).
    var coreType: String?
    /// Threads it may use (OpenBLAS only).
    var threads: Int?
}

/// The numeric libraries of this process.
enum NumericLibraries {
    /// Those that are loaded; a build without the codec has none.
    static var all: [NumericLibrary] {
        var libraries: [NumericLibrary] = []
        if let configuration = LinkedSymbols.string(calling: "openblas_get_config") {
            // `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH … Haswell MAX_THREADS=64`
            let words = configuration.split(separator: " ")
            libraries.append(
                NumericLibrary(
                    name: "OpenBLAS",
                    version: words.count > 1 ? String(words[1]) : configuration,
                    coreType: LinkedSymbols.string(calling: "openblas_get_corename"),
                    threads: LinkedSymbols.integer(calling: "openblas_get_num_threads")
                )
            )
        }
        // `fftw-3.3.10-sse2-avx`, `libsndfile-1.2.0`, `libsoxr-0.1.3`
        let others = [
            ("FFTW", LinkedSymbols.string(at: "fftwf_version")),
            ("libsndfile", LinkedSymbols.string(calling: "sf_version_string")),
            ("soxr", LinkedSymbols.string(calling: "soxr_version")),
        ]
        for case (let name, let text?) in others {
            libraries.append(NumericLibrary(name: name, version: version(in: text)))
        }
        return libraries
    }

    /// What begins with a digit: `3.3.10-sse2-avx` of `fftw-3.3.10-sse2-avx`.
    static func version(in text: String) -> String { String(text.drop { !$0.isNumber }) }

    /// The variable that makes OpenBLAS use other kernels than those it would choose.
    static let coreTypeVariable = "OPENBLAS_CORETYPE"

    /// Billions of multiplications and additions a second of a product of 384 × 384 matrices, the best of five; `nil` without a BLAS.
    static func speed() -> Double? {
        let size = 384
        let matrix = (0..<size * size).map { Float($0 % 17) - 8 }
        let clock = ContinuousClock()
        var best: Double?
        for _ in 0..<5 {
            var isThere = false
            let seconds =
                clock.measure { isThere = LinkedSymbols.product(matrix, matrix, size: size) != nil } / .seconds(1)
            guard isThere else { return nil }
            best = max(best ?? 0, 2 * Double(size * size * size) / max(seconds, 1e-9) / 1e9)
        }
        return best
    }
}

import Foundation

/// C functions of the libraries this process has loaded, looked up by name: the program asks what is really there, and needs no
/// header of a library that only another target links.
enum LinkedSymbols {
    /// What a function without arguments that returns a C string says; `nil` when no library has it.
    static func string(calling name: String) -> String? {
        typealias Function = @convention(c) () -> UnsafePointer<CChar>?
        return address(name).flatMap { unsafeBitCast($0, to: Function.self)().map { String(cString: $0) } }
    }

    /// The C string that stands at a symbol; `nil` when no library has it.
    static func string(at name: String) -> String? {
        address(name).map { String(cString: $0.assumingMemoryBound(to: CChar.self)) }
    }

    /// What a function without arguments that returns an `int` says; `nil` when no library has it.
    static func integer(calling name: String) -> Int? {
        typealias Function = @convention(c) () -> Int32
        return address(name).map { Int(unsafeBitCast($0, to: Function.self)()) }
    }

    /// The product of two square row-major matrices by `cblas_sgemm`; `nil` when no library has it.
    static func product(_ a: [Float], _ b: [Float], size: Int) -> [Float]? {
        typealias Function =
            @convention(c) (
                Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32, UnsafePointer<Float>,
                Int32,
                Float, UnsafeMutablePointer<Float>, Int32
            ) -> Void
        precondition(a.count == size * size && b.count == size * size, "square matrices")
        guard let address = address("cblas_sgemm") else { return nil }
        let multiply = unsafeBitCast(address, to: Function.self)
        var result = [Float](repeating: 0, count: size * size)
        let (rowMajor, plain, n) = (Int32(101), Int32(111), Int32(size))
        multiply(rowMajor, plain, plain, n, n, n, 1, a, n, b, n, 0, &result, n)
        return result
    }

    /// Where a symbol of any loaded library stands.
    private static func address(_ name: String) -> UnsafeMutableRawPointer? { dlsym(nil, name) }
}

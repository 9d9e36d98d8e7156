/// Which files are held out, decided file by file from a seed and the path, so that adding files moves no other.
struct SpeechSplit {
    /// Decides.
    let seed: UInt64
    /// The share of files to hold out, 0 to below 1; 0 holds out none.
    let share: Double

    /// For each path whether it is held out.
    ///
    /// When there are at least two files and a share above 0, both sides get at least one: the file next to the boundary changes side.
    func isHeldOut(_ paths: [String]) -> [Bool] {
        let places = paths.map(place)
        var isHeldOut = places.map { $0 < share }
        guard share > 0, paths.count > 1 else { return paths.map { _ in false } }
        let order = paths.indices.sorted { (places[$0], paths[$0]) < (places[$1], paths[$1]) }
        if !isHeldOut.contains(true) { isHeldOut[order[0]] = true }
        if !isHeldOut.contains(false) { isHeldOut[order[order.count - 1]] = false }
        return isHeldOut
    }

    /// A number in [0, 1) from the first 53 bits of the SHA-256 of "seed/path".
    private func place(_ path: String) -> Double {
        let digest = SHA256.digest(Array("\(seed)/\(path)".utf8))
        let bits = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bits >> 11) * 0x1p-53
    }
}

/// A held-out item and what a codec made of it.
struct ValidationItem {
    /// Which item it is, for sentences.
    let name: String
    /// What went in, as long as ``decoded``.
    let reference: [Float]
    /// What came out.
    let decoded: [Float]

    /// Whether the reference has one value throughout (digital silence), so that nothing can be compared with it.
    var isSilent: Bool { reference.allSatisfy { $0 == reference[0] } }
    /// Whether a decoded sample is NaN or infinite.
    var isBroken: Bool { !decoded.allSatisfy(\.isFinite) }
}

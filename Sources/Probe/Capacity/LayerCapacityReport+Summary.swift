extension LayerCapacityReport {
    /// What was found, in a sentence or two made of the numbers.
    public var summary: String {
        var sentences: [String] = []
        func found(_ candidate: Candidate, _ target: Target, _ inputs: Inputs = .white) -> Result? {
            results.first { $0.candidate == candidate && $0.target == target && $0.inputs == inputs }
        }
        func best(_ candidate: Candidate, _ target: Target, _ inputs: Inputs = .white) -> String? {
            guard let share = found(candidate, target, inputs).flatMap({ $0.leastSquares ?? $0.gradient }) else {
                return nil
            }
            // A thousandth more or less is nothing for what was trained.
            return percent(target == .denseLinear ? share : (share * 100).rounded() / 100)
        }
        for inputs in Inputs.allCases {
            guard let own = best(.grouped, .denseLinear, inputs) else { continue }
            var others: [String] = []
            if let share = best(.denseSameShape, .denseLinear, inputs) { others.append("dense, same shape: \(share)") }
            if let share = best(.denseSameParameters, .denseLinear, inputs) {
                others.append("dense, as many weights: \(share)")
            }
            let exact = found(.grouped, .denseLinear, inputs)?.exact.map { " (exactly \(percent($0)))" } ?? ""
            let kind = inputs == .white ? "fed with white noise\(exact)" : "fed with what earlier layers make of speech"
            sentences.append(
                "explains \(own) of a random dense target \(kind)"
                    + (others.isEmpty ? "" : " (\(others.joined(separator: ", ")))")
            )
        }
        if let own = best(.grouped, .crossGroupProducts) {
            let dense = best(.denseSameShape, .crossGroupProducts).map { " (dense: \($0))" } ?? ""
            let behind =
                best(.groupedThenDense, .crossGroupProducts).map { ", \($0) with one more dense layer behind" } ?? ""
            sentences.append("learns \(own) of products across groups\(dense)\(behind)")
        }
        if let own = best(.grouped, .withinGroupProducts) { sentences.append("\(own) of products within a group") }
        let subject = place.isEmpty ? layer : "\(layer) (\(place))"
        return sentences.isEmpty
            ? "\(subject): nothing could be measured" : "\(subject): \(sentences.joined(separator: "; "))"
    }

    private func percent(_ share: Double) -> String {
        guard abs(share) < 1e9 else { return "not measurable" }
        let value = share * 100
        let digits = abs(value) < 0.95 ? 2 : abs(value) < 9.5 ? 1 : 0
        let scale = digits == 2 ? 100.0 : digits == 1 ? 10 : 1
        let rounded = (value * scale).rounded() / scale
        return rounded == 0 ? "0 %" : digits == 0 ? "\(Int(rounded)) %" : "\(rounded) %"
    }
}

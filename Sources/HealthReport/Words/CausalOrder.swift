import HealthRules

/// The findings of a diagnosis in reading order: every root, behind it what it brings about.
struct CausalOrder {
    /// A finding's place in the order.
    struct Place {
        /// Its index in the diagnosis.
        let node: Int
        /// How many causes stand above it.
        let depth: Int
    }

    let places: [Place]

    init(_ diagnosis: Diagnosis) {
        var places: [Place] = []
        func add(_ node: Int, _ depth: Int) {
            places.append(Place(node: node, depth: depth))
            for effect in diagnosis.effects(of: node) { add(effect, depth + 1) }
        }
        for root in diagnosis.roots { add(root, 0) }
        self.places = places
    }
}

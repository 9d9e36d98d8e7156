/// Sub-discriminators that are alike, shown once.
enum PartGroups {
    /// Elements with equal keys together, in the order of their first ones.
    static func of<Element, Key: Equatable>(_ elements: [Element], by key: (Element) -> Key) -> [[Element]] {
        var groups: [(key: Key, elements: [Element])] = []
        for element in elements {
            let key = key(element)
            if let known = groups.firstIndex(where: { $0.key == key }) {
                groups[known].elements.append(element)
            } else {
                groups.append((key, [element]))
            }
        }
        return groups.map(\.elements)
    }
}

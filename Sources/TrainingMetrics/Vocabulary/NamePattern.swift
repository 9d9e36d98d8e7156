/// A name in which `*` stands for anything; upper and lower case are alike.
public struct NamePattern: Hashable, Sendable {
    private let pattern: [Character]

    /// A pattern.
    public init(_ text: String) { pattern = Array(text.lowercased()) }

    /// Whether the whole of a name fits. O(pattern × name), without backtracking further than the last `*`.
    public func matches(_ name: String) -> Bool {
        let name = Array(name.lowercased())
        var p = 0
        var n = 0
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let last = star {
                p = last.pattern + 1
                n = last.name + 1
                star = (last.pattern, n)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}

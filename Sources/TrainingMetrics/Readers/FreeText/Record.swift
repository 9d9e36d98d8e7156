/// A number of a line and where it stands.
struct RecordNumber {
    /// The value.
    var value: Double
    /// Its bytes, sign included, unit not.
    var range: Range<Int>
    /// Whether it is written with digits only.
    var isInteger: Bool
}

/// What a line says, before it is decided what that means.
struct Record {
    /// A name with a number.
    struct Item {
        /// The name's bytes, with whatever text stands in front of it.
        var key: Range<Int>
        /// Label in front of this and the following items (`Validation: loss 0.3`), empty range when there is none.
        var label: Range<Int>
        /// The number.
        var number: RecordNumber
        /// Unit in its kept spelling.
        var unit: String
        /// Whether `:` or `=` stands between name and number.
        var isExplicit: Bool
        /// Whether the number is a quotient (`usage: 239/256`).
        var isFraction = false
    }

    /// A number that places the record.
    struct Position {
        /// What it counts.
        var kind: PositionKind
        /// The number.
        var number: RecordNumber
        /// The total behind a `/` or `of`.
        var total: RecordNumber?
        /// Text in front of it that belongs to no other number.
        var before: Range<Int>
    }

    /// A name with something that is no number.
    struct Pair {
        /// The name's bytes.
        var key: Range<Int>
        /// The value's bytes.
        var value: Range<Int>
    }

    /// Names with numbers, in their order.
    var items: [Item] = []
    /// Numbers that place the record, in their order.
    var positions: [Position] = []
    /// Text that belongs to no number.
    var texts: [Range<Int>] = []
    /// Names with something that is no number.
    var pairs: [Pair] = []
    /// Names with a bracketed list of numbers.
    var lists: [Pair] = []
    /// Plain numbers without a name.
    var orphans = 0
    /// Word in parentheses behind the epoch.
    var runLabel: Range<Int>?
    /// Whether nothing but a name and `:` stands at the end of the line.
    var endsWithColon = false
}

/// Says what the metrics of a run are, from their names. Knowledge about trainers is data (`RoleTable`); everything else is
/// read word by word (`NameRules`). A name that could mean two things stays `unknown`.
public struct MetricInterpreter: Sendable {
    private let overrides: [RoleOverride]

    /// Creates an interpreter.
    /// - Parameter overrides: corrections, of which the last that fits a name counts.
    public init(overrides: [RoleOverride] = []) { self.overrides = overrides }

    static let tables =
        CodecTables.all + SpeechTables.all + ImageTables.all + LargeModelTables.all + OwnTable.all

    /// Interprets metrics that were logged together.
    /// - Parameter keys: all metrics of the sources of a run, in the order of first appearance: what `loss_gen` means
    ///   depends on what else was logged. Keys of different `run` labels do not influence each other.
    /// - Returns: one interpretation per key, in the order of `keys`.
    public func interpret(_ keys: [MetricKey]) -> [MetricInterpretation] {
        let names = keys.map { MetricName($0.name) }
        var offsetsByRun: [String: [Int]] = [:]
        for (offset, key) in keys.enumerated() { offsetsByRun[key.run, default: []].append(offset) }
        var result = keys.map { _ in MetricInterpretation(role: .unknown) }
        for offsets in offsetsByRun.values { interpret(offsets, keys, names, into: &result) }
        return result
    }

    /// The first table that recognises a trainer by these names.
    static func trainer(ofNames keys: [MetricKey]) -> RoleTable? { recognised(keys).first }

    private static func recognised(_ keys: [MetricKey]) -> [RoleTable] {
        var order: [String: Int] = [:]
        for (offset, key) in keys.enumerated() {
            let name = MetricName(key.name)
            for spelling in [name.canonical, name.stem] where order[spelling] == nil { order[spelling] = offset }
        }
        return tables.filter { $0.recognises(order) }
    }

    /// The name by which a balancer shows itself, and the trainer it belongs to; `nil` where none is logged.
    static func balancer(ofNames keys: [MetricKey]) -> (name: String, dialect: String)? {
        for table in recognised(keys) where !table.balancerNames.isEmpty {
            if let key = keys.first(where: { table.balancerNames.contains(MetricName($0.name).canonical) }) {
                return (key.name, table.dialect)
            }
        }
        return nil
    }

    /// How many sub-discriminators the trainer that logs such names is built with, where its code fixes it.
    static func subDiscriminators(ofNames keys: [MetricKey]) -> (count: Int, evidence: String)? {
        recognised(keys).lazy.compactMap { table in
            table.subDiscriminators.map {
                ($0, "the metric names are those of \(table.dialect), which is built with \($0) sub-discriminators")
            }
        }.first
    }

    /// The adversarial loss of the trainer that logs such names, where a trainer with a single one is recognised.
    static func game(
        ofNames keys: [MetricKey]
    ) -> (family: LossFamily, reduction: LossReduction?, evidence: String)? {
        for table in recognised(keys) {
            guard let game = table.game else { continue }
            let reduction =
                game.reduction.map { ", \($0 == .sum ? "summed" : "averaged") over sub-discriminators" } ?? ""
            let loss = "\(game.family.rawValue)\(reduction)"
            return (
                game.family, game.reduction, "the metric names are those of \(table.dialect), whose loss is \(loss)"
            )
        }
        return nil
    }

    private func interpret(
        _ offsets: [Int],
        _ keys: [MetricKey],
        _ names: [MetricName],
        into result: inout [MetricInterpretation]
    ) {
        var order: [String: Int] = [:]
        for offset in offsets {
            for name in [names[offset].canonical, names[offset].stem] where order[name] == nil { order[name] = offset }
        }
        let tables = Self.tables.filter { $0.recognises(order) }
        var isFixed = Set<Int>()
        for offset in offsets {
            if let table = tables.lazy.compactMap({ $0.interpretation(of: names[offset]) }).first {
                result[offset] = table
                isFixed.insert(offset)
            } else {
                result[offset] = NameRules.interpret(names[offset])
            }
            NameContext.apply(unit: keys[offset].unit, name: names[offset], to: &result[offset])
        }
        NameContext.settle(offsets.filter { !isFixed.contains($0) }, among: offsets, keys, names, &result)
        for offset in offsets {
            guard let override = overrides.last(where: { $0.matches(keys[offset].name) }) else { continue }
            result[offset] = override.interpretation(of: keys[offset])
        }
    }
}

/// A game that could have produced the observed losses.
struct GameCandidate: Hashable, Sendable {
    let family: LossFamily
    let reduction: LossReduction
    let count: Int
    let isHalved: Bool

    /// What is known already.
    struct Constraint: Sendable {
        let family: LossFamily?
        /// Whether D's half of a hinge is known, but not what the generator minimises.
        let isHingeOpen: Bool
        let reduction: LossReduction?
        let count: Int?
    }

    /// The game that explains the observations, with its evidence.
    struct Verdict: Sendable {
        let candidate: GameCandidate
        let evidence: String
    }

    /// Every game considered: the families, one mean or sums over the numbers of sub-discriminators in use, halved or not.
    private static let all: [GameCandidate] = {
        let families: [LossFamily] = [.hinge, .hingeRelu, .lsgan, .bce, .relativisticLSGAN, .relativisticHinge]
        return families.flatMap { family in
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 13].flatMap { count in
                (count == 1 ? [false, true] : [false]).map { isHalved in
                    GameCandidate(
                        family: family,
                        reduction: count == 1 ? .mean : .sum,
                        count: count,
                        isHalved: isHalved
                    )
                }
            }
        }
    }()

    /// The one game that explains an observation, and all others that can be explained at all.
    ///
    /// Different games share constants ((2, 1) is the hinge with relu generator, and the LSGAN over four blind
    /// sub-discriminators). The more common one is taken, unless two are equally common: then nothing is said.
    static func explaining(_ observations: [GameObservation], _ known: Constraint) -> Verdict? {
        let fitting = all.filter { game in
            if known.isHingeOpen {
                if game.family != .hinge && game.family != .hingeRelu { return false }
            } else if let family = known.family, family != game.family {
                return false
            }
            if let reduction = known.reduction, reduction != game.reduction { return false }
            if let count = known.count, game.reduction == .sum, count != game.count { return false }
            return true
        }
        var scored: [(game: GameCandidate, cost: Int, state: String, seen: GameObservation)] = []
        for game in fitting {
            let matches = observations.compactMap { seen in game.match(seen).map { (seen, $0) } }
            // One sample at ½ may be a number passing by.
            guard let best = matches.min(by: { $0.1.cost < $1.1.cost }), best.1.cost < 3 else { continue }
            let unexplained =
                4
                * (observations.filter { $0.kind == .stretch }.count
                    - matches.filter { $0.0.kind == .stretch }.count)
            let total = matches.map(\.1.cost).reduce(0, +) * 2 / matches.count + unexplained
            scored.append((game, total + 2 * game.rarity, best.1.state, best.0))
        }
        guard let least = scored.map(\.cost).min() else { return nil }
        let winners = scored.filter { $0.cost == least }
        let isContested =
            winners.count > 1
            || (least > 4 && scored.contains { $0.game.isRelativistic != winners[0].game.isRelativistic })
        guard !isContested, let winner = winners.first else { return nil }
        let others = scored.filter { $0.cost > least }.sorted { $0.cost < $1.cost }.prefix(2).map(\.game.text)
        var evidence = "\(winner.seen.text): \(winner.game.text) \(winner.state)"
        if !others.isEmpty { evidence += "; less usual with the same numbers: \(others.joined(separator: ", "))" }
        return Verdict(candidate: winner.game, evidence: evidence)
    }

    private var isRelativistic: Bool { family == .relativisticLSGAN || family == .relativisticHinge }

    /// How unusual a game is: 0 for a single mean, more for numbers of sub-discriminators few systems have.
    private var rarity: Int {
        let counts = [1: 0, 8: 1, 6: 1, 5: 2, 3: 2, 9: 2, 7: 2, 2: 3, 4: 4, 13: 4]
        return counts[count, default: 4] + (isHalved ? 2 : 0) + (isRelativistic ? 4 : 0)
    }

    private var text: String {
        let name =
            switch family {
            case .hinge: "hinge"
            case .hingeRelu: "hinge with relu generator"
            case .lsgan: "LSGAN"
            case .bce: "binary cross-entropy"
            case .relativisticLSGAN: "relativistic LSGAN"
            case .relativisticHinge: "relativistic hinge"
            case .wgan: "WGAN"
            }
        let halved = isHalved ? ", D's loss halved" : ""
        return count == 1 ? name + halved : "\(name) summed over \(count) sub-discriminators\(halved)"
    }

    /// Whether an observation is at one of the game's constants; the cost says how far-fetched the state is.
    private func match(_ seen: GameObservation) -> (cost: Int, state: String)? {
        let constants = BlindConstants(family: family, count: count, reduction: reduction, isHalved: isHalved)
        if seen.isObjective, family != .bce || count > 1 { return nil }
        let isStart = seen.kind == .start
        let zeros = (
            constants.discriminatorAtZeroLogit, constants.generatorAtZeroLogit, constants.realAtZeroLogit,
            constants.fakeAtZeroLogit
        )
        if holds(seen, zeros, isStart ? 0.006 : 0.01) { return (isStart ? 0 : 1, "at zero logits") }
        guard family == .lsgan, let blind = constants.generator else { return nil }
        let half = constants.discriminator / 2
        let isBlind = holds(seen, (constants.discriminator, blind, half, half), isStart ? 0.006 : 0.01)
        return isBlind ? (isStart ? 3 : 0, "with every logit at ½") : nil
    }

    /// D within the tolerance, and every other number that was logged within twice of it.
    private func holds(
        _ seen: GameObservation,
        _ expected: (d: Double, g: Double, real: Double, fake: Double),
        _ tolerance: Double
    ) -> Bool {
        func isNear(_ value: Double?, _ wanted: Double, _ tolerance: Double) -> Bool {
            guard let value else { return true }
            return abs(value - wanted) <= max(tolerance * abs(wanted), wanted == 0 ? 0.02 * Double(count) : 0)
        }
        guard seen.adversarial != nil || (seen.real != nil && seen.fake != nil) else { return false }
        return isNear(seen.discriminator, expected.d, tolerance) && isNear(seen.adversarial, expected.g, 2 * tolerance)
            && isNear(seen.real, expected.real, 2 * tolerance) && isNear(seen.fake, expected.fake, 2 * tolerance)
    }
}

/// All rules, in alphabetical order of their identifiers. A new rule is one file and one line here.
public enum RuleRegistry {
    /// Every rule.
    public static let all: [HealthRule] = [
        .discriminatorBlind,
        .discriminatorBlindAgain,
        .discriminatorZeroLogit,
        .discriminatorConstantClass,
        .discriminatorSaturated,
        .discriminatorWorseThanBlind,
        .discriminatorFrozenValue,
        .outsideExpectedRange,
        .featureMatchingTiny,
        .featureMatchingSpike,
        .featureMatchingRising,
        .nonFinite,
        .lossSpike,
        .learningRateSuspicious,
        .oscillation,
        .lossDiverging,
        .groupedNoMixing,
        .logitScaleInit,
        .layerGain,
        .effectiveRankLow,
        .dGImbalance,
        .discriminationFloor,
        .stalled,
        .stepRewind,
        .blindSpots,
        .snrNegative,
        .snrAtFixedPoint,
        .snrDeteriorating,
        .lowCorrelation,
        .gainError,
        .amplitudeUnstable,
        .silenceCollapse,
        .clipping,
        .dcOffset,
        .reconstructionPlateau,
        .overfittingGap,
        .quantizerDominates,
        .codebookCollapse,
        .commitmentRunaway,
    ]

    /// The rule with that identifier or name, in any case.
    public static func rule(named text: String) -> HealthRule? {
        let wanted = text.lowercased()
        return all.first { $0.description.id.rawValue.lowercased() == wanted || $0.description.name == wanted }
    }
}

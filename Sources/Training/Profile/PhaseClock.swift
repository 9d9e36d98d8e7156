/// Measures the phases of steps one after the other: a phase ends where it is named.
struct PhaseClock {
    var profile = StepProfile()
    private var begun = ContinuousClock.now

    /// Begins a step.
    mutating func begin() { begun = ContinuousClock.now }

    /// Says which phase the time since the last call belonged to.
    mutating func end(_ phase: StepProfile.Phase) { profile.add(lap(), to: phase) }

    /// Says that the time since the last call belonged to two phases in turns, `share` of it, 0…1, to the first.
    mutating func end(_ first: StepProfile.Phase, share: Double, rest second: StepProfile.Phase) {
        profile.add(lap(), to: first, share: share, rest: second)
    }

    private mutating func lap() -> Double {
        let now = ContinuousClock.now
        defer { begun = now }
        return (now - begun) / .seconds(1)
    }
}

/// How long a forward and a backward pass took, in seconds.
struct PassTimes {
    let forward: Double
    let backward: Double

    /// The result of a backward pass over what a forward pass made, with the times of both.
    static func measure<Answer, Result>(
        forward: () -> Answer,
        backward: (Answer) -> Result
    ) -> (result: Result, times: PassTimes) {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = forward()
        let middle = clock.now
        let result = backward(answer)
        return (
            result,
            PassTimes(forward: (middle - start) / .seconds(1), backward: (clock.now - middle) / .seconds(1))
        )
    }

    /// The share of the forward passes, 0…1; a half when nothing took any time.
    static func forwardShare(_ times: [PassTimes]) -> Double {
        let (forward, backward) = (times.map(\.forward).reduce(0, +), times.map(\.backward).reduce(0, +))
        return forward + backward > 0 ? forward / (forward + backward) : 0.5
    }
}

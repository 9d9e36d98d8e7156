import Foundation

extension OptimizerConfiguration.Schedule {
    /// What the learning rate `start` has become at a step in an epoch, both counted from 0.
    func learningRate(from start: Double, step: Int, epoch: Int) -> Double {
        switch self {
        case .constant: start
        case .exponentialPerStep(let gamma): start * pow(gamma, Double(step))
        case .exponentialPerEpoch(let gamma): start * pow(gamma, Double(epoch))
        case .cosinePerEpoch(let planned, let minimum):
            minimum + (start - minimum) * (1 + cos(.pi * Double(epoch) / Double(max(1, planned)))) / 2
        }
    }
}

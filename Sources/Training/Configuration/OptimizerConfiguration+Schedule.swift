import Foundation

extension OptimizerConfiguration.Schedule {
    /// What the learning rate is multiplied by at a step in an epoch, both counted from 0.
    func factor(step: Int, epoch: Int) -> Double {
        switch self {
        case .constant: 1
        case .exponentialPerStep(let gamma): pow(gamma, Double(step))
        case .exponentialPerEpoch(let gamma): pow(gamma, Double(epoch))
        case .cosinePerEpoch(let planned): (1 + cos(.pi * Double(min(epoch, planned)) / Double(max(1, planned)))) / 2
        }
    }
}

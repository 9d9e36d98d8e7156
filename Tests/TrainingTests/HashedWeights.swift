import Codec
import CodecTestSupport

/// Weights that `Fixtures/generate/goldens_training.py` makes too, from the tensors' names.
enum HashedWeights {
    /// Fills parameters and buffers: unit directions times `gain`, positive alphas and counts, sums that fit them.
    static func fill(_ model: Layer, gain: Float) {
        let tensors = model.namedTensors
        for (name, tensor) in tensors {
            var values = HashedNumbers.uniform(name, tensor.shape)
            let last = name.split(separator: ".").last.map(String.init) ?? ""
            switch last {
            case "weight_g": values = gain + 0.2 * values
            case "alpha": values = 1 + 0.3 * values
            case "inited", "initialized": values = Tensor(repeating: 1, shape: tensor.shape)
            case "codebook", "embed": values = 0.3 * values
            case "weight_v": break
            case "embed_avg", "ema_embedding_sum": continue
            default:
                if last.hasPrefix("bias") {
                    values = 0.05 * values
                } else if last.hasSuffix("cluster_size") {
                    values = 3 + values
                } else if tensor.rank == 1 {
                    values = 1 + 0.1 * values
                } else {
                    let fanIn = tensor.shape.dropFirst().reduce(1, *)
                    values = values * Float(Double(gain) * (3 / Double(fanIn)).squareRoot())
                }
            }
            tensor.assign(values)
        }
        for (sums, rows, counts) in [
            ("embed_avg", "embed", "cluster_size"), ("ema_embedding_sum", "codebook", "ema_cluster_size"),
        ] {
            for (name, tensor) in tensors where name.hasSuffix("." + sums) {
                let base = name.dropLast(sums.count)
                guard let rows = model.tensor(named: base + rows), let counts = model.tensor(named: base + counts)
                else {
                    continue
                }
                tensor.assign((rows * counts.reshaped([-1, 1])).detached())
            }
        }
    }
}

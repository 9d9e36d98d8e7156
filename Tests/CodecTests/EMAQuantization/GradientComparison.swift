import Codec
import CodecTestSupport

/// The worst relative error of a layer's gradients against a golden's `prefix.NAME`, by norm and by element.
///
/// A gradient that is zero in exact arithmetic (a bias in front of a normalisation) is compared with the largest gradient's scale.
func gradientErrors(
    of layer: Layer,
    in golden: Golden,
    prefix: String,
    except: [String] = []
) throws -> (norm: Double, element: Double, name: String) {
    func norm(_ tensor: Tensor) -> Double {
        tensor.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let names = golden.names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        .filter { !except.contains($0) }
    let parameters = layer.namedParameters.filter { names.contains($0.name) }
    let floor = try 1e-6 * (names.map { norm(try golden(prefix + $0)) }.max() ?? 0)
    var worst = (norm: 0.0, element: 0.0, name: "")
    if parameters.count != names.count { return (.infinity, .infinity, "missing names") }
    for (name, parameter) in parameters {
        let expected = try golden(prefix + name)
        let found = parameter.gradient ?? Tensor(repeating: 0, shape: parameter.shape)
        let scale = max(norm(expected), floor)
        let byNorm = abs(norm(found) - norm(expected)) / scale
        let byElement = Double(difference(found, expected).largest) / scale
        if !(byNorm <= worst.norm && byElement <= worst.element) {
            worst = (max(worst.norm, byNorm), max(worst.element, byElement), name)
        }
    }
    return worst
}

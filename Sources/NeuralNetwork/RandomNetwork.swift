/// How the weights of a new network are chosen. `n` is a layer's number of inputs, `m` of units.
public enum Initialization: Equatable, Sendable {
  /// All weights and biases 0: the units of a layer stay equal for ever.
  case zeros
  /// Weights and biases uniform in `−range ..< range`; 003 writes ε.
  case uniform(Double)
  /// Normal with variance `2 / (n + m)`, biases 0 (Glorot and Bengio); made for tanh.
  case xavier
  /// Normal with variance `2 / n`, biases 0 (He et al.); made for ReLU.
  case he
  /// Normal with variance `1 / n`, biases 0 (LeCun et al.).
  case leCun
}

extension Network where T == Double {
  /// A new network.
  ///
  /// - Parameters:
  ///   - sizes: units a layer, the input first: `[3, 4, 1]` has three inputs and one output.
  ///   - hidden: the activation function of every layer but the last.
  ///   - output: the activation function of the last layer.
  /// - Throws: `NetworkError.invalidSetting` unless a range is positive and every size is.
  ///
  /// Source: 000 "Randomly initialize the biases and weights"; 003 "Random Initialization of Θ".
  public static func random(
    sizes: [Int], hidden: Activation, output: Activation, _ initialization: Initialization,
    using generator: inout SplitMix64
  ) throws -> Network {
    if case .uniform(let range) = initialization, !(range > 0 && range.isFinite) {
      throw NetworkError.invalidSetting(name: "range", value: range, allowed: "a positive number")
    }
    precondition(sizes.count >= 2, "a network needs an input and an output size")
    if let bad = sizes.first(where: { $0 < 1 }) {
      throw NetworkError.invalidSetting(
        name: "layer size", value: Double(bad), allowed: "1 or more units")
    }
    return try Network(
      zip(sizes, sizes.dropFirst()).enumerated().map { index, size in
        let weights = Matrix(rows: size.1, columns: size.0) { _, _ in
          initialization.weight(inputs: size.0, units: size.1, using: &generator)
        }
        let biases = (0..<size.1).map { _ in initialization.bias(using: &generator) }
        return try Layer(
          Parameters(weights: weights, biases: biases),
          activation: index == sizes.count - 2 ? output : hidden)
      })
  }
}

extension Initialization {
  fileprivate func weight(inputs n: Int, units m: Int, using generator: inout SplitMix64) -> Double
  {
    switch self {
    case .zeros: 0
    case .uniform(let range): generator.uniform(-range, range)
    case .xavier: generator.normal() * (2 / Double(n + m)).squareRoot()
    case .he: generator.normal() * (2 / Double(n)).squareRoot()
    case .leCun: generator.normal() * (1 / Double(n)).squareRoot()
    }
  }

  fileprivate func bias(using generator: inout SplitMix64) -> Double {
    if case .uniform(let range) = self { generator.uniform(-range, range) } else { 0 }
  }
}

extension Network where T == Double {
  /// A network whose weights and biases are drawn uniformly from `-range ..< range`.
  ///
  /// - Parameters:
  ///   - sizes: units a layer, the input first: `[3, 4, 1]` has three inputs and one output.
  ///   - hidden: the activation function of every layer but the last.
  ///   - output: the activation function of the last layer.
  /// - Throws: `NetworkError.invalidSetting` unless `range` is positive and every size is.
  ///
  /// Source: 003 "Random Initialization of Θ", where the range is written ε.
  public static func random(
    sizes: [Int], hidden: Activation, output: Activation, range: Double,
    using generator: inout SplitMix64
  ) throws -> Network {
    guard range > 0, range.isFinite else {
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
          generator.uniform(-range, range)
        }
        let biases = (0..<size.1).map { _ in generator.uniform(-range, range) }
        return try Layer(
          Parameters(weights: weights, biases: biases),
          activation: index == sizes.count - 2 ? output : hidden)
      })
  }
}

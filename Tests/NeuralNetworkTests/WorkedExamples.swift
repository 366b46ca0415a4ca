import NeuralNetwork

/// The 1-2-1 network of document 000, with its input, and y = 1 as the target.
enum Example121 {
  static let inputs = Matrix(column: [1.0])
  static let targets = Matrix(column: [1.0])
  /// `J = ½ (y − a)²`, the cost that 000 sums over the examples.
  static let loss = Loss.squaredError(factor: 0.5, reduction: .sum)

  /// - Parameter activation: of both layers; the document takes the sigmoid.
  static func network(_ activation: Activation = .sigmoid) throws -> Network<Double> {
    try Network([
      Layer(weights: [[0.3], [0.4]], biases: [0.1, 0.2], activation: activation),
      Layer(weights: [[1, -3]], biases: [0.2], activation: activation),
    ])
  }
}

/// A 2-2-2-1 sigmoid network, the smallest in which a first-layer weight has two paths to the cost.
enum Example2221 {
  static let inputs = Matrix(column: [0.5, -1])
  static let targets = Matrix(column: [1.0])
  static let loss = Loss.squaredError(factor: 0.5, reduction: .sum)

  static func network() throws -> Network<Double> {
    try Network([
      Layer(weights: [[0.1, -0.2], [0.3, 0.4]], biases: [0.1, -0.1], activation: .sigmoid),
      Layer(weights: [[0.5, -0.6], [0.7, 0.8]], biases: [0.2, 0], activation: .sigmoid),
      Layer(weights: [[-0.9, 1.1]], biases: [0.3], activation: .sigmoid),
    ])
  }
}

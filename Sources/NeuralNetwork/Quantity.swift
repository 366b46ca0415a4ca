/// One number of a network's run by its place, whatever a document calls it.
///
/// The input is layer 0; weights and biases belong to the layer that they lead to. Units, sources and
/// examples count from 1. Unit 0 of a layer is 003's `a₀ = 1`.
public enum Quantity: Hashable, Sendable {
  /// The pre-activation of a unit.
  case z(layer: Int, unit: Int, example: Int)
  /// The activation of a unit; of layer 0 the input.
  case a(layer: Int, unit: Int, example: Int)
  /// What the output unit should have answered.
  case target(unit: Int, example: Int)
  /// Dropout's factor for a hidden unit.
  case mask(layer: Int, unit: Int, example: Int)
  /// The weight from unit `source` of the layer below.
  case weight(layer: Int, unit: Int, source: Int)
  case bias(layer: Int, unit: Int)
  /// One example's ∂loss/∂z.
  case delta(layer: Int, unit: Int, example: Int)
  case weightGradient(layer: Int, unit: Int, source: Int)
  case biasGradient(layer: Int, unit: Int)
  /// The weight after the step.
  case newWeight(layer: Int, unit: Int, source: Int)
  /// The bias after the step.
  case newBias(layer: Int, unit: Int)
  case learningRate
  /// The reduced loss of all examples, with the penalty.
  case cost
}

import NeuralNetwork
import Testing

/// A network that writes down its own formulas.
@Suite struct SymbolicTests {
  /// The number that a quantity was given in `example`.
  static func given(_ example: RandomExample, learningRate: Double) -> (Quantity) -> Double {
    { quantity in
      switch quantity {
      case .weight(let layer, let unit, let source):
        example.network.layers[layer - 1].weights[unit - 1, source - 1]
      case .bias(let layer, let unit): example.network.layers[layer - 1].biases[unit - 1]
      case .a(layer: 0, let unit, let number): example.inputs[unit - 1, number - 1]
      case .target(let unit, let number): example.targets[unit - 1, number - 1]
      case .mask(let layer, let unit, let number): example.masks[layer - 1][unit - 1, number - 1]
      case .learningRate: learningRate
      default: .nan
      }
    }
  }

  @Test(
    "Every formula gives exactly the number of the plain run: all activations and losses, up to six layers",
    arguments: ExactGradientTests.outputs)
  func exact(output: Activation, kind: Loss.Kind) throws {
    var random = SplitMix64(seed: 2)
    for hidden in ExactGradientTests.activations {
      for layers in [1, 2, 3, 6] {
        let penalties = [
          Regularization.none, .lambdaOver2m(lambda: 0.7),
          Regularization(lambda: 0.3, .lambda, includesBiases: true),
        ]
        let penalty = penalties[random.index(below: 3)]
        let example = try RandomExample(
          layers: layers, hidden: hidden, output: output, kind: kind,
          drops: random.index(below: 2) == 0, using: &random)
        let run = try SymbolicRun(
          of: example.network, inputs: example.inputs, targets: example.targets,
          loss: example.loss, regularization: penalty, masks: example.masks, learningRate: 0.3)
        let pass = try example.network.forward(example.inputs, masks: example.masks)
        let back = try example.network.backward(
          pass, targets: example.targets, loss: example.loss, regularization: penalty)
        var updated = example.network
        try updated.update(with: back.gradients, learningRate: 0.3)

        var formulas: [Symbolic<Double>] = [try #require(run.cost)]
        var numbers: [Double] = [
          try example.network.cost(
            of: pass, targets: example.targets, loss: example.loss, regularization: penalty)
        ]
        for layer in 1...layers {
          formulas += run.pass.z(layer).elements + run.pass.a(layer).elements
          numbers += pass.z(layer).elements + pass.a(layer).elements
          formulas += run.deltas[layer - 1].elements + run.gradients[layer - 1].elements
          numbers += back.delta(layer).elements + back.gradient(layer).elements
          formulas += try #require(run.updated)[layer - 1].elements
          numbers += updated.layers[layer - 1].weights.elements + updated.layers[layer - 1].biases
        }
        #expect(formulas.map(\.value) == numbers)
        #expect(Symbolic.evaluated(formulas, Self.given(example, learningRate: 0.3)) == numbers)
      }
    }
  }

  @Test("A formula takes other numbers: σ(w x + b) at w = 2, x = 3, b = −6 is ½")
  func otherNumbers() throws {
    let network = try Network([
      Layer(weights: [[0.3]], biases: [0.1], activation: .sigmoid)
    ])
    let x = Matrix(column: [1.0]).symbolic { .a(layer: 0, unit: $0, example: $1) }
    let output = try network.symbolic().forward(x).output[0, 0]
    let result: Double = output.evaluated { quantity in
      switch quantity {
      case .weight: 2
      case .bias: -6
      default: 3
      }
    }
    #expect(result == 0.5)
  }

  @Test("A formula remembers the operations in their order: w₁ x₁ + w₂ x₂ + b")
  func form() throws {
    let network = try Network([
      Layer(weights: [[0.5, 2]], biases: [1], activation: .identity)
    ])
    let x = Matrix(column: [4.0, 8]).symbolic { .a(layer: 0, unit: $0, example: $1) }
    let z = try network.symbolic().forward(x).z(1)[0, 0]
    guard case .sum(let products, let bias) = z.form, case .quantity(let b) = bias.form,
      case .sum(let first, _) = products.form, case .product(let w, _) = first.form,
      case .quantity(let weight) = w.form
    else {
      Issue.record("z is no sum of products and a bias")
      return
    }
    #expect(b == .bias(layer: 1, unit: 1))
    #expect(weight == .weight(layer: 1, unit: 1, source: 1))
    #expect(z.value == 19)
  }

  @Test("What an unknown input goes into is unknown, and the rest is not")
  func unknown() throws {
    let network = try Network([Layer(weights: [[0.5, 2]], biases: [1], activation: .identity)])
      .symbolic()
    let x = Matrix(column: [
      Symbolic(.a(layer: 0, unit: 1, example: 1), 4),
      Symbolic<Double>(unknown: .a(layer: 0, unit: 2, example: 1)),
    ])
    let z = Matrix(column: [Symbolic(.z(layer: 1, unit: 1, example: 1), 3.0)])
    let pass = try ForwardPass(stated: x, layers: [(z, z)])
    let back = try network.backward(
      pass, targets: Matrix(column: [Symbolic(.target(unit: 1, example: 1), 1)]),
      loss: .squaredError(factor: 0.5, reduction: .sum))
    #expect(back.gradient(1).weights.elements.map(\.isKnown) == [true, false])
    #expect(back.gradient(1).weights[0, 0].value == 8)
    #expect(throws: NetworkError.self) { try network.forward(x) }
  }
}

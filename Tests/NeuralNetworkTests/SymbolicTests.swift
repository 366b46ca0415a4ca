import NeuralNetwork
import Testing

/// A network that writes down its own formulas.
@Suite struct SymbolicTests {
  /// The number that a quantity was given in `random`.
  static func given(_ random: RandomCase, learningRate: Double) -> (Quantity) -> Double {
    { quantity in
      switch quantity {
      case .weight(let layer, let unit, let source):
        random.network.layers[layer - 1].weights[unit - 1, source - 1]
      case .bias(let layer, let unit): random.network.layers[layer - 1].biases[unit - 1]
      case .a(layer: 0, let unit, let example): random.inputs[unit - 1, example - 1]
      case .target(let unit, let example): random.targets[unit - 1, example - 1]
      case .learningRate: learningRate
      default: .nan
      }
    }
  }

  @Test(
    "On random networks of up to six layers every formula gives exactly the number of the plain run",
    arguments: 1...30 as ClosedRange<UInt64>)
  func exact(seed: UInt64) throws {
    let random = try RandomCase(seed: seed)
    let symbols = try random.network.symbolic()
    let y = random.targets.symbolic { .target(unit: $0, example: $1) }
    let pass = try symbols.forward(
      random.inputs.symbolic { .a(layer: 0, unit: $0, example: $1) })
    let back = try symbols.backward(
      pass, targets: y, loss: random.loss, regularization: random.regularization)
    let cost = try symbols.cost(
      of: pass, targets: y, loss: random.loss, regularization: random.regularization)
    var updated = symbols
    try updated.update(with: back.gradients, learningRate: Symbolic(.learningRate, 0.3))

    let plainPass = try random.network.forward(random.inputs)
    let plainBack = try random.backward()
    let plainCost = try random.network.cost(
      of: plainPass, targets: random.targets, loss: random.loss,
      regularization: random.regularization)
    var plainUpdated = random.network
    try plainUpdated.update(with: plainBack.gradients, learningRate: 0.3)

    let formulas =
      symbols.layers.indices.flatMap {
        pass.z($0 + 1).elements + pass.a($0 + 1).elements + back.delta($0 + 1).elements
      } + back.gradients.flatMap(\.elements) + updated.parameters + [cost]
    let numbers =
      random.network.layers.indices.flatMap {
        plainPass.z($0 + 1).elements + plainPass.a($0 + 1).elements
          + plainBack.delta($0 + 1).elements
      } + plainBack.gradients.flatMap(\.elements) + plainUpdated.parameters + [plainCost]
    let given = Self.given(random, learningRate: 0.3)
    #expect(formulas.map(\.value) == numbers)
    #expect(formulas.map { $0.evaluated(given) } == numbers)
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

import Foundation
import Testing

@testable import NeuralNetwork

/// A function and its gradient.
typealias Differentiable = @Sendable ([Double]) -> (value: Double, gradient: [Double])

/// Functions that minimizers are tried on.
enum Valley {
  /// `Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²`, least where all are 1.
  static let rosenbrock: Differentiable = { x in
    var value = 0.0
    var gradient = x.map { _ in 0.0 }
    for i in 0..<(x.count - 1) {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      value += 100 * a * a + b * b
      gradient[i] += -400 * x[i] * a - 2 * b
      gradient[i + 1] += 200 * a
    }
    return (value, gradient)
  }

  /// `½ Σ cᵢ (xᵢ − 1)²` with curvatures from 1 to 10⁴.
  static let quadratic: Differentiable = { x in
    let curvatures = x.indices.map { pow(10, 4 * Double($0) / Double(max(1, x.count - 1))) }
    let gradient = zip(curvatures, x).map { $0 * ($1 - 1) }
    return (zip(gradient, x).map { $0 * ($1 - 1) / 2 }.reduce(0, +), gradient)
  }

  static let beale: Differentiable = { x in
    let (u, v) = (x[0], x[1])
    let a = 1.5 - u + u * v
    let b = 2.25 - u + u * v * v
    let c = 2.625 - u + u * v * v * v
    return (
      a * a + b * b + c * c,
      [
        2 * a * (v - 1) + 2 * b * (v * v - 1) + 2 * c * (v * v * v - 1),
        2 * a * u + 4 * b * u * v + 6 * c * u * v * v,
      ]
    )
  }

  static let wood: Differentiable = { x in
    let a = x[0] * x[0] - x[1]
    let b = x[2] * x[2] - x[3]
    let (c, d, e, h) = (x[1] - 1, x[3] - 1, x[0] - 1, x[2] - 1)
    let first = 100 * a * a + e * e + 90 * b * b + h * h
    return (
      first + 10.1 * (c * c + d * d) + 19.8 * c * d,
      [
        400 * x[0] * a + 2 * e, -200 * a + 20.2 * c + 19.8 * d, 360 * x[2] * b + 2 * h,
        -180 * b + 20.2 * d + 19.8 * c,
      ]
    )
  }

  static func zigzag(_ count: Int) -> [Double] { (0..<count).map { $0 % 2 == 0 ? -1.2 : 1 } }
}

@Suite("L-BFGS")
struct LBFGSTests {
  private func last(_ path: LBFGS.Path) -> LBFGS.Iterate { path.iterates[path.iterates.count - 1] }

  /// SciPy 1.17.1, `minimize(method='L-BFGS-B', options={'maxcor': 10, 'gtol': 1e-5, 'ftol': 0})`: the
  /// fewest and the most evaluations from eighty starts that differ by 1e−10. On the steep valleys
  /// the path depends on the last digits, so the counts vary.
  @Test(
    "Every valley's bottom is found, as fast as by SciPy",
    arguments: [
      ("Rosenbrock, 2", Valley.rosenbrock, Valley.zigzag(2), 45...45),
      ("Rosenbrock, 10", Valley.rosenbrock, Valley.zigzag(10), 88...92),
      ("Rosenbrock, 50", Valley.rosenbrock, Valley.zigzag(50), 316...341),
      ("quadratic, 2", Valley.quadratic, [0, 0], 10...10),
      ("quadratic, 10", Valley.quadratic, [Double](repeating: 0, count: 10), 140...212),
      ("quadratic, 30", Valley.quadratic, [Double](repeating: 0, count: 30), 577...693),
      ("Beale", Valley.beale, [1, 1], 16...16), ("Wood", Valley.wood, [-3, -1, -3, -1], 109...123),
    ] as [(String, Differentiable, [Double], ClosedRange<Int>)])
  func asSciPy(
    name: String, function: Differentiable, start: [Double], evaluations: ClosedRange<Int>
  ) throws {
    let path = try LBFGS(maxIterations: 2000).minimize(from: start, function)
    #expect(path.end == .gradient)
    #expect(last(path).value < 1e-10)
    #expect(last(path).largestSlope <= 1e-5)
    let bottom = name == "Beale" ? [3, 0.5] : start.map { _ in 1 }
    #expect(path.point.isClose(to: bottom, absolute: 1e-4))
    #expect(evaluations.contains(last(path).evaluations), "\(last(path))")
  }

  @Test("A 2-3-1 network on exclusive or with a penalty ends where SciPy's ends", arguments: 1...6)
  func network(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let network = try Network.random(
      sizes: [2, 3, 1], hidden: .tanh, output: .sigmoid, .uniform(1), using: &random)
    let inputs = try Matrix([[0.0, 0, 1, 1], [0, 1, 0, 1]])
    let targets = try Matrix([[0.0, 1, 1, 0]])
    let path = try LBFGS(maxIterations: 500).minimize(from: network.parameters) {
      try network.costAndGradient(
        at: $0, inputs: inputs, targets: targets, loss: .binaryCrossEntropy(reduction: .mean),
        regularization: .lambdaOver2m(lambda: 0.01))
    }
    // All six of SciPy's runs end between 0.11043396 and 0.11043398, after 45 to 65 evaluations.
    #expect(last(path).value.isClose(to: 0.11043397, absolute: 2e-8))
    #expect((40...66).contains(last(path).evaluations))
  }

  @Test("On random quadratics: down at every iteration, to the solution", arguments: 0..<32)
  func quadratics(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let count = 1 + random.index(below: 8)
    // AᵀA + I is symmetric and positive; its minimum is put at `bottom`.
    let a = Matrix(rows: count, columns: count) { _, _ in random.uniform(-1, 1) }
    let product = try a.transposed * a
    let matrix = Matrix(rows: count, columns: count) { product[$0, $1] + ($0 == $1 ? 1 : 0) }
    let bottom = (0..<count).map { _ in random.uniform(-5, 5) }
    var points: [[Double]] = []
    let start = (0..<count).map { _ in random.uniform(-5, 5) }
    let path = try LBFGS(gradientTolerance: 1e-9).minimize(from: start) { x in
      points.append(x)
      let away = zip(x, bottom).map { $0 - $1 }
      let gradient = try (matrix * Matrix(column: away)).elements
      return (zip(gradient, away).map { $0 * $1 / 2 }.reduce(0, +), gradient)
    }
    #expect(path.end == .gradient)
    #expect(path.point.isClose(to: bottom, absolute: 1e-8))
    #expect(path.iterates[0].evaluations == 1)
    for (before, after) in zip(path.iterates, path.iterates.dropFirst()) {
      #expect(after.value < before.value)
      #expect(after.evaluations > before.evaluations)
    }
    #expect(last(path).evaluations == points.count)
    // The first step is as long as 1, whatever the gradient.
    let first = zip(points[1], points[0]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    #expect(first.isClose(to: 1, relative: 1e-12))
  }

  @Test("One remembered step is enough to arrive, ten arrive sooner")
  func history() throws {
    let start = Valley.zigzag(10)
    let short = try LBFGS(history: 1, maxIterations: 5000).minimize(
      from: start, Valley.rosenbrock)
    let long = try LBFGS().minimize(from: start, Valley.rosenbrock)
    #expect(short.end == .gradient)
    #expect(last(long).evaluations < last(short).evaluations)
  }

  @Test("At the bottom there is nothing to do", arguments: [1e-5, 0])
  func startAtBottom(tolerance: Double) throws {
    let path = try LBFGS(gradientTolerance: tolerance).minimize(
      from: [1, 1, 1], Valley.rosenbrock)
    #expect(path.end == .gradient)
    #expect(path.point == [1, 1, 1])
    #expect(path.iterates == [LBFGS.Iterate(value: 0, largestSlope: 0, evaluations: 1)])
  }

  @Test("The iterations are counted", arguments: [0, 1, 7])
  func iterations(limit: Int) throws {
    let path = try LBFGS(maxIterations: limit).minimize(from: [-1.2, 1], Valley.rosenbrock)
    #expect(path.end == .iterations)
    #expect(path.iterates.count == limit + 1)
    #expect(path.iterates[0].value.isClose(to: 24.2, relative: 1e-14))
    #expect(Valley.rosenbrock(path.point).value == last(path).value)
  }

  @Test("A gradient that points the wrong way ends the search where it began")
  func wrongGradient() throws {
    let path = try LBFGS().minimize(from: [3.0]) { ($0[0] * $0[0], [-2 * $0[0]]) }
    #expect(path.end == .noDescent)
    #expect(path.point == [3])
    #expect(path.iterates.count == 1)
  }

  @Test("A gradient too small to be squared ends the search")
  func tinyGradient() throws {
    let path = try LBFGS(gradientTolerance: 0).minimize(from: [1.0]) {
      (1e-200 * $0[0] * $0[0], [2e-200 * $0[0]])
    }
    #expect(path.end == .noDescent)
    #expect(path.point == [1])
  }

  @Test("A slope that never ends is not followed for ever")
  func unbounded() throws {
    let path = try LBFGS().minimize(from: [0.0]) { ($0[0], [1]) }
    #expect(path.end == .noDescent)
  }

  @Test("With tolerance 0 the search ends when the digits are used up")
  func noTolerance() throws {
    let path = try LBFGS(gradientTolerance: 0, maxIterations: 5000).minimize(
      from: [-1.2, 1], Valley.rosenbrock)
    #expect(path.end != .iterations)
    #expect(path.point.isClose(to: [1, 1], absolute: 1e-7))
  }

  @Test(
    "A value or slope that is not finite is an error with its evaluation",
    arguments: [
      (1, Double.nan, 0.0, "the value of evaluation 1 is nan; allowed: a finite number"),
      (2, .infinity, 0, "the value of evaluation 2 is inf; allowed: a finite number"),
      (1, 0, Double.nan, "slope 2 of evaluation 1 is nan; allowed: a finite number"),
      (2, 0, -Double.infinity, "slope 2 of evaluation 2 is -inf; allowed: a finite number"),
    ])
  func notFinite(at: Int, value: Double, slope: Double, message: String) throws {
    var count = 0
    let error = try #require(throws: NetworkError.self) {
      try LBFGS().minimize(from: [-1.2, 1]) { x in
        count += 1
        let (f, g) = Valley.rosenbrock(x)
        return count == at ? (f + value, [g[0], g[1] + slope]) : (f, g)
      }
    }
    #expect("\(error)" == message)
  }

  @Test("A gradient of another length is an error")
  func gradientLength() throws {
    let error = try #require(throws: NetworkError.self) {
      try LBFGS().minimize(from: [1, 2]) { _ in (0, [1]) }
    }
    #expect("\(error)" == "point and gradient: the shapes 2×1 and 1×1 do not fit")
  }

  @Test("The function's own errors come through")
  func functionThrows() {
    struct Own: Error {}
    #expect(throws: Own.self) { try LBFGS().minimize(from: [1]) { _ in throw Own() } }
  }

  @Test("Settings outside their ranges are errors")
  func settings() throws {
    func message(_ make: () throws -> LBFGS) throws -> String {
      "\(try #require(throws: NetworkError.self) { _ = try make() })"
    }
    #expect(
      try message { try LBFGS(history: 0) } == "history is 0; allowed: 1 or more steps")
    #expect(
      try message { try LBFGS(gradientTolerance: -1) }
        == "gradient tolerance is -1; allowed: a finite number, 0 or more")
    #expect(
      try message { try LBFGS(gradientTolerance: .nan) }
        == "gradient tolerance is nan; allowed: a finite number, 0 or more")
    #expect(
      try message { try LBFGS(maxIterations: -1) } == "max iterations is -1; allowed: 0 or more")
  }

  @Test("Equal hidden units stay equal, to the last bit")
  func symmetry() throws {
    let network = try Network([
      Layer(weights: [[0.5, 0.5], [0.5, 0.5]], biases: [0.5, 0.5], activation: .sigmoid),
      Layer(weights: [[0.5, 0.5]], biases: [0.5], activation: .sigmoid),
    ])
    let inputs = try Matrix([[0.0, 0, 1, 1], [0, 1, 0, 1]])
    let targets = try Matrix([[0.0, 1, 1, 0]])
    let path = try LBFGS(maxIterations: 50).minimize(from: network.parameters) {
      try network.costAndGradient(
        at: $0, inputs: inputs, targets: targets, loss: .binaryCrossEntropy(reduction: .mean))
    }
    #expect(path.iterates.count > 5)
    #expect(path.point[0] == path.point[1] && path.point[2] == path.point[3])
    #expect(path.point[4] == path.point[5] && path.point[6] == path.point[7])
    #expect(path.point[0] != 0.5)
  }
}

@Suite("Cost and gradient of unrolled parameters")
struct CostAndGradientTests {
  @Test("They are those of the network with these parameters", arguments: 0..<16)
  func asTheNetwork(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    var other = example.network
    other.parameters = other.parameters.map { 0.9 * $0 + 0.01 }
    let found = try example.network.costAndGradient(
      at: other.parameters, inputs: example.inputs, targets: example.targets, loss: example.loss,
      regularization: example.regularization)
    let back = try other.backward(
      other.forward(example.inputs), targets: example.targets, loss: example.loss,
      regularization: example.regularization)
    #expect(
      try found.value
        == other.cost(
          inputs: example.inputs, targets: example.targets, loss: example.loss,
          regularization: example.regularization))
    #expect(found.gradient == back.gradients.flatMap(\.elements))
  }
}

@Suite("Line search for the strong Wolfe conditions")
struct WolfeSearchTests {
  private typealias Point = WolfeSearch.Point

  @Test("The cubic through two points and slopes is least at 1, from either side")
  func cubic() throws {
    // α³/3 − α has slopes −1 at 0 and 3 at 2, and is least at 1.
    let a = Point(step: 0, value: 0, slope: -1)
    let b = Point(step: 2, value: 2 / 3.0, slope: 3)
    for minimum in [WolfeSearch.cubicMinimum(a, b), WolfeSearch.cubicMinimum(b, a)] {
      #expect(try #require(minimum).isClose(to: 1, relative: 1e-14))
    }
  }

  @Test("A straight line and a cubic that only falls have no minimum")
  func noCubicMinimum() {
    let a = Point(step: 0, value: 0, slope: -1)
    #expect(WolfeSearch.cubicMinimum(a, Point(step: 1, value: -1, slope: -1)) == nil)
    // −α³ − α: slopes −1 and −4.
    #expect(WolfeSearch.cubicMinimum(a, Point(step: 1, value: -2, slope: -4)) == nil)
  }

  /// A wave on a bowl: many local minima, but bounded below.
  private static func wave(seed: Int) -> @Sendable (Double) -> (value: Double, slope: Double) {
    var random = SplitMix64(seed: UInt64(seed))
    let bowl = random.uniform(0.01, 5)
    let center = random.uniform(0.5, 20)
    let height = random.uniform(0, 3)
    let frequency = random.uniform(0.1, 4)
    return { x in
      let away = x - center
      return (
        bowl * away * away + height * sin(frequency * x),
        2 * bowl * away + height * frequency * cos(frequency * x)
      )
    }
  }

  @Test("What is found satisfies both conditions and was asked for last", arguments: 0..<200)
  func conditions(seed: Int) throws {
    let wave = Self.wave(seed: seed)
    let (value, slope) = wave(0)
    guard slope < 0 else { return }
    let start = Point(step: 0, value: value, slope: slope)
    for first in [1e-3, 0.1, 1, 30] {
      var asked: [Point] = []
      let found = try #require(
        WolfeSearch().search(from: start, first: first) { step in
          let (value, slope) = wave(step)
          asked.append(Point(step: step, value: value, slope: slope))
          return asked[asked.count - 1]
        })
      #expect(found == asked.last)
      #expect(found.step > 0)
      // Of the steps that bring the value down enough, it is the best.
      let enough = asked.filter { $0.value <= value + 1e-4 * $0.step * slope }
      #expect(enough.allSatisfy { found.value <= $0.value })
      #expect(asked[0].step == first)
      #expect(found.value <= value + 1e-4 * found.step * slope)
      #expect(abs(found.slope) <= 0.9 * abs(slope))
    }
  }

  @Test("A flat place that is hardly lower than the start is not good enough")
  func hardlyLower() throws {
    // From 0 with slope −1; beyond 1 all is level, half as low as it would have to be at 1.
    let found = try #require(
      WolfeSearch().search(from: Point(step: 0, value: 0, slope: -1), first: 1) { step in
        step >= 1
          ? Point(step: step, value: -0.5e-4, slope: 0)
          : Point(
            step: step, value: -step * (1 - step) - 0.5e-4 * step, slope: -1 + 2 * step - 0.5e-4)
      })
    #expect(found.step < 1)
    #expect(found.value <= -1e-4 * found.step)
  }

  @Test("Down a straight line the strides grow fourfold, and end after twenty")
  func straightLine() {
    var steps: [Double] = []
    let found = WolfeSearch().search(
      from: Point(step: 0, value: 0, slope: -1), first: 1
    ) { step in
      steps.append(step)
      return Point(step: step, value: -step, slope: -1)
    }
    #expect(found == nil)
    #expect(steps.prefix(4) == [1, 5, 21, 85])
    #expect(steps.count == 20)
  }

  @Test("A first step that will do is taken at once")
  func firstStep() throws {
    var count = 0
    let start = Point(step: 0, value: 1, slope: -2)
    let found = WolfeSearch().search(from: start, first: 1) { step in
      count += 1
      return Point(step: step, value: (step - 1) * (step - 1), slope: 2 * (step - 1))
    }
    #expect(found?.step == 1)
    #expect(count == 1)
  }
}

/// Minimizes a function of many variables by the limited-memory method of Broyden, Fletcher, Goldfarb
/// and Shanno.
///
/// Gradient descent takes one fixed share of the gradient. This method learns from the last few steps
/// `s = xₖ₊₁ − xₖ` and changes `y = ∇fₖ₊₁ − ∇fₖ` how the gradient bends, turns the step accordingly
/// (`d = −H ∇f`) and looks along it for a good length.
///
/// Source: 003 "Training a Neural Network", step 6, "an advanced optimization method"; Nocedal and
/// Wright, "Numerical Optimization", second edition, algorithms 7.4 and 7.5.
public struct LBFGS: Sendable {
  /// A point on the way down.
  public struct Iterate: Equatable, Sendable {
    /// `f` there.
    public let value: Double
    /// The largest `|∂f/∂xᵢ|` there.
    public let largestSlope: Double
    /// How often `f` had been evaluated when the point was reached.
    public let evaluations: Int
  }

  /// Why the way ends.
  public enum End: Equatable, Sendable {
    /// Every slope is within the tolerance.
    case gradient
    /// The allowed number of iterations is used up.
    case iterations
    /// No step brings the value down any more: the arithmetic has no digits left, or the function
    /// and its gradient do not belong together.
    case noDescent
  }

  /// The way from the start to the last point.
  public struct Path: Equatable, Sendable {
    /// The last point.
    public let point: [Double]
    /// The start and the point after each iteration.
    public let iterates: [Iterate]
    public let end: End
  }

  /// How many steps are remembered.
  public let history: Int
  /// The largest `|∂f/∂xᵢ|` at which the search ends.
  public let gradientTolerance: Double
  public let maxIterations: Int

  /// - Throws: `NetworkError.invalidSetting` unless `history` is 1 or more, `gradientTolerance` is a
  ///   number from 0 and `maxIterations` is 0 or more.
  public init(history: Int = 10, gradientTolerance: Double = 1e-5, maxIterations: Int = 200) throws
  {
    guard history >= 1 else {
      throw NetworkError.invalidSetting(
        name: "history", value: Double(history), allowed: "1 or more steps")
    }
    guard gradientTolerance >= 0, gradientTolerance.isFinite else {
      throw NetworkError.invalidSetting(
        name: "gradient tolerance", value: gradientTolerance, allowed: "a finite number, 0 or more")
    }
    guard maxIterations >= 0 else {
      throw NetworkError.invalidSetting(
        name: "max iterations", value: Double(maxIterations), allowed: "0 or more")
    }
    self.history = history
    self.gradientTolerance = gradientTolerance
    self.maxIterations = maxIterations
  }

  /// Goes downhill from `start`. Each iteration's value is below the one before.
  ///
  /// - Parameter function: `f` and its gradient at a point.
  /// - Throws: `NetworkError.shapeMismatch` for a gradient of another length, `.invalidSetting` for a
  ///   value or gradient that is not finite, and what `function` throws.
  public func minimize(
    from start: [Double], _ function: ([Double]) throws -> (value: Double, gradient: [Double])
  ) throws -> Path {
    var evaluations = 0
    func evaluated(_ point: [Double]) throws -> Evaluated {
      evaluations += 1
      let (value, gradient) = try function(point)
      return try Evaluated(point: point, value: value, gradient: gradient, number: evaluations)
    }
    var current = try evaluated(start)
    var memory: [Step] = []
    var iterates: [Iterate] = []
    func path(_ end: End) -> Path { Path(point: current.point, iterates: iterates, end: end) }
    while true {
      iterates.append(
        Iterate(
          value: current.value, largestSlope: current.largestSlope, evaluations: evaluations))
      if current.largestSlope <= gradientTolerance { return path(.gradient) }
      if iterates.count > maxIterations { return path(.iterations) }
      let direction = Self.direction(current.gradient, memory)
      let start = WolfeSearch.Point(
        step: 0, value: current.value, slope: dot(current.gradient, direction))
      // Only rounding can make it fail: the direction points downhill.
      guard start.slope < 0 else { return path(.noDescent) }
      var last = current
      let found = try WolfeSearch().search(
        from: start,
        // Without a memory the gradient's length says nothing about the distance: go 1 far.
        first: memory.isEmpty ? 1 / dot(direction, direction).squareRoot() : 1
      ) { step in
        last = try evaluated(zip(current.point, direction).map { $0 + step * $1 })
        return WolfeSearch.Point(
          step: step, value: last.value, slope: dot(last.gradient, direction))
      }
      guard found != nil else { return path(.noDescent) }
      memory.append(Step(from: current, to: last))
      if memory.count > history { memory.removeFirst() }
      current = last
    }
  }

  /// `−H ∇f`, where H approximates the inverse of the second derivatives: the two loops of Nocedal
  /// and Wright's algorithm 7.4.
  private static func direction(_ gradient: [Double], _ memory: [Step]) -> [Double] {
    var q = gradient.map { -$0 }
    var shares: [Double] = []
    for step in memory.reversed() {
      let share = dot(step.moved, q) / step.product
      shares.append(share)
      q = zip(q, step.changed).map { $0 - share * $1 }
    }
    if let newest = memory.last {
      let scale = newest.product / dot(newest.changed, newest.changed)
      q = q.map { scale * $0 }
    }
    for (step, share) in zip(memory, shares.reversed()) {
      let correction = share - dot(step.changed, q) / step.product
      q = zip(q, step.moved).map { $0 + correction * $1 }
    }
    return q
  }

  /// A step of the past: how far it went, how much the gradient changed, and `sᵀy`, which the line
  /// search makes positive.
  private struct Step {
    let moved: [Double]
    let changed: [Double]
    let product: Double

    init(from old: Evaluated, to new: Evaluated) {
      moved = zip(new.point, old.point).map { $0 - $1 }
      changed = zip(new.gradient, old.gradient).map { $0 - $1 }
      product = dot(moved, changed)
    }
  }

  private struct Evaluated {
    let point: [Double]
    let value: Double
    let gradient: [Double]

    var largestSlope: Double { gradient.map(\.magnitude).max() ?? 0 }

    init(point: [Double], value: Double, gradient: [Double], number: Int) throws {
      guard gradient.count == point.count else {
        throw NetworkError.shapeMismatch(
          operation: "point and gradient", left: Shape(point.count, 1),
          right: Shape(gradient.count, 1))
      }
      guard value.isFinite else {
        throw NetworkError.invalidSetting(
          name: "the value of evaluation \(number)", value: value, allowed: "a finite number")
      }
      if let bad = gradient.firstIndex(where: { !$0.isFinite }) {
        throw NetworkError.invalidSetting(
          name: "slope \(bad + 1) of evaluation \(number)", value: gradient[bad],
          allowed: "a finite number")
      }
      self.point = point
      self.value = value
      self.gradient = gradient
    }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

extension Network where T == Double {
  /// The cost and its gradient as functions of the unrolled parameters, as a minimizer wants them.
  ///
  /// - Parameter parameters: in the order of `parameters`; the network's own stay as they are.
  /// - Throws: as `forward`, `backward` and `cost`.
  ///
  /// Source: 003 "Unroll and Reshape".
  public func costAndGradient(
    at parameters: [Double], inputs: Matrix<Double>, targets: Matrix<Double>, loss: Loss,
    regularization: Regularization = .none
  ) throws -> (value: Double, gradient: [Double]) {
    var network = self
    network.parameters = parameters
    let pass = try network.forward(inputs)
    let back = try network.backward(
      pass, targets: targets, loss: loss, regularization: regularization)
    return (
      try network.cost(of: pass, targets: targets, loss: loss, regularization: regularization),
      back.gradients.flatMap(\.elements)
    )
  }
}

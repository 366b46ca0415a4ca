/// Looks along a line for a step that satisfies the strong Wolfe conditions.
///
/// With `φ(α) = f(x + α d)`: the value falls enough, `φ(α) ≤ φ(0) + c₁ α φ′(0)`, and the slope
/// flattens enough, `|φ′(α)| ≤ c₂ |φ′(0)|`. The second one keeps the curvature that L-BFGS remembers
/// positive.
///
/// Source: Nocedal and Wright, "Numerical Optimization", second edition, algorithms 3.5 and 3.6.
struct WolfeSearch {
  /// A point on the line: `α`, `φ(α)` and `φ′(α)`.
  struct Point: Equatable {
    let step: Double
    let value: Double
    let slope: Double
  }

  /// `c₁`, the share of the promised decrease that is asked for.
  let decrease = 1e-4
  /// `c₂`, the share of the slope that may be left.
  let curvature = 0.9
  /// How many steps are tried to bracket a good one, and then to close in on it.
  let attempts = 20

  /// A step that satisfies both conditions; it is the last one that `point` was asked for.
  ///
  /// - Parameters:
  ///   - start: the line's beginning, step 0; its slope is negative.
  ///   - first: the step to try first.
  ///   - point: `φ` and `φ′` at a step.
  /// - Returns: nil where no such step was found, as at a minimum to the last digit.
  func search(
    from start: Point, first: Double, at point: (Double) throws -> Point
  ) rethrows -> Point? {
    var previous = start
    var step = first
    for _ in 0..<attempts {
      let next = try point(step)
      if isTooHigh(next, start) || (previous != start && next.value >= previous.value) {
        return try zoom(low: previous, high: next, start, at: point)
      }
      if isFlat(next, start) { return next }
      if next.slope >= 0 { return try zoom(low: next, high: previous, start, at: point) }
      let width = next.step - previous.step
      let guess = Self.cubicMinimum(previous, next) ?? .infinity
      step =
        guess > next.step
        ? min(max(guess, next.step + 1.1 * width), next.step + 4 * width) : next.step + 4 * width
      previous = next
    }
    return nil
  }

  /// Closes in between the best point so far and one that lies too far.
  private func zoom(
    low: Point, high: Point, _ start: Point, at point: (Double) throws -> Point
  ) rethrows -> Point? {
    var low = low
    var high = high
    for _ in 0..<attempts {
      let width = high.step - low.step
      let minimum = Self.cubicMinimum(low, high)
      // Never too close to an end; halfway where there is no minimum.
      let share = minimum.map { min(max(($0 - low.step) / width, 0.1), 0.9) } ?? 0.5
      let next = try point(low.step + width * share)
      if isTooHigh(next, start) || next.value >= low.value {
        high = next
      } else {
        if isFlat(next, start) { return next }
        if next.slope * width >= 0 { high = low }
        low = next
      }
    }
    return nil
  }

  private func isTooHigh(_ point: Point, _ start: Point) -> Bool {
    point.value > start.value + decrease * point.step * start.slope
  }

  private func isFlat(_ point: Point, _ start: Point) -> Bool {
    abs(point.slope) <= -curvature * start.slope
  }

  /// Where the cubic through two values and slopes is least; nil where it has no minimum.
  ///
  /// Source: Nocedal and Wright, equation (3.59).
  static func cubicMinimum(_ a: Point, _ b: Point) -> Double? {
    let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return nil }
    let d2 = b.step > a.step ? square.squareRoot() : -square.squareRoot()
    let minimum =
      b.step - (b.step - a.step) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    return minimum.isFinite ? minimum : nil
  }
}

import NeuralNetwork
import Testing

@testable import Notebook

@Suite("A gradient checked in two ways")
struct CheckedGradientTests {
  /// d(w·2 + b − 1)² by w and b at w = 3, b = 0.
  static func parabola() throws -> CheckedGradient {
    try CheckedGradient(
      "1-1", Network([Layer(weights: [[3]], biases: [0], activation: .identity)]),
      inputs: Matrix(column: [2]), targets: Matrix(column: [1]),
      loss: .squaredError(factor: 1, reduction: .sum))
  }

  @Test("It holds the gradient three times, and the largest distance from the other two")
  func errors() throws {
    let check = try Self.parabola()
    #expect(check.backward == [20, 10])
    #expect(check.exact == [20, 10])
    #expect(check.exactError == 0)
    #expect(zip(check.differences, check.backward).allSatisfy { abs($0 - $1) < 1e-8 })
    #expect(
      check.differencesError
        == max(abs(check.differences[0] - 20), abs(check.differences[1] - 10)))
  }

  @Test("The penalty and the masks go into all three")
  func penaltyAndMasks() throws {
    let network = try Network([
      Layer(weights: [[1], [1]], biases: [0, 0], activation: .identity),
      Layer(weights: [[2, 3]], biases: [0], activation: .identity),
    ])
    let check = try CheckedGradient(
      "1-2-1", network, inputs: Matrix(column: [1]), targets: Matrix(column: [0]),
      loss: .squaredError(factor: 0.5, reduction: .sum), regularization: .lambdaOver2m(lambda: 2),
      masks: [Matrix(column: [0, 2])])
    // The output is 6. The first unit is dropped: its weights get the penalty's 2w alone;
    // the second one's get 6 · 3 · 2 + 2 and 6 · 2 + 6.
    let expected: [Double] = [2, 38, 0, 36, 4, 18, 6]
    #expect(check.exact == expected)
    #expect(check.backward == check.exact)
    #expect(check.differencesError < 1e-8)
  }

  @Test("The table has a row for each gradient: entries, largest entry and both errors")
  func columns() throws {
    let check = try Self.parabola()
    let csv = Column.csv(CheckedGradient.columns([check, check]))
    let row: String = "1-1,2,20,\(CSV.text(check.differencesError)),0"
    #expect(csv == "gradient,entries,largest,differences_error,exact_error\n\(row)\n\(row)\n")
  }
}

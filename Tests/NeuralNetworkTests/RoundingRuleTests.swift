import NeuralNetwork
import Testing

@Suite("Rules of rounding")
struct RoundingRuleTests {
  /// A number, how many digits of it are kept, and what Python's `decimal` makes of the number's shortest
  /// text by ROUND_HALF_UP, ROUND_HALF_EVEN and ROUND_DOWN.
  static let python = """
    9.995 decimals 0 10.0 10.0 9.0
    9.995 decimals 1 10.0 10.0 9.9
    9.995 decimals 2 10.0 10.0 9.99
    9.995 significant 1 10.0 10.0 9.0
    9.995 significant 2 10.0 10.0 9.9
    9.995 significant 3 10.0 10.0 9.99
    0.0 decimals 1 0.0 0.0 0.0
    0.0 decimals 3 0.0 0.0 0.0
    0.0 significant 1 0.0 0.0 0.0
    0.0 significant 3 0.0 0.0 0.0
    -2.5 decimals 0 -3.0 -2.0 -2.0
    -2.5 significant 1 -3.0 -2.0 -2.0
    1e-300 decimals 1 0.0 0.0 0.0
    1e-300 decimals 3 0.0 0.0 0.0
    1e-300 significant 1 1e-300 1e-300 1e-300
    1e-300 significant 3 1e-300 1e-300 1e-300
    99.96 decimals 0 100.0 100.0 99.0
    99.96 decimals 1 100.0 100.0 99.9
    99.96 significant 1 100.0 100.0 90.0
    99.96 significant 2 100.0 100.0 99.0
    99.96 significant 3 100.0 100.0 99.9
    0.125 decimals 2 0.13 0.12 0.12
    0.125 significant 2 0.13 0.12 0.12
    -0.125 decimals 2 -0.13 -0.12 -0.12
    -0.125 significant 2 -0.13 -0.12 -0.12
    0.135 decimals 2 0.14 0.14 0.13
    0.135 significant 2 0.14 0.14 0.13
    2.675 decimals 0 3.0 3.0 2.0
    2.675 decimals 1 2.7 2.7 2.6
    2.675 decimals 2 2.68 2.68 2.67
    2.675 significant 1 3.0 3.0 2.0
    2.675 significant 2 2.7 2.7 2.6
    2.675 significant 3 2.68 2.68 2.67
    1.35874 decimals 1 1.4 1.4 1.3
    1.35874 decimals 2 1.36 1.36 1.35
    1.35874 decimals 3 1.359 1.359 1.358
    1.35874 significant 2 1.4 1.4 1.3
    1.35874 significant 3 1.36 1.36 1.35
    1.35874 significant 4 1.359 1.359 1.358
    -1.1382812585649342 decimals 2 -1.14 -1.14 -1.13
    -1.1382812585649342 significant 3 -1.14 -1.14 -1.13
    9.9951 decimals 0 10.0 10.0 9.0
    9.9951 decimals 1 10.0 10.0 9.9
    9.9951 decimals 2 10.0 10.0 9.99
    9.9951 significant 1 10.0 10.0 9.0
    9.9951 significant 2 10.0 10.0 9.9
    9.9951 significant 3 10.0 10.0 9.99
    0.05 decimals 1 0.1 0.0 0.0
    -0.05 decimals 1 -0.1 0.0 0.0
    123456.0 significant 4 123500.0 123500.0 123400.0
    0.0009995 decimals 3 0.001 0.001 0.0
    0.0009995 significant 1 0.001 0.001 0.0009
    0.0009995 significant 2 0.001 0.001 0.00099
    0.0009995 significant 3 0.001 0.001 0.000999
    12.25 decimals 1 12.3 12.2 12.2
    12.25 significant 3 12.3 12.2 12.2
    -12.35 decimals 1 -12.4 -12.4 -12.3
    -12.35 significant 3 -12.4 -12.4 -12.3
    0.5 decimals 0 1.0 0.0 0.0
    1.5 decimals 0 2.0 2.0 1.0
    1.5 significant 1 2.0 2.0 1.0
    5e-324 decimals 1 0.0 0.0 0.0
    5e-324 decimals 3 0.0 0.0 0.0
    5e-324 significant 1 5e-324 5e-324 5e-324
    5e-324 significant 3 5e-324 5e-324 5e-324
    """

  @Test(
    "A number is noted as Python's decimal module rounds it",
    arguments: python.split(separator: "\n"))
  func agreesWithPython(row: Substring) throws {
    let fields = row.split(separator: " ")
    let number = try #require(Double(fields[0]))
    let count = try #require(Int(fields[2]))
    let rests: [DecimalDigits.Rule] = [.halfAwayFromZero, .halfToEven, .towardZero]
    for (rest, expected) in zip(rests, fields.dropFirst(3)) {
      let rule: RoundingRule =
        fields[1] == "decimals" ? .decimals(count, rest) : .significant(count, rest)
      #expect(rule(number) == Double(expected), "\(rule)")
      #expect(rule(-number) == -rule(number), "\(rule) of the negative")
      #expect(rule(number) != 0 || rule(number).sign == .plus, "\(rule)")
    }
  }

  @Test("Unless it is said otherwise, halves go up")
  func standard() {
    #expect(RoundingRule.decimals(2) == .decimals(2, .halfAwayFromZero))
    #expect(RoundingRule.significant(3) == .significant(3, .halfAwayFromZero))
  }

  @Test(
    "What is not finite is noted as it is", arguments: [RoundingRule.decimals(1), .significant(1)])
  func notFinite(rule: RoundingRule) {
    #expect(rule(.infinity) == .infinity)
    #expect(rule(-.infinity) == -.infinity)
    #expect(rule(.nan).isNaN)
  }

  @Test(
    "A rule says what it does",
    arguments: [
      (.decimals(2), "rounded to 2 decimals"), (.decimals(1), "rounded to 1 decimal"),
      (.decimals(0, .halfToEven), "rounded to 0 decimals, halves to even"),
      (.decimals(2, .towardZero), "cut off after 2 decimals"),
      (.significant(3), "rounded to 3 significant digits"),
      (.significant(1, .towardZero), "cut off after 1 significant digit"),
      (.significant(4, .halfToEven), "rounded to 4 significant digits, halves to even"),
    ] as [(RoundingRule, String)])
  func description(rule: RoundingRule, text: String) {
    #expect("\(rule)" == text)
  }
}

/// The parts of a derivation, in the order of the computation.
public enum DerivationStage: Sendable {
  case forward, cost, deltas, gradients, update
}

/// One step as it stands on the page: `z_1 = w_{11} x_1 + b_1 = 0.3 \cdot 1 + 0.1 = 0.4`.
public struct DerivationLine: Equatable, Sendable {
  /// What is computed.
  public let symbol: String
  /// Whether the symbol gets a new value, as a parameter does in an update.
  public let isAssignment: Bool
  /// The formula in symbols.
  public let formula: String
  /// The formula with the numbers put in.
  public let numbers: String
  public let result: String
  /// Which side of a kink the step is on, such as `z_1 > 0`.
  public let condition: String?
  /// Whether the numbers put in are written in full.
  let numbersAreExact: Bool
  /// Whether the written numbers give the written result.
  let resultIsExact: Bool

  /// The line in LaTeX, with ≈ where a written number is rounded.
  public var tex: String { "\(symbol) \(right)" }

  /// The formula alone, without any number.
  public var inSymbols: DerivationLine {
    DerivationLine(
      symbol: symbol, isAssignment: isAssignment, formula: formula, numbers: formula,
      result: formula, condition: nil, numbersAreExact: true, resultIsExact: true)
  }

  /// The line with room for the result instead of every number.
  func blank(formula: String) -> DerivationLine {
    DerivationLine(
      symbol: symbol, isAssignment: isAssignment, formula: formula, numbers: formula,
      result: "\\boxed{\\phantom{0.0000}}", condition: nil, numbersAreExact: true,
      resultIsExact: true)
  }

  /// The line for an aligned block.
  var aligned: String { "\(symbol) &\(right)" }

  private var right: String {
    let isRoundedGiven = formula == numbers && !numbersAreExact
    var text = "\(isAssignment ? "\\leftarrow" : isRoundedGiven ? "\\approx" : "=") \(formula)"
    if numbers != formula && numbers != result {
      text += " \(numbersAreExact ? "=" : "\\approx") \(numbers)"
    }
    if result != formula {
      let follows = numbers == result ? numbersAreExact : resultIsExact
      text += " \(follows ? "=" : "\\approx") \(result)"
    }
    if let condition { text += " \\quad (\(condition))" }
    return text
  }
}

extension Sequence<DerivationLine> {
  /// The lines under each other, aligned at their first equals sign.
  public var tex: String {
    let lines = map(\.aligned)
    return "\\begin{aligned}\n\(lines.joined(separator: " \\\\\n"))\n\\end{aligned}"
  }
}

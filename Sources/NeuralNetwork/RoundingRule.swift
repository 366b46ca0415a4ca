/// How a person who calculates by hand notes a result: to how many digits, and what becomes of the rest.
///
/// A rule works on the decimal digits that one sees, not on the binary fraction behind them.
public struct RoundingRule: Equatable, Sendable, CustomStringConvertible {
  /// Which digits are kept.
  public enum Digits: Equatable, Sendable {
    /// That many after the point.
    case decimals(Int)
    /// That many from the first one that is not zero.
    case significant(Int)
  }

  public let digits: Digits
  /// What becomes of the digits that are not kept.
  public let rest: DecimalDigits.Rule

  private init(_ digits: Digits, _ rest: DecimalDigits.Rule) {
    self.digits = digits
    self.rest = rest
  }

  /// To `count` digits after the point, 0 or more.
  public static func decimals(
    _ count: Int, _ rest: DecimalDigits.Rule = .halfAwayFromZero
  ) -> RoundingRule {
    precondition(count >= 0, "decimals: \(count) is negative")
    return RoundingRule(.decimals(count), rest)
  }

  /// To `count` significant digits, 1 or more.
  public static func significant(
    _ count: Int, _ rest: DecimalDigits.Rule = .halfAwayFromZero
  ) -> RoundingRule {
    precondition(count >= 1, "significant digits: \(count) is not positive")
    return RoundingRule(.significant(count), rest)
  }

  /// The number as it is noted; an infinite one or NaN as it is.
  public func callAsFunction(_ number: Double) -> Double {
    guard number.isFinite else { return number }
    let exact = DecimalDigits(number)
    return switch digits {
    case .decimals(let count): exact.rounded(toDecimals: count, rest).value
    case .significant(let count): exact.rounded(toSignificant: count, rest).value
    }
  }

  /// As a report says it: `rounded to 2 decimals`, `cut off after 3 significant digits`.
  public var description: String {
    let kept =
      switch digits {
      case .decimals(1): "1 decimal"
      case .decimals(let count): "\(count) decimals"
      case .significant(1): "1 significant digit"
      case .significant(let count): "\(count) significant digits"
      }
    return switch rest {
    case .halfAwayFromZero: "rounded to \(kept)"
    case .halfToEven: "rounded to \(kept), halves to even"
    case .towardZero: "cut off after \(kept)"
    }
  }
}

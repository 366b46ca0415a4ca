/// A finite `Double` as the shortest string of decimal digits that reads back as that `Double`.
///
/// This is the number a person sees, so it is the one that is rounded: 1.005 to two decimals is 1.01,
/// although the binary fraction behind it lies a little below 1.005.
public struct DecimalDigits: Equatable, Sendable {
  /// How digits that do not fit are treated.
  public enum Rule: Sendable {
    /// Round to nearest; halves go away from zero, as taught at school.
    case halfAwayFromZero
    /// Round to nearest; halves go to the even digit, so that they do not add up in one direction.
    case halfToEven
    /// Cut off.
    case towardZero
  }

  public let isNegative: Bool
  /// The significant digits, most significant first; empty for zero.
  public let digits: [UInt8]
  /// The place of the first digit: 0 for units, −1 for tenths, 2 for hundreds.
  public let exponent: Int

  /// Reads the digits of a finite number.
  public init(_ number: Double) {
    precondition(number.isFinite, "\(number) has no decimal digits")
    // `description` is "12.5", "1e-05" or "1.25e+16".
    let parts = number.magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let all = (mantissa[0] + (mantissa.count > 1 ? mantissa[1] : "")).utf8.map { $0 - 48 }
    let leadingZeros = all.prefix { $0 == 0 }.count
    var significant = Array(all.dropFirst(leadingZeros))
    while significant.last == 0 { significant.removeLast() }
    isNegative = number < 0
    digits = significant
    exponent =
      significant.isEmpty
      ? 0 : mantissa[0].count - 1 - leadingZeros + (parts.count > 1 ? Int(parts[1])! : 0)
  }

  private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    self.isNegative = isNegative
    self.digits = digits
    self.exponent = exponent
  }

  /// How many decimals the number has: 2 for 0.25, 0 for 1200.
  public var decimals: Int { max(0, digits.count - 1 - exponent) }

  /// The number with at most `decimals` digits after the point.
  public func rounded(toDecimals decimals: Int, _ rule: Rule = .halfAwayFromZero) -> DecimalDigits {
    let kept = exponent + 1 + decimals
    guard kept < digits.count else { return self }
    guard kept >= 0 else { return DecimalDigits(isNegative: false, digits: [], exponent: 0) }
    var result = Array(digits.prefix(kept))
    var place = exponent
    if roundsUp(at: kept, rule) {
      var index = kept - 1
      while index >= 0 && result[index] == 9 {
        result[index] = 0
        index -= 1
      }
      if index >= 0 {
        result[index] += 1
      } else {
        result.insert(1, at: 0)
        place += 1
      }
    }
    while result.last == 0 { result.removeLast() }
    let isZero = result.isEmpty
    return DecimalDigits(
      isNegative: isNegative && !isZero, digits: result, exponent: isZero ? 0 : place)
  }

  /// Whether the digit before the place `kept` grows by 1 when the rest is dropped.
  private func roundsUp(at kept: Int, _ rule: Rule) -> Bool {
    switch rule {
    case .towardZero: return false
    case .halfAwayFromZero: return digits[kept] >= 5
    case .halfToEven:
      // There are no zeros at the end: a half is a 5 that nothing follows.
      let isHalf = digits[kept] == 5 && kept == digits.count - 1
      let isOdd = kept > 0 && digits[kept - 1] % 2 == 1
      return isHalf ? isOdd : digits[kept] >= 5
    }
  }

  /// The number with at most `count` significant digits.
  public func rounded(toSignificant count: Int, _ rule: Rule = .halfAwayFromZero) -> DecimalDigits {
    rounded(toDecimals: count - 1 - exponent, rule)
  }

  /// The `Double` nearest to these digits.
  public var value: Double {
    // The digits as an integer with a power of ten: `Double(_:)` rounds correctly.
    let text = digits.isEmpty ? "0" : String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
    let magnitude = Double("\(text)e\(exponent - max(digits.count - 1, 0))")!
    return isNegative ? -magnitude : magnitude
  }

  /// Plain notation with exactly `decimals` digits after the point, never "-0.00".
  public func text(decimals: Int) -> String {
    let short = rounded(toDecimals: decimals)
    func digit(at place: Int) -> Character {
      let index = short.exponent - place
      guard short.digits.indices.contains(index) else { return "0" }
      return Character(UnicodeScalar(short.digits[index] + 48))
    }
    var result = short.isNegative ? "-" : ""
    for place in stride(from: max(short.exponent, 0), through: 0, by: -1) {
      result.append(digit(at: place))
    }
    if decimals > 0 {
      result.append(".")
      for place in 1...decimals { result.append(digit(at: -place)) }
    }
    return result
  }

  /// Mantissa with `significant` digits and exponent of ten, as `(mantissa: "1.2346", exponent: -5)`.
  public func scientific(significant: Int) -> (mantissa: String, exponent: Int) {
    let short = rounded(toSignificant: significant)
    let mantissa = DecimalDigits(
      isNegative: short.isNegative, digits: short.digits, exponent: 0)
    return (mantissa.text(decimals: significant - 1), short.exponent)
  }
}

import NeuralNetwork

/// How a number is written for readers. The one formatter of reports, tables and figures.
///
/// Numbers are rounded half away from zero on their shortest decimal form, trailing zeros are kept,
/// there is no "-0.00", and a number that is not zero is never shown as zero: where the decimals do
/// not reach, it is written with a power of ten.
public enum NumberFormat: Equatable, Sendable {
  /// That many digits after the point.
  case decimals(Int)
  /// That many significant digits; a power of ten below 0.001 and from a million up.
  case significant(Int)
  /// A power of ten, always, with that many significant digits.
  case scientific(Int)
  /// As many digits as the number has, up to that many significant ones.
  case upTo(Int)

  /// As many digits as the number has, up to twelve: enough to hide the rounding of `Double`.
  public static let plain = NumberFormat.upTo(12)

  /// Where the text goes: powers of ten are written differently in formulas.
  enum Context {
    case text
    case math
  }

  /// The number as text, such as `0.2426`, `−1.15` or `4.5·10⁻⁵`, with a true minus sign.
  public func text(_ number: Double) -> String {
    text(number, in: .text).replacing("-", with: "−")
  }

  /// The number for a formula; a negative one in brackets where it is a `factor`.
  public func tex(_ number: Double, factor: Bool = false) -> String {
    let text = text(number, in: .math)
    return factor && text.hasPrefix("-") ? "(\(text))" : text
  }

  func text(_ number: Double, in context: Context) -> String {
    guard number.isFinite else {
      let infinity = context == .math ? "\\infty" : "∞"
      return number.isNaN ? "NaN" : number < 0 ? "-\(infinity)" : infinity
    }
    let digits = DecimalDigits(number)
    switch self {
    case .decimals(let count):
      let short = digits.text(decimals: count)
      let vanished = number != 0 && !short.contains { ("1"..."9").contains($0) }
      return vanished ? power(digits, 2, context) : short
    case .significant(let count):
      if number == 0 { return "0" }
      if abs(number) < 1e-3 || abs(number) >= 1e6 { return power(digits, count, context) }
      let rounded = digits.rounded(toSignificant: count)
      return rounded.text(decimals: max(0, count - 1 - rounded.exponent))
    case .scientific(let count):
      return number == 0 ? "0" : power(digits, count, context)
    case .upTo(let count):
      if number == 0 { return "0" }
      let short = digits.rounded(toSignificant: count)
      if abs(number) < 1e-4 || abs(number) >= 1e15 {
        return power(short, short.digits.count, context)
      }
      return short.text(decimals: short.decimals)
    }
  }

  /// The number that a reader of the text has.
  func rounded(_ number: Double) -> Double {
    guard number.isFinite else { return number }
    let digits = DecimalDigits(number)
    switch self {
    case .decimals(let count):
      let short = digits.rounded(toDecimals: count)
      return number != 0 && short.value == 0
        ? digits.rounded(toSignificant: 2).value : short.value
    case .significant(let count), .scientific(let count), .upTo(let count):
      return digits.rounded(toSignificant: count).value
    }
  }

  private func power(_ digits: DecimalDigits, _ count: Int, _ context: Context) -> String {
    let (mantissa, exponent) = digits.scientific(significant: max(count, 1))
    switch context {
    case .math: return "\(mantissa) \\cdot 10^{\(exponent)}"
    case .text: return "\(mantissa)·10\(superscript(exponent))"
    }
  }
}

/// An integer in superscript digits: −5 is `⁻⁵`.
func superscript(_ number: Int) -> String {
  let digits: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]
  return String(String(number).map { digits[$0]! })
}

import NeuralNetwork

/// A number as a student wrote it, with the digits that were written.
struct Answer: Equatable {
  let value: Double
  /// Digits after the point; negative where powers of ten end before it.
  let decimals: Int
  /// Digits that say something: 2 for 0.047 and for 4.7e-2.
  let significant: Int

  /// - Returns: nil for what is no finite number.
  init?(_ text: String) {
    let text = text.replacing("−", with: "-").trimmingPrefix("+")
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard (1...2).contains(parts.count), let value = Double(text), value.isFinite,
      parts[0].allSatisfy({ $0.isASCII && $0.isNumber || $0 == "-" || $0 == "." })
    else { return nil }
    let power = parts.count == 2 ? Int(parts[1].trimmingPrefix("+")) : 0
    guard let power, abs(power) < 400 else { return nil }
    self.value = value
    let fraction = parts[0].firstIndex(of: ".").map { parts[0][$0...].count - 1 } ?? 0
    decimals = fraction - power
    significant = parts[0].filter(\.isNumber).drop { $0 == "0" }.count
  }

  /// Whether the number, rounded to the digits that were written, is what was written. Its last bits are
  /// noise: 0.75 · 0.31 is 0.2325 on a calculator, in binary a little less.
  func prints(_ number: Double, _ rule: DecimalDigits.Rule = .halfAwayFromZero) -> Bool {
    guard number.isFinite else { return false }
    let digits = DecimalDigits(number)
    return [digits, digits.rounded(toSignificant: 15)].contains {
      $0.rounded(toDecimals: decimals, rule) == DecimalDigits(value)
    }
  }

  /// Whether the two agree but for the last bits of a Double.
  func isExactly(_ number: Double) -> Bool {
    abs(value - number) <= 1e-12 * max(abs(value), abs(number))
  }

  /// Whether so few digits were written that they say little: `1` for 0.598.
  var isCoarse: Bool { significant < 2 && decimals < 2 }

  /// One unit in the last place that was written.
  var lastPlace: Double { Double("1e\(-decimals)") ?? 0 }
}

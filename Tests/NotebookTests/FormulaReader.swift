import Foundation

/// Computes what a formula on the page says, as a reader does: names are looked up, signs, dots,
/// fractions, powers and functions are carried out. Written for the tests, apart from the writer.
struct FormulaReader {
  /// The number of each name.
  let values: [String: Double]
  private let names: [String]
  private var rest: Substring = ""

  struct Unreadable: Error { let rest: String }

  init(_ values: [String: Double] = [:]) {
    self.values = values
    names = values.keys.sorted { $0.count > $1.count }
  }

  mutating func value(of formula: String) throws -> Double {
    rest = formula[...]
    let value = try sum()
    guard rest.isEmpty else { throw Unreadable(rest: String(rest)) }
    return value
  }

  private mutating func skip() {
    while rest.hasPrefix(" ") || rest.hasPrefix("\\,") {
      rest = rest.dropFirst(rest.hasPrefix(" ") ? 1 : 2)
    }
  }

  private mutating func take(_ text: String) -> Bool {
    skip()
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func expect(_ text: String) throws {
    if !take(text) { throw Unreadable(rest: String(rest)) }
  }

  private mutating func sum() throws -> Double {
    var value = take("-") ? -(try product()) : try product()
    while true {
      if take("+") {
        value += try product()
      } else if take("-") {
        value -= try product()
      } else {
        return value
      }
    }
  }

  private mutating func product() throws -> Double {
    var value = try power()
    while true {
      skip()
      if take("\\cdot") {
        value *= try power()
      } else if rest.isEmpty || "+-)}".contains(rest.first!) || rest.hasPrefix("\\right") {
        return value
      } else {
        value *= try power()
      }
    }
  }

  private mutating func power() throws -> Double {
    let base = try factor()
    guard take("^{") else { return base }
    let exponent = try sum()
    try expect("}")
    return pow(base, exponent)
  }

  private mutating func factor() throws -> Double {
    skip()
    if let name = names.first(where: { rest.hasPrefix($0) }) {
      rest = rest.dropFirst(name.count)
      return values[name]!
    }
    if take("\\frac{") {
      let numerator = try sum()
      try expect("}{")
      let denominator = try sum()
      try expect("}")
      return numerator / denominator
    }
    if take("e^{") {
      let exponent = try sum()
      try expect("}")
      return exp(exponent)
    }
    if take("\\sigma") { return 1 / (1 + exp(-(try factor()))) }
    if take("\\tanh") { return tanh(try factor()) }
    if take("\\log") { return log(try factor()) }
    if take("\\left(") {
      let value = try sum()
      try expect("\\right)")
      return value
    }
    if take("(") {
      let value = try sum()
      try expect(")")
      return value
    }
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { throw Unreadable(rest: String(rest)) }
    rest = rest.dropFirst(digits.count)
    return number
  }
}

import NeuralNetwork

/// Writes what a symbolic number remembers as people write it, in LaTeX: with the names of its operands,
/// or with their numbers put in.
///
/// The order of the operations stays; what is left out is only what nobody writes: factors 1, terms 0,
/// two signs in a row.
struct FormulaWriter<Number: Scalar> {
  typealias Term = Symbolic<Number>

  enum Style {
    /// `W_{11}^{(1)} x_1 + b_1^{(1)}`
    case symbols
    /// `0.3 \cdot 1 + 0.1`; what is unknown keeps its symbol.
    case numbers
  }

  /// The name of a number that has one, where the formula is to stop.
  let quantity: (Term) -> Quantity?
  let name: (Quantity) -> String
  /// How computed numbers are written; given ones stand as given.
  let format: NumberFormat
  /// Constants that a formula writes by name, such as 1/m.
  let constants: ConstantNames

  /// The formula of `term`, which is taken apart even where it has a name itself.
  func text(_ term: Term, _ style: Style) -> String {
    if case .quantity = term.form { return leaf(term, style) ?? "" }
    return sum(term, style, isRoot: true)
  }

  /// The number of `term`; a formula where something unknown is left.
  func result(_ term: Term) -> String {
    if term.isKnown { return format.tex(term.value) }
    let terms = summands(term, isRoot: true)
    let known = terms.filter(\.term.isKnown).map { $0.negative ? -$0.term.number : $0.term.number }
    var parts: [(negative: Bool, text: String)] = terms.filter { !$0.term.isKnown }.map { part in
      let (negative, factors) = self.factors(part.term)
      let unknown = factors.filter { !$0.isKnown }.map { factor($0, .numbers) }
      let numbers = factors.filter(\.isKnown).map(\.number)
      guard let first = numbers.first else {
        return (part.negative != negative, unknown.joined(separator: " "))
      }
      let coefficient = numbers.dropFirst().reduce(first, *).value
      return (
        (part.negative != negative) != (coefficient < 0),
        "\(format.tex(abs(coefficient))) \\, \(unknown.joined(separator: " "))"
      )
    }
    if let first = known.first {
      let constant = known.dropFirst().reduce(first, +).value
      parts.insert(
        (constant < 0, format.tex(abs(constant))), at: terms[0].term.isKnown ? 0 : parts.endIndex)
    }
    return joined(parts)
  }

  /// A number in a matrix, or its name where it is unknown.
  func entry(_ term: Term) -> String {
    if case .constant = term.form { return NumberFormat.plain.tex(term.value) }
    return term.isKnown ? shown(term).tex(term.value) : text(term, .numbers)
  }

  // MARK: Sums

  private func sum(_ term: Term, _ style: Style, isRoot: Bool = false) -> String {
    let terms = summands(term, isRoot: isRoot)
    return joined(
      terms.map { part in
        let product = self.product(part.term, style, isRoot: isRoot && part.term === term)
        return (part.negative != product.negative, product.text)
      })
  }

  private func joined(_ parts: [(negative: Bool, text: String)]) -> String {
    parts.enumerated().map { index, part in
      switch (index, part.negative) {
      case (0, false): part.text
      case (0, true): "-\(part.text)"
      case (_, false): " + \(part.text)"
      case (_, true): " - \(part.text)"
      }
    }.joined()
  }

  /// The terms of a sum with their signs, constant zeros left out.
  func summands(
    _ term: Term, negative: Bool = false, isRoot: Bool = false
  ) -> [(negative: Bool, term: Term)] {
    guard isRoot || quantity(term) == nil else { return [(negative, term)] }
    let parts: [(negative: Bool, term: Term)]
    switch term.form {
    case .sum(let l, let r):
      parts = summands(l, negative: negative) + summands(r, negative: negative)
    case .difference(let l, let r):
      parts = summands(l, negative: negative) + summands(r, negative: !negative)
    case .negation(let x): parts = summands(x, negative: !negative)
    default: return [(negative, term)]
    }
    let written = parts.filter { !isWithoutValue($0.term) }
    return written.isEmpty ? Array(parts.prefix(1)) : written
  }

  /// A constant 0, or the square of one.
  private func isWithoutValue(_ term: Term) -> Bool {
    if quantity(term) == nil, case .product(let l, let r) = term.form {
      return isConstant(l, 0) && isConstant(r, 0)
    }
    return isConstant(term, 0)
  }

  func isConstant(_ term: Term, _ value: Double) -> Bool {
    guard quantity(term) == nil, case .constant = term.form else { return false }
    return term.value == value
  }

  // MARK: Products

  private func factors(
    _ term: Term, isRoot: Bool = false
  ) -> (negative: Bool, terms: [Term]) {
    guard isRoot || quantity(term) == nil else { return (false, [term]) }
    switch term.form {
    case .product(let l, let r):
      let left = factors(l)
      let right = factors(r)
      // The error comes first, as people write a chain: (ŷ − y) w a (1 − a) x.
      let errorIsRight = quantity(l) != nil && right.terms.contains { isError($0) }
      let all = errorIsRight ? right.terms + left.terms : left.terms + right.terms
      let written = all.filter { !isConstant($0, 1) }
      return (left.negative != right.negative, written.isEmpty ? [all[0]] : written)
    case .negation(let x):
      let inner = factors(x)
      return (!inner.negative, inner.terms)
    case .sum, .difference:
      // A sum of one term, the others being zeros that nobody writes.
      let terms = summands(term, isRoot: isRoot)
      guard terms.count == 1 else { return (false, [term]) }
      let inner = factors(terms[0].term)
      return (inner.negative != terms[0].negative, inner.terms)
    default: return (false, [term])
    }
  }

  /// Whether it is the difference of an output and its target.
  private func isError(_ term: Term) -> Bool {
    guard quantity(term) == nil, case .difference(_, let y) = term.form else { return false }
    if case .target? = quantity(y) { return true }
    return false
  }

  private func product(
    _ term: Term, _ style: Style, isRoot: Bool
  ) -> (negative: Bool, text: String) {
    let (sign, terms) = factors(term, isRoot: isRoot)
    var negative = sign
    var text = ""
    var index = 0
    while index < terms.count {
      var count = 1
      while index + count < terms.count, terms[index + count] === terms[index] { count += 1 }
      var part = factor(
        terms[index], style, among: terms, isOnly: terms.count == 1, isRoot: isRoot)
      if part.hasPrefix("-"), index == 0, count == 1 {
        negative.toggle()
        part.removeFirst()
      } else if part.hasPrefix("-") {
        part = "(\(part))"
      }
      if count > 1 { part = power(part, count) }
      if index > 0 {
        let dot = style == .numbers || part.first?.isNumber == true
        text += dot ? " \\cdot " : part.hasPrefix("(") ? " " : " \\, "
      }
      text += part
      index += count
    }
    return (negative, text)
  }

  /// Superscripts of the name itself do not mix with the exponent.
  private func power(_ base: String, _ exponent: Int) -> String {
    base.contains("^") && !base.hasPrefix("(")
      ? "\\left(\(base)\\right)^{\(exponent)}" : "\(base)^{\(exponent)}"
  }

  private func factor(
    _ term: Term, _ style: Style, among factors: [Term] = [], isOnly: Bool = false,
    isRoot: Bool = false
  ) -> String {
    if !(isRoot && isOnly), let text = leaf(term, style) { return text }
    if case .constant = term.form {
      let named = constants.name(
        of: term.value, style == .symbols, ofPenalty: startsWithParameter(factors, after: term))
      return named ?? NumberFormat.plain.tex(term.value)
    }
    switch term.form {
    case .sum, .difference, .negation:
      if style == .numbers, isFolded(term) { return format.tex(term.value) }
      return isOnly ? sum(term, style) : "(\(sum(term, style)))"
    case .quotient(let l, let r):
      let (numerator, denominator) = cancelled(l, r)
      return "\\frac{\(sum(numerator, style))}{\(sum(denominator, style))}"
    case .function(let function, let x): return applied(function, x, style)
    case .product: return "(\(sum(term, style)))"
    case .quantity, .constant: return ""
    }
  }

  private func leaf(_ term: Term, _ style: Style) -> String? {
    guard let quantity = quantity(term) else { return nil }
    return style == .symbols || !term.isKnown ? name(quantity) : shown(term).tex(term.value)
  }

  /// Given numbers stand as given, unless they are as long as random ones.
  func shown(_ term: Term) -> NumberFormat {
    guard case .quantity(let quantity) = term.form, quantity.isGiven else { return format }
    return NumberFormat.upTo(8).rounded(term.value) == term.value ? .plain : format
  }

  private func startsWithParameter(_ factors: [Term], after constant: Term) -> Bool {
    guard factors.first === constant, factors.count > 1 else { return false }
    var first = factors[1]
    while true {
      if let quantity = quantity(first) {
        return switch quantity {
        case .weight, .bias: true
        default: false
        }
      }
      switch first.form {
      case .sum(let l, _), .product(let l, _), .difference(let l, _): first = l
      default: return false
      }
    }
  }

  // MARK: Functions

  private func applied(_ function: Term.Function, _ x: Term, _ style: Style) -> String {
    let argument = sum(x, style)
    switch function {
    case .exp: return "e^{\(argument)}"
    case .sigmoid: return "\\sigma(\(argument))"
    case .tanh: return "\\tanh(\(argument))"
    case .log:
      return quantity(x) == nil ? "\\log(\(argument))" : "\\log \(argument)"
    case .softplus:
      return "\\log(1 + e^{\(argument)})"
    }
  }

  /// Softmax subtracts the largest logit in every exponent; the common factor cancels.
  func cancelled(_ numerator: Term, _ denominator: Term) -> (Term, Term) {
    func exponents(_ term: Term) -> [(Term, shift: Term)]? {
      switch term.form {
      case .sum(let l, let r):
        guard let left = exponents(l), let right = exponents(r) else { return nil }
        return left + right
      case .function(.exp, let x):
        guard case .difference(let z, let shift) = x.form else { return nil }
        return [(z, shift)]
      default: return nil
      }
    }
    guard let top = exponents(numerator), let bottom = exponents(denominator),
      let shift = top.first?.shift, (top + bottom).allSatisfy({ $0.shift === shift })
    else { return (numerator, denominator) }
    func sum(_ exponents: [(Term, shift: Term)]) -> Term {
      let terms = exponents.map { Term.exp($0.0) }
      return terms.dropFirst().reduce(terms[0], +)
    }
    return (sum(top), sum(bottom))
  }
}

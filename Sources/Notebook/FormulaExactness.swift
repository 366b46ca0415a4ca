import NeuralNetwork

/// What a reader who puts in the numbers as they are written gets.
extension FormulaWriter {
  /// In a product a difference of two numbers is put in as one: `0.37 · 0.63`.
  func isFolded(_ term: Term) -> Bool {
    term.isKnown
      && summands(term).allSatisfy { part in
        if quantity(part.term) != nil { return true }
        if case .constant = part.term.form { return true }
        return false
      }
  }

  /// What the formula gives with the numbers as they are written on the page.
  func asShown(_ term: Term, isRoot: Bool = true, isFactor: Bool = false) -> Double {
    if !isRoot, quantity(term) != nil { return shown(term).rounded(term.value) }
    func part(_ x: Term) -> Double { asShown(x, isRoot: false) }
    func factor(_ x: Term) -> Double { asShown(x, isRoot: false, isFactor: true) }
    switch term.form {
    case .quantity: return shown(term).rounded(term.value)
    case .constant: return term.value
    case .sum(let l, let r):
      return isFactor && isFolded(term) ? format.rounded(term.value) : part(l) + part(r)
    case .difference(let l, let r):
      return isFactor && isFolded(term) ? format.rounded(term.value) : part(l) - part(r)
    case .product(let l, let r): return factor(l) * factor(r)
    case .quotient(let l, let r):
      let (numerator, denominator) = cancelled(l, r)
      return part(numerator) / part(denominator)
    case .negation(let x): return -part(x)
    case .function(let function, let x): return function(part(x))
    }
  }

  /// Whether every number that the formula puts in is written in full.
  func isExact(_ term: Term, isRoot: Bool = true, isFactor: Bool = false) -> Bool {
    if !isRoot, quantity(term) != nil { return isShownInFull(term) }
    func part(_ x: Term) -> Bool { isExact(x, isRoot: false) }
    func factor(_ x: Term) -> Bool { isExact(x, isRoot: false, isFactor: true) }
    switch term.form {
    case .quantity: return isShownInFull(term)
    case .constant: return true
    case .sum(let l, let r), .difference(let l, let r):
      return isFactor && isFolded(term) ? isShownInFull(term, format) : part(l) && part(r)
    case .product(let l, let r): return factor(l) && factor(r)
    case .quotient(let l, let r):
      let (numerator, denominator) = cancelled(l, r)
      return part(numerator) && part(denominator)
    case .negation(let x), .function(_, let x): return part(x)
    }
  }

  /// Whether the number has no more digits than are shown.
  func isShownInFull(_ term: Term) -> Bool { isShownInFull(term, shown(term)) }

  private func isShownInFull(_ term: Term, _ format: NumberFormat) -> Bool {
    !term.isKnown || isClose(format.rounded(term.value), term.value, within: 1e-12)
  }
}

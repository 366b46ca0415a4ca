import NeuralNetwork
import Notebook

/// How a worked solution is written: whose symbols, and how many digits.
struct Notation {
  let dialect: Dialect
  /// What a person with a calculator does with each result; nil where nothing is rounded on the way.
  let rule: RoundingRule?

  /// - Throws: `Diagnostic` for a notation or a number of decimals that there is not.
  init(_ name: String, round decimals: Int?) throws {
    guard let dialect = Dialect.named(name) else {
      let names = Dialect.all.flatMap { [$0.document, $0.name] }
      let nearest = names.min { distance($0, name) < distance($1, name) } ?? ""
      throw Diagnostic(
        "--notation", nil,
        "there is no notation '\(name.prefix(30))'; the nearest is '\(nearest)'; there are "
          + Dialect.all.map { "\($0.name) (\($0.document))" }.joined(separator: ", "))
    }
    if let decimals, !(0...15).contains(decimals) {
      throw Diagnostic("--round", nil, "is \(decimals); allowed: 0 to 15 decimals")
    }
    self.dialect = dialect
    rule = decimals.map { .decimals($0) }
  }

  /// How computed numbers are written.
  var format: NumberFormat {
    if case .decimals(let count)? = rule?.digits { .decimals(count) } else { .upTo(6) }
  }
}

/// How one document names the parts of a network: one network, five dialects.
///
/// Everywhere in the code the input is layer 0 and a weight belongs to the layer that it leads to. A
/// dialect turns these positions into the document's own symbols, in LaTeX, with its own layer numbers.
public struct Dialect: Sendable {
  /// How a layer number is set: `z^{(2)}`, `z^{[1]}` or `z^1`.
  enum Superscript: Sendable {
    case parentheses
    case brackets
    case bare
  }

  /// How the gradient of a parameter is written.
  enum Gradient: Sendable {
    /// `∂J/∂w`.
    case quotient
    /// `dw`.
    case prefixed(String)
    /// Another symbol with the parameter's indices.
    case instead(String)
  }

  /// The document's number, `000` to `004`.
  public let document: String
  /// A short name of the document, as in the ids of its claims.
  public let name: String
  /// The number that the input layer has.
  public let inputLayer: Int
  /// Whether weights and biases carry the number of the layer they come from, not of the one they
  /// lead to.
  public let numbersWeightsBySource: Bool
  /// Whether the bias is column 0 of the weights, with a unit `a_0 = 1` in every layer.
  public let hasBiasColumn: Bool
  let superscript: Superscript
  let weight: String
  let input: String?
  let output: String?
  let pre: String
  let deltaSymbol: String?
  let gradient: Gradient
  let cost: String
  public let learningRate: String?
  public let exampleCount: String

  /// The dialects of the five documents, in order.
  ///
  /// Document 004 does not say whether its layer 1 is the input; here it is the first hidden layer.
  public static let all = [
    Dialect(
      document: "000", name: "sellie", inputLayer: 1, numbersWeightsBySource: true,
      hasBiasColumn: false,
      superscript: .parentheses, weight: "W", input: "x", output: "\\hat y", pre: "z",
      deltaSymbol: nil, gradient: .quotient, cost: "J",
      learningRate: "\\alpha", exampleCount: "N"),
    Dialect(
      document: "001", name: "deeplearning", inputLayer: 0, numbersWeightsBySource: false,
      hasBiasColumn: false,
      superscript: .bare, weight: "w", input: "x", output: "\\hat y", pre: "z",
      deltaSymbol: "\\delta", gradient: .quotient, cost: "L",
      learningRate: "\\eta", exampleCount: "m"),
    Dialect(
      document: "002", name: "wang", inputLayer: 0, numbersWeightsBySource: false,
      hasBiasColumn: false,
      superscript: .brackets, weight: "w", input: "x", output: "\\hat y", pre: "z",
      deltaSymbol: "dz", gradient: .prefixed("d"), cost: "L",
      learningRate: nil, exampleCount: "m"),
    Dialect(
      document: "003", name: "damlf", inputLayer: 1, numbersWeightsBySource: true,
      hasBiasColumn: true,
      superscript: .parentheses, weight: "\\Theta", input: nil, output: nil, pre: "z",
      deltaSymbol: "\\delta", gradient: .instead("D"),
      cost: "J", learningRate: nil, exampleCount: "m"),
    Dialect(
      document: "004", name: "dmml", inputLayer: 0, numbersWeightsBySource: false,
      hasBiasColumn: false,
      superscript: .bare, weight: "w", input: nil, output: nil, pre: "z", deltaSymbol: "\\delta",
      gradient: .quotient, cost: "C",
      learningRate: nil, exampleCount: "n"),
  ]

  /// The dialect of a document.
  public static func of(_ document: String) -> Dialect {
    guard let dialect = all.first(where: { $0.document == document }) else {
      preconditionFailure("there is no document \(document)")
    }
    return dialect
  }

  /// The dialect with that document's number or name, whatever the case; nil where there is none.
  public static func named(_ name: String) -> Dialect? {
    all.first { $0.document == name || $0.name == name.lowercased() }
  }

  // MARK: Layers and shapes

  /// The number that the document gives a layer (0 is the input).
  public func number(ofLayer layer: Int) -> Int { layer + inputLayer }

  /// The number on the weights and biases that lead to a layer 1…L.
  public func number(ofWeightsTo layer: Int) -> Int {
    number(ofLayer: layer) - (numbersWeightsBySource ? 1 : 0)
  }

  /// Rows and columns of the weights that lead to a layer with `units` units from `inputs` inputs.
  public func weightShape(units: Int, inputs: Int) -> (rows: Int, columns: Int) {
    (units, inputs + (hasBiasColumn ? 1 : 0))
  }

  // MARK: Symbols

  /// The weight from `source` in the layer below to `unit` of a layer 1…L.
  func weight(_ layer: Int, _ unit: Int, _ source: Int) -> String {
    let index = max(unit, source) > 9 ? "\(unit),\(source)" : "\(unit)\(source)"
    return indexed(weight, index, number(ofWeightsTo: layer))
  }

  func bias(_ layer: Int, _ unit: Int) -> String {
    hasBiasColumn
      ? weight(layer, unit, 0) : indexed("b", "\(unit)", number(ofWeightsTo: layer))
  }

  /// A symbol with its layer, and with an index where it is one entry.
  func indexed(_ symbol: String, _ index: String?, _ layer: Int) -> String {
    let entry = index.map { "\(symbol)_{\($0)}" } ?? symbol
    return switch superscript {
    case .parentheses: "\(entry)^{(\(layer))}"
    case .brackets: "\(entry)^{[\(layer)]}"
    case .bare: "\(entry)^{\(layer)}"
    }
  }
}

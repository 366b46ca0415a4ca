/// A number that remembers how it was made.
///
/// Beside the number itself, in the arithmetic `Number`, it keeps the operation and the operands that
/// it comes from. Run on symbolic numbers, the forward and the backward pass write down their own
/// formulas; on `Symbolic<HandNumber>` with the values that a person notes at each step.
///
/// Operands are shared, not copied: `a₁` in the sum of the next layer is the very object that the
/// activation made, so a reader of the formula can stop there and write its name.
public final class Symbolic<Number: Scalar>: Scalar {
  /// What is applied to one number.
  public enum Function: Sendable {
    case exp, log, tanh, sigmoid, softplus
  }

  /// How a number came about.
  public enum Form: Sendable {
    /// Given, under the name of its place.
    case quantity(Quantity)
    /// A constant of a formula, such as the 1 of `1 − a`.
    case constant
    case sum(Symbolic, Symbolic)
    case difference(Symbolic, Symbolic)
    case product(Symbolic, Symbolic)
    case quotient(Symbolic, Symbolic)
    case negation(Symbolic)
    case function(Function, Symbolic)
  }

  public let form: Form
  /// The number in its own arithmetic; NaN where something unknown went into it.
  public let number: Number
  public var value: Double { number.value }
  /// Whether every number that went into it is known.
  public var isKnown: Bool { !number.value.isNaN }
  public static var notesLines: Bool { Number.notesLines }
  public func preferred(
    _ formula: @autoclosure () -> Symbolic, orExactly exact: @autoclosure () -> Symbolic
  ) -> Symbolic {
    var chosen: Symbolic?
    func choose(_ term: Symbolic) -> Number {
      chosen = term
      return term.number
    }
    _ = number.preferred(choose(formula()), orExactly: choose(exact()))
    return chosen ?? exact()
  }

  /// The very object where there is nothing to note: a linear unit's `a` is its `z`.
  public var noted: Symbolic {
    let noted = number.noted
    return noted == number || !isKnown ? self : Symbolic(form, number: noted)
  }

  /// A number that was made as `form` says.
  public init(_ form: Form, number: Number) {
    self.form = form
    self.number = number
  }

  /// A given number.
  public convenience init(_ quantity: Quantity, _ number: Number) {
    self.init(.quantity(quantity), number: number)
  }

  /// A quantity that nobody gave a number: what is computed with it stays a formula.
  ///
  /// It can stand where a backward pass over a stated forward pass needs it. A forward pass refuses it as
  /// not finite, because a kink could not tell its side.
  public convenience init(unknown quantity: Quantity) {
    self.init(.quantity(quantity), number: Number(.nan))
  }

  public convenience init(_ value: Double) {
    self.init(.constant, number: Number(value))
  }

  /// Equal as numbers, however they were made.
  public static func == (l: Symbolic, r: Symbolic) -> Bool { l.number == r.number }

  public static func + (l: Symbolic, r: Symbolic) -> Symbolic {
    Symbolic(.sum(l, r), number: l.number + r.number)
  }
  public static func - (l: Symbolic, r: Symbolic) -> Symbolic {
    Symbolic(.difference(l, r), number: l.number - r.number)
  }
  public static func * (l: Symbolic, r: Symbolic) -> Symbolic {
    Symbolic(.product(l, r), number: l.number * r.number)
  }
  public static func / (l: Symbolic, r: Symbolic) -> Symbolic {
    Symbolic(.quotient(l, r), number: l.number / r.number)
  }
  public static prefix func - (x: Symbolic) -> Symbolic {
    Symbolic(.negation(x), number: -x.number)
  }
  public static func exp(_ x: Symbolic) -> Symbolic { x.applying(.exp) }
  public static func log(_ x: Symbolic) -> Symbolic { x.applying(.log) }
  public static func tanh(_ x: Symbolic) -> Symbolic { x.applying(.tanh) }
  public static func sigmoid(_ x: Symbolic) -> Symbolic { x.applying(.sigmoid) }
  public static func softplus(_ x: Symbolic) -> Symbolic { x.applying(.softplus) }

  private func applying(_ function: Function) -> Symbolic {
    Symbolic(.function(function, self), number: function(number))
  }

  /// The formula with other numbers put in, in any arithmetic.
  ///
  /// - Parameter given: the number of each quantity that was given.
  public func evaluated<Other: Scalar>(_ given: (Quantity) -> Other) -> Other {
    Self.evaluated([self], given)[0]
  }

  /// Formulas with other numbers put in, in any arithmetic. What they have in common is computed once.
  ///
  /// - Parameter given: the number of each quantity that was given.
  public static func evaluated<Other: Scalar>(
    _ formulas: [Symbolic], _ given: (Quantity) -> Other
  ) -> [Other] {
    var known: [ObjectIdentifier: Other] = [:]
    func evaluate(_ part: Symbolic) -> Other {
      if let result = known[ObjectIdentifier(part)] { return result }
      let result: Other =
        switch part.form {
        case .quantity(let quantity): given(quantity)
        case .constant: Other(part.value)
        case .sum(let l, let r): evaluate(l) + evaluate(r)
        case .difference(let l, let r): evaluate(l) - evaluate(r)
        case .product(let l, let r): evaluate(l) * evaluate(r)
        case .quotient(let l, let r): evaluate(l) / evaluate(r)
        case .negation(let x): -evaluate(x)
        case .function(let function, let x): function(evaluate(x))
        }
      known[ObjectIdentifier(part)] = result
      return result
    }
    return formulas.map(evaluate)
  }
}

extension Symbolic.Function {
  /// The function in the arithmetic of `x`.
  public func callAsFunction<Other: Scalar>(_ x: Other) -> Other {
    switch self {
    case .exp: .exp(x)
    case .log: .log(x)
    case .tanh: .tanh(x)
    case .sigmoid: .sigmoid(x)
    case .softplus: .softplus(x)
    }
  }
}

extension Network {
  /// The same network on symbols, every parameter under the name of its place.
  ///
  /// - Parameter biasless: the layers (from 1) whose biases are no parameters but zeros.
  public func symbolic(biasless: Set<Int> = []) throws -> Network<Symbolic<T>> {
    try Network<Symbolic<T>>(
      layers.enumerated().map { index, layer in
        let weights = layer.weights.symbolic {
          .weight(layer: index + 1, unit: $0, source: $1)
        }
        let biases = layer.biases.enumerated().map {
          biasless.contains(index + 1)
            ? Symbolic(0) : Symbolic(.bias(layer: index + 1, unit: $0 + 1), $1)
        }
        return try Layer(
          Parameters(weights: weights, biases: biases), activation: layer.activation)
      })
  }
}

extension Matrix {
  /// The same matrix on symbols; `quantity` names the entry in a row and column, both from 1.
  public func symbolic(_ quantity: (Int, Int) -> Quantity) -> Matrix<Symbolic<Element>> {
    Matrix<Symbolic<Element>>(rows: rows, columns: columns) {
      Symbolic(quantity($0 + 1, $1 + 1), self[$0, $1])
    }
  }
}

extension ForwardPass {
  /// The stated pass on symbols; an entry that is NaN is unknown.
  public func symbolic() throws -> ForwardPass<Symbolic<T>> {
    func known(_ matrix: Matrix<T>, _ quantity: (Int, Int) -> Quantity) -> Matrix<Symbolic<T>> {
      Matrix<Symbolic<T>>(rows: matrix.rows, columns: matrix.columns) { row, column in
        let number = matrix[row, column]
        let name = quantity(row + 1, column + 1)
        return number.value.isNaN ? Symbolic(unknown: name) : Symbolic(name, number)
      }
    }
    return try ForwardPass<Symbolic<T>>(
      stated: known(a(0)) { .a(layer: 0, unit: $0, example: $1) },
      layers: preActivations.indices.map { index in
        (
          known(preActivations[index]) { .z(layer: index + 1, unit: $0, example: $1) },
          known(activations[index + 1]) { .a(layer: index + 1, unit: $0, example: $1) }
        )
      })
  }
}

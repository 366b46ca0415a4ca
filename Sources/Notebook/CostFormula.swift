import NeuralNetwork

/// Writes a cost as the documents do.
///
/// The engine computes cross-entropy from the logits, as `softplus(−z)`, which keeps its digits where the
/// output has rounded to 0 or 1. Documents write the same number as `−log a`.
struct CostFormula<Number: Scalar> {
  typealias Term = Symbolic<Number>

  let pass: ForwardPass<Term>
  let layers: Int

  func asWritten(_ term: Term) -> Term {
    switch term.form {
    case .sum(let l, let r):
      return Term(.sum(asWritten(l), asWritten(r)), number: term.number)
    case .product(let l, let r):
      return Term(.product(asWritten(l), asWritten(r)), number: term.number)
    case .difference(let softplus, let product):
      // softplus(z) − y z = −y log a − (1 − y) log(1 − a)
      guard case .function(.softplus, let z) = softplus.form, let a = output(ofLogit: z),
        case .product(let y, _) = product.form
      else { return term }
      let one = Term(1)
      if y.value == 0 { return Term(.negation(.log(one - a)), number: term.number) }
      return Term(
        .difference(-(y * .log(a)), (one - y) * .log(one - a)), number: term.number)
    case .function(.softplus, let x):
      if case .negation(let z) = x.form, let a = output(ofLogit: z) {
        return Term(.negation(.log(a)), number: term.number)
      }
      return output(ofDistribution: x).map { Term(.negation(.log($0)), number: term.number) }
        ?? term
    default: return term
    }
  }

  private func output(ofLogit z: Term) -> Term? {
    let sums = pass.z(layers)
    return sums.elements.firstIndex { $0 === z }.map { pass.a(layers).elements[$0] }
  }

  /// The class whose logit is subtracted from all others.
  private func output(ofDistribution logSumExp: Term) -> Term? {
    guard case .sum(let shift, _) = logSumExp.form, case .difference(_, let own) = shift.form
    else { return nil }
    return output(ofLogit: own)
  }
}

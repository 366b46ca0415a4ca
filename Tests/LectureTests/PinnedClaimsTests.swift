import Foundation
import Testing

@testable import Notebook

/// The lectures' values against values from an independent computation.
@Suite struct PinnedClaimsTests {
  /// `pinned.csv`: values computed with 50 digits and written with 15, in the order of `computed`.
  static let pinned: [(id: String, values: [Double])] = {
    let url = Bundle.module.url(forResource: "pinned", withExtension: "csv")!
    let text = try! String(contentsOf: url, encoding: .utf8)
    let lectures = Set(Run.all.map { $0.name.lowercased() })
    return try! CSV.read(text, path: url.path, header: ["id", "values"]).map {
      ($0.fields[0], $0.fields[1].split(list: ";").map { Double($0)! })
    }.filter { lectures.contains(String($0.0.prefix { $0 != "." })) }
  }()

  /// Fifteen printed digits are good to 5e−16 relative; a claim is a few to a few dozen operations in
  /// `Double`, each good to 1e−16, some on numbers such as 1 − 0.0001 that cancel four digits. 2e−12
  /// covers that and nothing that a person would call another number.
  @Test("a claim's value agrees with the independent one", arguments: pinned)
  func agrees(id: String, values: [Double]) throws {
    let computed = try Run.claim(id).evidence.values
    try #require(computed.count >= values.count)
    for (value, expected) in zip(computed, values) {
      #expect(abs(value - expected) <= 2e-12 * abs(expected), "\(id): \(value), not \(expected)")
    }
  }

  @Test(
    "every claim and erratum of a ledger is recorded, and many values are pinned",
    arguments: [
      ("Notation", 83, 39, 35), ("Forward", 52, 15, 20), ("Backprop", 120, 48, 45),
      ("Softmax", 39, 10, 24), ("Dropout", 17, 2, 9),
      ("Forward", 52, 15, 20), ("Backprop", 120, 48, 45), ("Initialization", 39, 9, 22),
    ])
  func complete(lecture: String, claims: Int, errata: Int, pins: Int) throws {
    #expect(try Run.lecture(lecture).claims.count == claims)
    #expect(try Run.lecture(lecture).errata.count == errata)
    #expect(
      Self.pinned.filter { $0.id.hasPrefix(lecture.lowercased() + ".") }.count >= pins)
  }

  @Test(
    "verdicts that the documents' digits must get",
    arguments: [
      ("notation.sellie.quiz-a32", Verdict.inconsistent),
      ("notation.sellie.shape-w1", .exact), ("notation.deeplearning.weights-count", .inconsistent),
      ("notation.deeplearning.yhat-row", .ambiguous), ("notation.sellie.expand-z2", .identity),
      ("forward.sellie.a2-1", .rounded), ("forward.sellie.z3", .handRounded),
      ("forward.sellie.a3", .rounded), ("forward.sellie.linear-bias", .inconsistent),
      ("forward.wang.mean-tanh", .exact), ("forward.wang.notebook", .notComputable),
      ("backprop.deeplearning.w2-new", .rounded), ("backprop.deeplearning.w1-new", .truncated),
      ("backprop.deeplearning.dl-dw1", .exact), ("backprop.deeplearning.a-vs-z", .inconsistent),
      ("backprop.damlf.delta22", .inconsistent), ("backprop.damlf.delta-comment", .ambiguous),
      ("backprop.deeplearning.four-equations", .identity), ("backprop.wang.why-q", .question),
      ("backprop.deeplearning.assignment", .notComputable),
      ("dropout.damlf.remove", .exact), ("dropout.damlf.probability", .exact),
      ("dropout.damlf.keep-by-layer", .ambiguous), ("dropout.damlf.scaling", .ambiguous),
      ("dropout.damlf.norm", .derived), ("dropout.damlf.keras", .notComputable),
      ("softmax.deeplearning.example-sum", .exact), ("softmax.deeplearning.profit", .question),
      ("softmax.deeplearning.grad-z", .identity), ("softmax.deeplearning.notation", .ambiguous),
      ("softmax.deeplearning.ce-gradient-base", .inconsistent),
      ("softmax.deeplearning.quotient", .inconsistent), ("softmax.sellie.ce-multi", .inconsistent),
      ("softmax.damlf.one-vs-all", .exact),
      ("initialization.damlf.unroll-theta", .exact),
      ("initialization.damlf.unroll-sizes", .inconsistent),
      ("initialization.damlf.mnist-wildcard", .inconsistent),
      ("initialization.damlf.logreg-zero", .inconsistent),
      ("initialization.damlf.zero-equal-delta", .exact),
      ("initialization.damlf.zero-delta-zero", .inconsistent),
      ("initialization.damlf.nonconvex", .exact), ("initialization.damlf.bfgs", .derived),
      ("initialization.deeplearning.theta0", .ambiguous),
      ("initialization.damlf.zero-fails-q", .question),
      ("initialization.damlf.figures", .notComputable),
    ])
  func verdicts(id: String, verdict: Verdict) throws {
    #expect(try Run.claim(id).verdict == verdict)
  }

  @Test("every inconsistent claim names an erratum that some computation shows")
  func errataShown() throws {
    let shown = try Set(Run.all.flatMap { try $0.woven.get().errata.map(\.entry.id) })
    for claim in try Run.claims().values where claim.verdict == .inconsistent {
      #expect(!shown.isDisjoint(with: claim.entry.errata), "\(claim.entry.id)")
    }
  }
}

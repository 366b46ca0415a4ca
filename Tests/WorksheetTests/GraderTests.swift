import Foundation
import NeuralNetwork
import Testing

@testable import Notebook
@testable import Worksheet

@Suite("Grading")
struct GraderTests {
  private static let header = "step,example,layer,quantity,row,column,value\n"

  private func grades(_ name: String, _ rows: String) throws -> [Grade] {
    let answers = try AnswerSheet(text: Self.header + rows, path: "answers.csv")
    return try Grader(shippedSheet(name), answers, path: "answers.csv").results.map(\.grade)
  }

  @Test("the key itself is right throughout", arguments: try! shipped())
  func key(file: URL) throws {
    let sheet = try SheetReader.sheet(path: file.path)
    let run = try Run(sheet, recording: [1, 2, 3], as: { $0 })
    let answers = try AnswerSheet(text: Values(sheet, run.steps).csv(), path: "answers.csv")
    let grader = try Grader(sheet, answers, path: "answers.csv")
    #expect(grader.results.allSatisfy { $0.grade == .right })
    #expect(grader.unanswered == 0)
    let solved = Values(sheet, run.steps).all.filter { !$0.isGiven }.count
    #expect(
      grader.report(path: "a.csv").hasSuffix(
        "\(solved) right, 0 rounded differently, 0 known slips, 0 wrong, 0 not answered"))
  }

  @Test("right at the digits that were written")
  func asPrinted() throws {
    // 0.593269992…, 0.596884378…, δ = 0.138498562…
    #expect(
      try grades(
        "two-inputs",
        """
        1,1,1,a,1,,0.59
        1,1,1,a,2,,0.596884
        1,1,2,delta,1,,1.385e-1
        1,1,2,delta,2,,−0.0381
        1,1,1,z,1,,+0.3775
        """) == [.right, .right, .right, .right, .right])
  }

  @Test("cut off, one digit, off by one in the last place")
  func roundedDifferently() throws {
    // 0.596884378…, 0.751365070…, 0.772928465…
    #expect(
      try grades(
        "two-inputs",
        """
        1,1,1,a,2,,0.5968
        1,1,2,a,1,,0.8
        1,1,2,a,2,,0.7730
        """) == [
          .rounded("cut off"), .rounded("to one digit"), .rounded("off by one in the last digit"),
        ])
  }

  @Test("a zero: what a small number is cut off to, and no sign of a slip")
  func zeros() throws {
    // 0.00877135…, and half of it would print 0.00 too.
    #expect(
      try grades("two-inputs", "1,1,1,delta,1,,0.00\n1,1,1,delta,2,,0.0\n1,1,2,delta,1,,0\n")
        == [.rounded("cut off"), .rounded("to one digit"), .rounded("to one digit")])
  }

  @Test("halves are rounded as on a calculator: 0.75 · 0.31 is 0.2325, in binary a little less")
  func halves() throws {
    for (w, x, printed) in [("0.75", "0.31", "0.233"), ("0.15", "0.55", "0.083")] {
      let text = """
        { inputs: [\(x)], layers: [{ weights: [[\(w)]], activation: "identity" }] }
        """
      let sheet = try SheetReader.sheet(text: text, path: "t.json5")
      let answers = try AnswerSheet(
        text: Self.header + "1,1,1,z,1,,\(printed)\n", path: "a.csv")
      #expect(try Grader(sheet, answers, path: "a.csv").results.map(\.grade) == [.right])
    }
  }

  @Test("document 000's −1.15 follows when every step is rounded to two decimals")
  func byHand() throws {
    #expect(
      try grades("forward-1-2-1", "1,1,2,z,1,,-1.15\n1,1,2,a,1,,0.24\n")
        == [.rounded("every line rounded to 2 decimals"), .right])
    #expect(try grades("forward-1-2-1", "1,1,2,z,1,,-1.18\n") == [.wrong])
  }

  @Test("a wrong sign, a forgotten factor, a step uphill, and nonsense")
  func slips() throws {
    #expect(
      try grades(
        "two-inputs",
        """
        1,1,2,delta,1,,-0.1385
        1,1,,loss,,,0.59674
        1,1,1,z,1,,0.123
        """) == [.slip([.errorSign]), .slip([.lossTwice]), .wrong])
    #expect(
      try grades("two-inputs", "1,1,2,delta,1,,0.7414\n")
        == [.slip([.outputDerivativeForgotten, .allDerivativesForgotten])])
  }

  /// Worked by hand in Python: the 2-2-2 example with the mistake made, from the formulas.
  @Test("slips on the way back, against Python")
  func slipsAgainstPython() throws {
    #expect(
      try grades(
        "two-inputs",
        """
        1,1,1,delta,1,,0.00729446
        1,1,1,delta,2,,0.01162049
        """) == [.slip([.updatedTooEarly]), .slip([.backwardNotTransposed])])
    #expect(
      try grades("two-inputs", "1,1,1,delta,1,,0.03635031\n")
        == [.slip([.hiddenDerivativeForgotten])])
  }

  @Test("the mean over examples, the base of the logarithm, dropout's scale, the penalty")
  func moreSlips() throws {
    func right(_ name: String, _ key: String) throws -> Double {
      try #require(table(values(shippedSheet(name)))[key])
    }
    // Θ with λ/2m, two examples: the summed loss is twice the mean.
    let data = try right("theta-regularized", "1,,,data_cost,,")
    #expect(
      try grades("theta-regularized", "1,,,data_cost,,,\(2 * data)\n")
        == [.slip([.examplesReduced])])
    let loss = try right("softmax-labels", "1,1,,loss,,")
    #expect(
      try grades("softmax-labels", "1,1,,loss,,,\(loss * 0.6931471805599453)\n")
        == [.slip([.bitsForNats])])
    let masked = try right("dropout-masks", "1,1,1,a_masked,1,")
    #expect(
      try grades("dropout-masks", "1,1,1,a_masked,1,,\(masked / 1.5)\n") == [.slip([.maskScale])])
    let penalty = try right("theta-regularized", "1,,,penalty,,")
    #expect(
      try grades("theta-regularized", "1,,,penalty,,,\(2 * penalty)\n")
        == [.slip([.penaltyTwice])])
  }

  @Test(
    "without a slip, the grader's own backward pass gives the engine's numbers",
    arguments: try! shipped())
  func ownBackwardPass(file: URL) throws {
    let sheet = try SheetReader.sheet(path: file.path)
    let steps: Set = [1, 2, 3, 4]
    let engine = try table(Values(sheet, Run(sheet, recording: steps, as: { $0 }).steps))
    let own = try table(Values(sheet, SlippedRun(sheet, nil, recording: steps).steps))
    #expect(own.count > 15)
    for (key, value) in own { #expect(isClose(engine[key], value, within: 1e-12), "\(key)") }
  }

  @Test("every slip that a worksheet allows changes a number of it", arguments: Slip.allCases)
  func everySlip(slip: Slip) throws {
    // A square network with everything on.
    let sheet = try SheetReader.sheet(
      text: """
        { inputs: [[0.5, -1], [2, 1]], targets: [[0, 1], [1, 0]],
          layers: [{ weights: [[0.3, 0.2], [-0.4, 0.5]], biases: [0.1, 0.2], activation: "tanh" },
                   { weights: [[0.7, -0.6], [0.2, 0.9]], biases: [0.3, -0.1], activation: "sigmoid" }],
          loss: { kind: "\(slip == .bitsForNats || slip == .decimalLogarithm ? "binary cross-entropy" : "squared error")" },
          dropout: { masks: [[1, 1]], rate: 0.2 },
          regularization: { convention: "lambda", lambda: 0.1 },
          training: { learningRate: 0.5 } }
        """, path: "t")
    #expect(slip.isPossible(in: sheet))
    let right = try table(values(sheet))
    let slipped = try table(Values(sheet, SlippedRun(sheet, slip, recording: [1]).steps))
    let moved = slipped.filter { !isClose(right[$0.key], $0.value, within: 1e-6) }
    #expect(!moved.isEmpty)
    #expect(!slip.description(sheet).isEmpty)
  }

  @Test(
    "a whole solution made with one slip is recognized, number by number", arguments: Slip.allCases)
  func wholeSolution(slip: Slip) throws {
    for file in try shipped() {
      let sheet = try SheetReader.sheet(path: file.path)
      guard slip.isPossible(in: sheet) else { continue }
      let steps = try SlippedRun(sheet, slip, recording: [1]).steps
      let rows = Values(sheet, steps).all.filter { !$0.isGiven && $0.value.isFinite }.map { value in
        let digits = DecimalDigits(value.value)
        let places = max(0, 7 - digits.exponent)
        return (value.key.fields + [digits.text(decimals: places)]).joined(separator: ",")
      }
      let answers = try AnswerSheet(
        text: Self.header + rows.joined(separator: "\n"), path: "answers.csv")
      let results = try Grader(sheet, answers, path: "answers.csv").results
      for result in results {
        switch result.grade {
        case .right: break
        case .slip(let found): #expect(found.contains(slip), "\(file.lastPathComponent)")
        case .rounded, .wrong:
          Issue.record(
            "\(file.lastPathComponent), \(result.entry.key.description): \(result.grade)")
        }
      }
    }
  }

  @Test("answers that cannot be read are named with line and column")
  func badAnswers() throws {
    let cases = [
      ("1,1,1,a,1,,abc\n", "answers.csv:2: error: value: 'abc' is no number"),
      (
        "1,1,1,a,1,,\"0,5\"\n",
        "answers.csv:2: error: value: '0,5' is no number; a decimal point is written '.'"
      ),
      (
        "1,1,1,a,1,,0,5\n",
        "answers.csv:2: error: expected 7 fields, found 8; a decimal point is written '.', not ','"
      ),
      ("1,1,1,a,1\n", "answers.csv:2: error: expected 7 fields, found 5"),
      ("1,one,1,a,1,,0.5\n", "answers.csv:2: error: example: 'one' is no whole number"),
      (",1,1,a,1,,0.5\n", "answers.csv:2: error: step: is blank"),
      (
        "1,1,1,a,9,,0.5\n",
        "answers.csv:2: error: the worksheet has no step 1, example 1, layer 1, a[9]"
      ),
      (
        "1,1,1,a,1,,0.5\n1,1,1,detla,1,,0.5\n",
        "answers.csv:3: error: quantity: there is no 'detla'; did you mean 'delta'?"
      ),
      (
        "7,1,1,a,1,,0.5\n",
        "answers.csv:2: error: the worksheet has no step 7, example 1, layer 1, a[1]"
      ),
      (
        "1,1,1,a,1,,0.5\n1,1,1,a,1,,0.6\n",
        "answers.csv:3: error: step 1, example 1, layer 1, a[1] is on line 2 already"
      ),
      ("1,1,1,a,1,,1e999\n", "answers.csv:2: error: value: '1e999' is no number"),
      ("1,1,1,a,1,,nan\n", "answers.csv:2: error: value: 'nan' is no number"),
      ("1,1,1,a,1,,\"0.5\n", "answers.csv:2: error: a quoted field is not closed"),
    ]
    for (rows, expected) in cases {
      #expect(message { _ = try grades("two-inputs", rows) } == expected)
    }
    #expect(
      message { _ = try AnswerSheet(text: "a;b\n", path: "answers.csv") }
        == "answers.csv:1: error: the header must be step,example,layer,quantity,row,column,value; the columns are separated by commas"
    )
    #expect(message { _ = try AnswerSheet(text: "", path: "answers.csv") } != nil)
  }

  @Test(
    "blank answers and blank lines are not answered; a spreadsheet's mark and line ends do no harm")
  func blanks() throws {
    let text = "\u{FEFF}" + Self.header + "1,1,1,a,1,,\n\n1,1,1,a,2,,0.597\n,,,,,,\n"
    let answers = try AnswerSheet(text: text.replacing("\n", with: "\r\n"), path: "answers.csv")
    #expect(answers.entries.map(\.answer.value) == [0.597])
    let grader = try Grader(shippedSheet("two-inputs"), answers, path: "answers.csv")
    #expect(grader.unanswered == 35)
  }

  @Test("a given number that was changed is said")
  func changed() throws {
    let answers = try AnswerSheet(
      text: Self.header + "1,,1,weight,1,1,0.15\n1,,1,weight,1,2,0.2000001\n", path: "a.csv")
    let report = try Grader(shippedSheet("two-inputs"), answers, path: "a.csv").report(
      path: "a.csv")
    #expect(
      report.hasPrefix(
        "a.csv:3: step 1, layer 1, weight[1, 2] = 0.2000001: changed: the worksheet says 0.2\n"))
  }

  @Test("digits that were written: 0.047, 4.70e-2, 1200")
  func digits() throws {
    let small = try #require(Answer("4.70e-2"))
    #expect(small.decimals == 4 && small.significant == 3 && small.prints(0.04701))
    #expect(!small.prints(0.0471))
    #expect(try #require(Answer("-0.047")).prints(-0.04651))
    #expect(try #require(Answer("1200")).prints(1200.4))
    for text in ["", "-", ".", "e5", "0x10", "1e", "infinity", "1.2.3", "٣"] {
      #expect(Answer(text) == nil, "\(text)")
    }
  }
}

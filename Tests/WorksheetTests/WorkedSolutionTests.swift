import Foundation
import NeuralNetwork
import Notebook
import Testing

@testable import Worksheet

/// The page with every step.
@Suite struct WorkedSolutionTests {
  static func pages(
    _ text: String, _ notation: String = "sellie", round: Int? = nil
  ) throws -> (solved: String, blank: String) {
    let sheet = try SheetReader.sheet(text: text, path: "test.json5")
    let notation = try Notation(notation, round: round)
    let steps = Set(1...(sheet.training?.steps ?? 1))
    let run = try Run(sheet, recording: steps) { LineNumber($0, notation.rule) }
    return try WorkedSolution(sheet: sheet, notation: notation).pages(run.steps)
  }

  static let worked = """
    {
      inputs: [1], targets: [1],
      layers: [
        { weights: [[0.3], [0.4]], biases: [0.1, 0.2], activation: "sigmoid" },
        { weights: [[1, -3]], biases: [0.2], activation: "sigmoid" },
      ],
      loss: { kind: "half squared error" },
      training: { learningRate: 1 },
    }
    """

  @Test("The key has the formula, the numbers put in and the result of every step")
  func key() throws {
    let page = try Self.pages(Self.worked).solved
    #expect(page.hasPrefix("# test\n\nA 1-2-1 network (sigmoid, sigmoid), half squared error, "))
    for line in [
      "z_{1}^{(2)} &= W_{11}^{(1)} \\, x_{1} + b_{1}^{(1)} = 0.3 \\cdot 1 + 0.1 = 0.4 \\\\",
      "\\hat y &= \\sigma(z_{1}^{(3)}) \\approx \\sigma(-1.13828) \\approx 0.242636\n",
      "b_{1}^{(2)} &\\leftarrow b_{1}^{(2)} - \\alpha \\, \\frac{\\partial J}{\\partial b_{1}^{(2)}} \\approx 0.2 - 1 \\cdot (-0.139176) = 0.339176\n",
      "The cost of all examples is 0.229677.",
    ] {
      #expect(page.contains(line), "\(line)")
    }
  }

  @Test("Rounded to two decimals the page has the slide's −1.15 and 0.24")
  func rounded() throws {
    let page = try Self.pages(Self.worked, round: 2).solved
    #expect(
      page.contains("Every result is rounded to 2 decimals, and the next step goes on with that."))
    #expect(page.contains("= 1 \\cdot 0.60 - 3 \\cdot 0.65 + 0.2 = -1.15 \\\\"))
    #expect(page.contains("\\hat y &= \\sigma(z_{1}^{(3)}) = \\sigma(-1.15) \\approx 0.24\n"))
  }

  @Test("With rounding a line is worked in full and then noted, as its numbers on the page give it")
  func roundedLines() throws {
    let text = """
      {
        inputs: [1, -2], targets: [0.5],
        layers: [
          { weights: [[0.3, 0.25], [-0.75, 0.5]], activation: "leaky ReLU", slope: 0.1 },
          { weights: [[0.3, 0.1]], biases: [-0.1], activation: "sigmoid" },
        ],
        loss: { kind: "binary cross-entropy" },
      }
      """
    let page = try Self.pages(text, round: 3).solved
    // z₂ = −1.750, a₂ = −0.175, z₁ = −0.200, a₁ = −0.020: 0.3 · −0.02 + 0.1 · −0.175 − 0.1 = −0.1235.
    #expect(page.contains("0.3 \\cdot (-0.020) + 0.1 \\cdot (-0.175) - 0.1 \\approx -0.124 "))
    // σ(−0.124) = 0.46904; −½ (log 0.469 + log 0.531) = 0.69507, from the output as it was noted.
    #expect(page.contains("\\approx 0.469\n"))
    #expect(page.contains("\\approx 0.695\n"))
  }

  @Test("Cross-entropy of a rounded output is the logarithm of what is written")
  func roundedCrossEntropy() throws {
    let text = """
      {
        inputs: [1], targets: [1],
        layers: [{ weights: [[1.03]], activation: "sigmoid" }],
        loss: { kind: "binary cross-entropy" },
      }
      """
    // σ(1.03) = 0.7369 is noted as 0.74; −log 0.74 = 0.301, while from the sum it would be 0.305.
    let page = try Self.pages(text, round: 2).solved
    #expect(page.contains("-\\log \\hat y = -\\log 0.74 \\approx 0.30\n"))
  }

  @Test("A sum that is 0 on paper is 0 on the page, and at a kink it is on the side of 0")
  func noise() throws {
    let text = """
      {
        inputs: [1, 1], targets: [1],
        layers: [
          { weights: [[0.1, 0.2], [0.5, 0.1]], biases: [-0.3, 0.1], activation: "ReLU" },
          { weights: [[1, 1]], activation: "identity" },
        ],
        loss: { kind: "squared error" },
      }
      """
    let page = try Self.pages(text).solved
    #expect(page.contains("0.1 \\cdot 1 + 0.2 \\cdot 1 - 0.3 = 0 \\\\"))
    #expect(page.contains("a_{1}^{(2)} &= 0 \\quad (z_{1}^{(2)} \\le 0)"))
    #expect(!page.contains("10^{-1"))
  }

  @Test("A shared bias of a softmax layer has the gradient 0")
  func cancelled() throws {
    let text = """
      {
        inputs: [0.3], targets: [1, 0],
        layers: [{ weights: [[0.3], [0.7]], sharedBias: 0.1, activation: "softmax" }],
        loss: { kind: "cross-entropy" },
        training: { learningRate: 0.1 },
      }
      """
    let page = try Self.pages(text).solved
    #expect(page.contains("= 0 \\\\\n\\frac{\\partial J}{\\partial W_{21}^{(1)}}"))
    #expect(!page.contains("10^{-"))
  }

  @Test("The penalty's λ is written by name with biases as with weights")
  func penalizedBias() throws {
    let text = """
      {
        inputs: [0.3], targets: [1],
        layers: [{ weights: [[0.3]], biases: [0.2], activation: "identity" }],
        loss: { kind: "squared error" },
        regularization: { convention: "lambda/2", lambda: 0.01, biases: true },
      }
      """
    let page = try Self.pages(text).solved
    #expect(page.contains(" + \\lambda \\, b_{1}^{(1)} "))
  }

  @Test("What a later step starts from is written rounded, with ≈")
  func givenLater() throws {
    let page = try Self.pages(
      Self.worked.replacing("learningRate: 1 }", with: "learningRate: 1, steps: 2 }")
    ).solved
    #expect(page.contains("W^{(1)} &= \\begin{bmatrix} 0.3 \\\\ 0.4 \\end{bmatrix}"))
    #expect(page.contains("W^{(1)} &\\approx \\begin{bmatrix} 0.333439 "))
  }

  @Test(
    "The same page in five notations, by name and by number",
    arguments: [
      ("sellie", "W_{11}^{(1)} \\, x_{1} + b_{1}^{(1)}"),
      ("001", "w_{11}^{1} \\, x_{1} + b_{1}^{1}"),
      ("Wang", "w_{11}^{[1]} \\, x_{1} + b_{1}^{[1]}"),
      ("damlf", "\\Theta_{10}^{(1)} \\, a_{0}^{(1)} + \\Theta_{11}^{(1)} \\, a_{1}^{(1)}"),
      ("004", "w_{11}^{1} \\, a_{1}^{0} + b_{1}^{1}"),
    ])
  func notations(name: String, sum: String) throws {
    #expect(try Self.pages(Self.worked, name).solved.contains(" &= \(sum) = "))
  }

  @Test("The sheet to fill in has what is given, the formulas, and no result")
  func blank() throws {
    let page = try Self.pages(Self.worked).blank
    #expect(page.contains("W^{(1)} &= \\begin{bmatrix} 0.3 \\\\ 0.4 \\end{bmatrix}"))
    #expect(
      page.contains(
        "z_{1}^{(2)} &= W_{11}^{(1)} \\, x_{1} + b_{1}^{(1)} = \\boxed{\\phantom{0.0000}} \\\\"))
    for result in ["0.5986", "0.2426", "0.139", "0.229", "Gradient check"] {
      #expect(!page.contains(result), "\(result)")
    }
  }

  @Test("Which side of ReLU's kink a unit is on is not given away")
  func kinks() throws {
    let text = """
      {
        inputs: [1], targets: [1],
        layers: [
          { weights: [[-0.5], [0.5]], biases: [0.25, 0], activation: "ReLU" },
          { weights: [[1, 2]], activation: "identity" },
        ],
        loss: { kind: "squared error" },
      }
      """
    let (solved, blank) = try Self.pages(text)
    #expect(solved.contains("a_{1}^{(2)} &= 0 \\quad (z_{1}^{(2)} \\le 0)"))
    #expect(blank.contains("a_{1}^{(2)} &= \\mathrm{ReLU}(z_{1}^{(2)}) = \\boxed"))
    #expect(
      blank.contains(
        "W_{11}^{(2)} \\, \\frac{\\partial J}{\\partial z_{1}^{(3)}} \\, g'(z_{1}^{(2)}) = \\boxed")
    )
    #expect(!blank.contains("\\le 0") && !blank.contains("> 0"))
  }

  @Test(
    "A layer without biases has none in its sums, gradients and updates; fixed ones do not move")
  func missingAndFixed() throws {
    let text = """
      {
        inputs: [1], targets: [1],
        layers: [
          { weights: [[0.5], [0.5]], activation: "sigmoid" },
          { weights: [[1, 2]], sharedBias: 0.5, activation: "identity" },
        ],
        loss: { kind: "squared error" },
        training: { learningRate: 1, fixed: ["layers[1].biases"] },
      }
      """
    let page = try Self.pages(text).solved
    #expect(page.contains("z_{1}^{(2)} &= W_{11}^{(1)} \\, x_{1} = 0.5 \\cdot 1 = 0.5"))
    #expect(!page.contains("b_{1}^{(1)}"))
    #expect(page.contains("\\frac{\\partial J}{\\partial b_{1}^{(2)}} &="))
    #expect(!page.contains("b_{1}^{(2)} &\\leftarrow"))
  }

  @Test("One bias for two units has one gradient, the sum over the units")
  func sharedBias() throws {
    let text = """
      {
        inputs: [1], targets: [[1, 0]],
        layers: [{ weights: [[0.5], [0.25]], sharedBias: 0.5, activation: "identity" }],
        loss: { kind: "half squared error" },
        training: { learningRate: 1 },
      }
      """
    let page = try Self.pages(text, "deeplearning").solved
    #expect(
      page.contains(
        "\\frac{\\partial L}{\\partial b_{1}^{1}} &= \\delta_{1}^{1} + \\delta_{2}^{1} = 0 + 0.75 = 0.75"
      ))
    #expect(
      page.contains(
        "b_{2}^{1} &\\leftarrow b_{2}^{1} - \\eta \\, \\frac{\\partial L}{\\partial b_{2}^{1}} = 0.5 - 1 \\cdot 0.75 = -0.25"
      ))
  }

  @Test("A wide layer is written with matrices, and one that fits no page is left to the table")
  func sizes() throws {
    func text(_ units: Int) -> String {
      let rows = (1...units).map { "[\($0), 0.5]" }.joined(separator: ", ")
      return """
        { inputs: [0.1, 0.2], targets: [[\((1...units).map { _ in "0" }.joined(separator: ","))]],
          layers: [{ weights: [\(rows)], biases: [\((1...units).map { _ in "0" }.joined(separator: ","))],
            activation: "sigmoid" }], loss: { kind: "squared error" }, training: { learningRate: 1 } }
        """
    }
    #expect(
      try Self.pages(text(10)).solved.contains(
        "z^{(2)} &= W^{(1)} x + b^{(1)} = \\begin{bmatrix} 1 & 0.5 \\\\"))
    #expect(
      try Self.pages(text(13)).solved.contains(
        "Its matrices do not fit on a page; `values.csv` has every number."))
  }

  @Test("A notation that there is not is refused with the nearest one")
  func unknownNotation() {
    #expect {
      _ = try Notation("damlff", round: nil)
    } throws: {
      "\($0)"
        == "--notation: error: there is no notation 'damlff'; the nearest is 'damlf'; there are sellie (000), "
        + "deeplearning (001), wang (002), damlf (003), dmml (004)"
    }
  }

  @Test("Decimals outside 0 to 15 are refused")
  func unknownRounding() {
    #expect {
      _ = try Notation("wang", round: 16)
    } throws: {
      "\($0)" == "--round: error: is 16; allowed: 0 to 15 decimals"
    }
  }

  @Test("A learning rate that happens to equal a solved value is no leak")
  func statedConstants() throws {
    // δ = (½ − 0) ½ ½ = 0.125.
    let text = """
      {
        inputs: [1], targets: [0],
        layers: [{ weights: [[0]], activation: "sigmoid" }],
        loss: { kind: "half squared error" },
        training: { learningRate: 0.125 },
      }
      """
    let sheet = try SheetReader.sheet(text: text, path: "test.json5")
    let run = try Run(sheet, recording: [1]) { LineNumber($0) }
    let file = OutputFile(name: "worked.md", text: try Self.pages(text).blank)
    let values = Values(sheet, run.steps)
    #expect(throws: Diagnostic.self) { try StudentSheet(values, further: [file]) }
    #expect(try StudentSheet(values, further: [file], stating: sheet.constants).files.count == 2)
  }

  @Test("Every shipped worksheet has a page to hand out that holds no solved value")
  func shipped() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../notebooks/worksheets").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json5") }
    #expect(names.count >= 9)
    for name in names {
      let path = folder.appendingPathComponent(name).path
      let sheet = try SheetReader.sheet(path: path)
      let run = try Run(sheet, recording: [1]) { LineNumber($0) }
      let pages = try WorkedSolution(sheet: sheet, notation: Notation("wang", round: nil))
        .pages(run.steps)
      let files = try StudentSheet(
        Values(sheet, run.steps), further: [OutputFile(name: "worked.md", text: pages.blank)]
      ).files
      #expect(files.map(\.name) == ["values.csv", "worked.md"])
    }
  }

  @Test("The README's line stands in the worked solution of the two inputs")
  func readme() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../..").standardized
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let line = try #require(
      readme.split(separator: "\n").first { $0.hasPrefix("z_{1}^{(2)} = ") })
    let text = try String(
      contentsOf: root.appendingPathComponent("notebooks/worksheets/two-inputs.json5"),
      encoding: .utf8)
    #expect(
      try Self.pages(text).solved.contains(
        line.replacing(" = W", with: " &= W", maxReplacements: 1) + " \\\\\n"))
  }
}

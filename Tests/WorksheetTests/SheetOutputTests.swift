import Foundation
import Testing

@testable import Notebook
@testable import Worksheet

@Suite("Student sheets, variants, templates")
struct SheetOutputTests {
  // MARK: Student

  @Test("what is to be solved is blank, what is given stands there", arguments: try! shipped())
  func student(file: URL) throws {
    let sheet = try SheetReader.sheet(path: file.path)
    let values = try Values(sheet, Run(sheet, recording: [1, 2], as: { $0 }).steps)
    let student = try StudentSheet(values)
    let rows = try CSV.read(student.files[0].text, path: "values.csv", header: Values.header)
    #expect(rows.count == values.all.count)
    #expect(rows.contains { $0.fields[6].isEmpty })
    for (row, value) in zip(rows, values.all) {
      let isGiven =
        ["x", "y", "mask"].contains(value.key.quantity)
        || value.key.step == 1 && ["weight", "bias"].contains(value.key.quantity)
      #expect(row.fields[6] == (isGiven ? CSV.text(value.value) : ""), "\(value.key)")
    }
  }

  @Test(
    "a solved value in a file for students stops the run, whole, rounded or cut off",
    arguments: ["0.593269992107187", "0.593", "0.5932699", "0.59326", "−0.596884", "5.93e-1"])
  func leak(text: String) throws {
    let values = try values(shippedSheet("two-inputs"))
    for file in [
      OutputFile(name: "sheet.md", text: "Compute $a$ (about \(text), you will find).\n"),
      OutputFile(name: "more.csv", text: "name,value\na,\(text)\n"),
    ] where !(file.name == "sheet.md" && text == "5.93e-1") {
      let found = message { _ = try StudentSheet(values, further: [file]) }
      #expect(found?.contains("which solves step 1, example 1, layer 1, a[") == true, "\(file)")
    }
  }

  @Test("given numbers, two digits and numbers of rows are no leak")
  func noLeak() throws {
    let values = try values(shippedSheet("two-inputs"))
    let text = "Use 0.15, 0.350 and 0.99; round to 0.59. Page 123."
    #expect(
      message {
        _ = try StudentSheet(values, further: [OutputFile(name: "sheet.md", text: text)])
      } == nil)
  }

  // MARK: Variants

  private func variants(_ name: String, _ count: Int, seed: UInt64) throws -> [Variants.Variant] {
    try Variants(text: shippedText(name), path: "\(name).json5", seed: seed).drawn(count)
  }

  @Test(
    "variants of every worksheet are pleasant, differ, and are the same for the same seed",
    arguments: [
      "two-inputs", "forward-1-2-1", "softmax-labels", "xor-batch", "theta-regularized",
      "regression-online", "dropout-masks", "dropout-drawn", "backprop-two-weights",
    ])
  func variants(name: String) throws {
    let drawn = try variants(name, 4, seed: 7)
    #expect(Set(drawn.map(\.text)).count == 4)
    #expect(try variants(name, 4, seed: 7).map(\.text) == drawn.map(\.text))
    #expect(try variants(name, 2, seed: 7).map(\.text) == drawn.prefix(2).map(\.text))
    #expect(try variants(name, 4, seed: 8).map(\.text) != drawn.map(\.text))
    let original = try shippedSheet(name)
    for (index, variant) in drawn.enumerated() {
      #expect(variant.text.hasPrefix("// Variant \(index + 1) of \(name).json5, seed 7.\n"))
      #expect(variant.sheet.title == "\(original.title), variant \(index + 1)")
      #expect(variant.sheet.targets == original.targets)
      #expect(
        variant.sheet.network.layers.map(\.weights.shape)
          == original.network.layers.map(\.weights.shape))
      #expect(variant.sheet.network != original.network)
      // No comment but the first speaks of the old numbers.
      #expect(variant.text.dropFirst(3).firstRange(of: "//") == nil)
      let step = try #require(Run(variant.sheet, recording: [1], as: { $0 }).steps.first)
      #expect(Variants.unpleasant(variant.sheet, step) == nil)
      for number in variant.sheet.network.parameters + variant.sheet.inputs.elements {
        #expect(DecimalCount.of(number) <= 4, "\(number)")
      }
    }
  }

  private enum DecimalCount {
    static func of(_ number: Double) -> Int {
      CSV.text(number).split(separator: ".").dropFirst().first?.count ?? 0
    }
  }

  @Test("a saturated unit, a kink and equal sums are unpleasant")
  func unpleasant() throws {
    func reason(_ weights: String, _ activation: String) throws -> String? {
      let sheet = try SheetReader.sheet(
        text: """
          { inputs: [[1, 1]], targets: [[0, 0]],
            layers: [{ weights: \(weights), activation: "\(activation)" }],
            loss: { kind: "squared error" } }
          """, path: "t")
      let step = try #require(Run(sheet, recording: [1], as: { $0 }).steps.first)
      return Variants.unpleasant(sheet, step)
    }
    #expect(try reason("[[3, 2], [0, 1]]", "sigmoid") == "a unit of layer 1 is saturated: z = 5")
    #expect(try reason("[[3, 0], [0, 1]]", "sigmoid") == nil)
    #expect(try reason("[[3, 0], [0, 1]]", "tanh") == "a unit of layer 1 is saturated: z = 3")
    #expect(try reason("[[1, -1], [0, 1]]", "ReLU") == "a unit of layer 1 stands at the kink")
    #expect(try reason("[[-1, -1], [0, -1]]", "ReLU") == "all units of layer 1 are off")
    #expect(try reason("[[1, 2], [2, 1]]", "identity") == "two units of layer 1 have the same sum")
    #expect(try reason("[[0, 0], [0, 0]]", "sigmoid") == nil)
    #expect(try reason("[[9, 0], [0, 0]]", "softmax") == "softmax is certain of a class")
  }

  @Test("where nothing pleasant can be drawn, the last reason is said")
  func hopeless() {
    let text = """
      { inputs: [[1]], targets: [[1]], layers: [{ weights: [[0]], activation: "sigmoid" }],
        loss: { kind: "squared error" }, labels: [0] }
      """
    #expect(
      message { _ = try Variants(text: text, path: "t.json5", seed: 1).drawn(1) }
        == "t.json5: error: no pleasant variant 1 was found in 600 draws; the last: there is no "
        + "number to draw")
  }

  // MARK: Template

  @Test("a template is a right worksheet of its sizes", arguments: ["2-3-1", "1-1", "4-2-3-2"])
  func template(sizes: String) throws {
    let text = try Template(sizes).text
    let sheet = try SheetReader.sheet(text: text, path: "mine.json5")
    let built = [sheet.network.inputCount] + sheet.network.layers.map(\.weights.rows)
    #expect(built.map(String.init).joined(separator: "-") == sizes)
    #expect(text.contains("// one example a row"))
    let step = try #require(Run(sheet, recording: [1], as: { $0 }).steps.first)
    #expect(Variants.unpleasant(sheet, step)?.contains("saturated") != true)
  }

  @Test(
    "sizes that are none",
    arguments: ["", "3", "2-0-1", "2-x-1", "2--1", "2-31", "1-1-1-1-1-1-1-1-1-1-1"])
  func badTemplate(sizes: String) {
    #expect(
      message { _ = try Template(sizes) }
        == "--template: error: '\(sizes)' is no list of layer sizes; write 2 to 10 numbers from 1 to "
        + "30, the input first, such as 2-3-1")
  }

  // MARK: Cost curve

  @Test("a curve of up to a thousand points with both ends, and none for a single step")
  func curve() throws {
    #expect(CostCurve(title: "", costs: [2, 1]).files.isEmpty)
    let files = CostCurve(title: "", costs: (0...12_345).map { 1 / Double($0 + 1) }).files
    #expect(files.map(\.name) == ["cost.svg", "cost.csv"])
    let rows = try CSV.read(files[1].text, path: "", header: ["steps_done", "cost"])
    #expect(rows.count <= 1001)
    #expect(rows.first?.fields == ["0", "1"])
    #expect(rows.last?.fields[0] == "12345")
    #expect(files[0].text.contains("on a logarithmic axis"))
    #expect(CostCurve(title: "", costs: [1, 2, 1e300]).files.isEmpty)
  }

  @Test("from weights that are all 0 the variants differ in their gradients, not in their cost")
  func zeroStart() throws {
    let text = """
      { inputs: [[1], [2], [3]], targets: [2, 4, 6],
        layers: [{ weights: [[0]], biases: [0], activation: "identity" }],
        loss: { kind: "squared error" }, training: { learningRate: 0.1 } }
      """
    let drawn = try Variants(text: text, path: "t.json5", seed: 1).drawn(5)
    #expect(Set(drawn.map { $0.sheet.inputs.elements }).count == 5)
  }
}

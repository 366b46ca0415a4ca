import Foundation
import NeuralNetwork
import Testing

@testable import Worksheet

@Suite("The numbers of worked worksheets")
struct WorkedNumbersTests {
  @Test("document 000's pass: z 0.4, 0.6, −1.138…; a 0.2426…; ½(1 − a)² 0.2868…")
  func forward121() throws {
    let numbers = try table(values(shippedSheet("forward-1-2-1")))
    #expect(isClose(numbers["1,1,1,z,1,"], 0.4))
    #expect(isClose(numbers["1,1,1,z,2,"], 0.6))
    #expect(isClose(numbers["1,1,1,a,1,"], 0.598687660112452))
    #expect(isClose(numbers["1,1,1,a,2,"], 0.645656306225795, within: 1e-14 * 100))
    #expect(isClose(numbers["1,1,2,z,1,"], -1.13828125856493, within: 1e-14 * 10))
    #expect(isClose(numbers["1,1,2,a,1,"], 0.242636063734711, within: 1e-14 * 100))
    #expect(isClose(numbers["1,1,,loss,,"], 0.286800065977627, within: 1e-14 * 100))
    #expect(isClose(numbers["1,1,2,delta,1,"], -0.139176078175333, within: 1e-12))
    // 003's table has the cost after one step of rate 1 to five digits.
    #expect(abs(try #require(numbers["2,,,cost,,"]) - 0.22968) < 5e-6)
  }

  @Test("document 001's step: −0.75, −0.2775, 12.002775, −2.0979, −125.874, 1.35874")
  func twoWeights() throws {
    let numbers = try table(values(shippedSheet("backprop-two-weights")))
    let expected = [
      "1,1,1,a,1,": 0.37, "1,1,2,a,1,": 0.25, "1,1,2,delta,1,": -0.75,
      "1,,2,weight_gradient,1,1": -0.2775, "1,,2,weight_after,1,1": 12.002775,
      "1,1,1,delta,1,": -2.0979, "1,,1,weight_gradient,1,1": -125.874,
      "1,,1,weight_after,1,1": 1.35874, "1,1,,loss,,": 1.38629436111989,
    ]
    for (key, value) in expected {
      #expect(isClose(numbers[key], value, within: 3e-14 * 10), "\(key)")
    }
    // The slide moves the weights only.
    #expect(numbers["1,,2,bias_after,1,"] == numbers["1,,2,bias,1,"])
    #expect(isClose(numbers["1,,2,bias_gradient,1,"], -0.75))
  }

  @Test("the 2-2-2 example, as published to nine decimals, and its second pass")
  func twoInputs() throws {
    let numbers = try table(values(shippedSheet("two-inputs")))
    let published = [
      "1,1,1,z,1,": 0.3775, "1,1,1,a,1,": 0.593269992, "1,1,1,a,2,": 0.596884378,
      "1,1,2,z,1,": 1.105905967, "1,1,2,a,1,": 0.751365070, "1,1,2,a,2,": 0.772928465,
      "1,1,2,output_loss,1,": 0.274811083, "1,1,2,output_loss,2,": 0.023560026,
      "1,1,,loss,,": 0.298371109, "1,,2,weight_gradient,1,1": 0.082167041,
      "1,,2,weight_after,1,1": 0.358916480, "1,,2,weight_after,1,2": 0.408666186,
      "1,,2,weight_after,2,1": 0.511301270, "1,,2,weight_after,2,2": 0.561370121,
      "1,,1,weight_gradient,1,1": 0.000438568, "1,,1,weight_after,1,1": 0.149780716,
      "1,,1,weight_after,1,2": 0.19956143, "1,,1,weight_after,2,1": 0.24975114,
      "1,,1,weight_after,2,2": 0.29950229,
    ]
    for (key, value) in published {
      #expect(abs(try #require(numbers[key]) - value) < 6e-9, "\(key)")
    }
    #expect(isClose(numbers["2,,,cost,,"], 0.29102777369359933))
    // One bias for two units is one number, whose gradient is the sum over both.
    #expect(numbers["1,,1,bias,,"] == 0.35)
    #expect(numbers["1,,1,bias,1,"] == nil)
    let sum = try #require(numbers["1,1,2,delta,1,"]) + #require(numbers["1,1,2,delta,2,"])
    #expect(isClose(numbers["1,,2,bias_gradient,,"], sum))
    #expect(numbers["1,,2,bias_after,,"] == 0.6)
  }

  // From NumPy: the costs from their definitions, the gradients by complex steps of 1e−30.
  @Test(
    "softmax, Θ with L2, given masks and a regression agree with NumPy",
    arguments: ["softmax-labels", "theta-regularized", "dropout-masks", "regression-online"])
  func numpy(name: String) throws {
    let numbers = try table(values(shippedSheet(name)))
    let pinned = try #require(Self.pinned[name])
    #expect(pinned.count >= 8)
    for (key, value) in pinned {
      #expect(isClose(numbers[key], value), "\(key): \(numbers[key] ?? .nan)")
    }
  }

  private static let pinned: [String: [String: Double]] = [
    "softmax-labels": [
      "1,1,,loss,,": 1.7099292352459634,
      "1,2,,loss,,": 1.2965213718647912,
      "1,,,cost,,": 1.5032253035553773,
      "1,,1,bias_gradient,1,": -0.3286060463386181,
      "1,,1,bias_gradient,2,": 0.5890227575462318,
      "1,,1,bias_gradient,3,": -0.26041671120761384,
      "1,1,1,delta,1,": 0.19815222950907635,
      "1,1,1,delta,2,": 0.8035469145354046,
      "1,1,1,delta,3,": -1.0016991440444813,
      "1,2,1,delta,1,": -0.8553643221863125,
      "1,2,1,delta,2,": 0.3744986005570589,
      "1,2,1,delta,3,": 0.4808657216292537,
      "2,1,,loss,,": 1.2391241052288335,
      "2,2,,loss,,": 1.1682221607481982,
      "2,,,cost,,": 1.203673132988516,
      "3,1,,loss,,": 0.9214920952363241,
      "3,2,,loss,,": 1.056619813871802,
      "3,,,cost,,": 0.989055954554063,
      "3,,1,weight_after,1,1": 0.13270581173024293,
      "3,,1,weight_after,1,2": -0.3751097168195596,
      "3,,1,weight_after,2,1": 0.07462818351110381,
      "3,,1,weight_after,2,2": 0.2575954288714323,
      "3,,1,weight_after,3,1": 0.39266600475865326,
      "3,,1,weight_after,3,2": 0.41751428794812734,
      "4,,,cost,,": 0.8347814962985607,
    ],
    "theta-regularized": [
      "1,,,cost,,": 0.7884571113884054,
      "2,,,cost,,": 0.7703272681539006,
      "2,,1,weight_after,1,1": 0.2708122800010571,
      "2,,1,weight_after,1,2": -0.20993086619347837,
      "2,,1,weight_after,2,1": -0.35696448884675047,
      "2,,1,weight_after,2,2": 0.5482751966063965,
      "2,,1,bias_after,1,": 0.08124852548211639,
      "2,,1,bias_after,2,": 0.20954753830633624,
      "2,,2,weight_after,1,1": 0.6668636736983744,
      "2,,2,weight_after,1,2": -0.5191196655468352,
      "2,,2,bias_after,1,": 0.20475502000777004,
      "3,,,cost,,": 0.7578563319128633,
    ],
    "dropout-masks": [
      "1,,,cost,,": 0.40928271421196377,
      "1,,1,weight_gradient,1,1": -0.09649104551149282,
      "1,,1,weight_gradient,1,2": -0.19298209102298564,
      "1,,1,weight_gradient,2,1": -0.060919034559878606,
      "1,,1,weight_gradient,2,2": 0.12183806911975721,
      "1,,1,weight_gradient,3,1": -0.05789462730689568,
      "1,,1,weight_gradient,3,2": -0.11578925461379136,
      "1,,2,weight_gradient,1,1": -0.15438567281838853,
      "1,,2,weight_gradient,1,2": 0.24367613823951437,
      "1,,2,weight_gradient,1,3": -0.15438567281838853,
      "1,1,1,delta,1,": -0.19298209102298564,
      "1,1,1,delta,2,": 0.0,
      "1,1,1,delta,3,": -0.11578925461379136,
      "1,1,2,delta,1,": -0.2573094546973142,
      "1,2,1,delta,1,": 0.0,
      "1,2,1,delta,2,": -0.24367613823951442,
      "1,2,1,delta,3,": 0.0,
      "1,2,2,delta,1,": 0.40612689706585736,
      "2,,,cost,,": 0.4857333073705036,
    ],
    "regression-online": [
      "1,,,cost,,": 0.5762941312754369,
      "1,1,1,delta,1,": 0.0342984374486672,
      "1,1,1,delta,2,": 0.004714062482889068,
      "1,1,2,delta,1,": 0.2015625,
      "1,1,2,delta,2,": 0.8745312482889066,
      "1,1,3,delta,1,": -0.23217769190491802,
      "1,1,3,delta,2,": 0.8674803838098359,
      "2,,,cost,,": 0.930018735870766,
      "3,,,cost,,": 0.44219423987452855,
      "4,,,cost,,": 0.42575240817364934,
      "4,,1,weight_after,1,1": 0.5,
      "4,,1,weight_after,1,2": 0.25,
      "4,,1,weight_after,2,1": -0.75,
      "4,,1,weight_after,2,2": 0.5,
      "4,,2,weight_after,1,1": 0.5579908945004591,
      "4,,2,weight_after,1,2": -0.21504744840270054,
      "4,,2,weight_after,2,1": 0.17278748485663717,
      "4,,2,weight_after,2,2": 0.12869301441550782,
      "4,,2,bias_after,1,": 0.17410998361807556,
      "4,,2,bias_after,2,": -0.25377142250070706,
      "4,,3,weight_after,1,1": 1.0792722369437513,
      "4,,3,weight_after,1,2": -0.9798183076776609,
      "4,,3,weight_after,2,1": 0.4943041221964655,
      "4,,3,weight_after,2,2": 2.000572429307302,
      "4,,3,bias_after,1,": 0.10953505817555115,
      "4,,3,bias_after,2,": 0.12486014270117021,
      "5,,,cost,,": 0.32875174714768374,
    ],
  ]

  @Test("weights with one row an input, examples as columns: the same numbers as the other way")
  func orientations() throws {
    let rows = """
      { inputs: [[1, 2], [3, 4], [5, 6]], targets: [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]],
        layers: [{ weights: [[1, 2], [3, 4], [5, 6]], biases: [1, 2, 3], activation: "tanh" },
                 { weights: [[1, 2, 3], [4, 5, 6]], activation: "sigmoid" }],
        loss: { kind: "squared error" }, training: { learningRate: 0.1 } }
      """
    let columns = """
      { examples: "columns", weightRows: "inputs",
        inputs: [[1, 3, 5], [2, 4, 6]], targets: [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
        layers: [{ weights: [[1, 3, 5], [2, 4, 6]], biases: [[1], [2], [3]], activation: "tanh" },
                 { weights: [[1, 4], [2, 5], [3, 6]], activation: "sigmoid" }],
        loss: { kind: "squared error" }, training: { learningRate: 0.1 } }
      """
    let theta = """
      { inputs: [[1, 2], [3, 4], [5, 6]], targets: [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]],
        biasColumn: "last",
        layers: [{ theta: [[1, 2, 1], [3, 4, 2], [5, 6, 3]], activation: "tanh" },
                 { weights: [[1, 2, 3], [4, 5, 6]], activation: "sigmoid" }],
        loss: { kind: "squared error" }, training: { learningRate: 0.1 } }
      """
    let expected = try table(rows)
    #expect(try table(columns) == expected)
    #expect(try table(theta) == expected)
    #expect(expected["1,,1,weight,3,1"] == 5)
    #expect(expected["1,2,0,x,1,"] == 3)
    // A layer without biases has none to show and none to train.
    #expect(expected["1,,2,bias,1,"] == nil)
  }

  @Test("the loss's factors: ½, mean over outputs, mean over examples, bits, a factor of its own")
  func lossFactors() throws {
    func cost(_ loss: String) throws -> Double? {
      try table(
        """
        { inputs: [[1, 2], [3, 4]], targets: [[0, 0], [0, 0]],
          layers: [{ weights: [[1, 0], [0, 1]], activation: "identity" }], loss: { \(loss) } }
        """)["1,,,cost,,"]
    }
    // Squares 1, 4, 9, 16: two examples of 5 and 25.
    #expect(try cost("kind: \"squared error\", examples: \"sum\"") == 30)
    #expect(try cost("kind: \"squared error\"") == 15)
    #expect(try cost("kind: \"half squared error\"") == 7.5)
    #expect(try cost("kind: \"squared error\", outputs: \"mean\"") == 7.5)
    #expect(try cost("kind: \"half squared error\", outputs: \"mean\", examples: \"sum\"") == 7.5)
    #expect(try cost("kind: \"squared error\", factor: 0.1, examples: \"sum\"") == 3)
  }

  @Test("binary cross-entropy of ŷ = ½ is ln 2 nats and 1 bit")
  func bits() throws {
    func cost(_ unit: String) throws -> Double? {
      try table(
        """
        { inputs: [[0]], targets: [[1]], layers: [{ weights: [[1]], activation: "sigmoid" }],
          loss: { kind: "binary cross-entropy", unit: "\(unit)" } }
        """)["1,,,cost,,"]
    }
    #expect(isClose(try cost("nats"), 0.6931471805599453))
    #expect(isClose(try cost("bits"), 1))
  }

  @Test("online takes one example after the other, mini-batches the last one smaller")
  func orders() throws {
    func examples(_ training: String) throws -> [Range<Int>] {
      let sheet = try SheetReader.sheet(
        text: """
          { inputs: [1, 2, 3], targets: [0, 0, 0],
            layers: [{ weights: [[1]], activation: "identity" }],
            loss: { kind: "squared error" }, training: { learningRate: 0.01, \(training) } }
          """, path: "t")
      return (1...(sheet.training?.steps ?? 0)).map(sheet.examples)
    }
    #expect(try examples("order: \"online\", steps: 4") == [0..<1, 1..<2, 2..<3, 0..<1])
    #expect(
      try examples("order: \"mini-batch\", batchSize: 2, epochs: 2")
        == [0..<2, 2..<3, 0..<2, 2..<3])
    #expect(try examples("epochs: 2") == [0..<3, 0..<3])
    #expect(try examples("steps: 1") == [0..<3])
  }

  @Test("without training there is a backward pass and no update")
  func noTraining() throws {
    let numbers = try table(
      """
      { inputs: [[2]], targets: [[1]], layers: [{ weights: [[3]], activation: "identity" }],
        loss: { kind: "half squared error" } }
      """)
    #expect(numbers["1,1,1,delta,1,"] == 5)
    #expect(numbers["1,,1,weight_gradient,1,1"] == 10)
    #expect(numbers["1,,1,weight_after,1,1"] == nil)
    #expect(numbers["2,,,cost,,"] == nil)
  }

  @Test(
    "single numbers that are fixed stay, counted as in the file", arguments: ["units", "inputs"])
  func fixedEntries(rows: String) throws {
    let numbers = try table(
      """
      { inputs: [[1, 2]], targets: [[9, 9]], weightRows: "\(rows)",
        layers: [{ weights: [[1, 2], [3, 4]], biases: [5, 6], activation: "identity" }],
        loss: { kind: "squared error" },
        training: { learningRate: 0.1, fixed: ["layers[0].weights[1][0]", "layers[0].biases[1]"] } }
      """)
    let stays = ["weight": rows == "units" ? "2,1" : "1,2", "bias": "2,"]
    let before = numbers.filter {
      $0.key.hasPrefix("1,,1,weight,") || $0.key.hasPrefix("1,,1,bias,")
    }
    #expect(before.count == 6)
    for (key, value) in before {
      let parts = key.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
      let kind = String(parts[3].prefix { $0 != "," })
      let place = String(parts[3].dropFirst(kind.count + 1))
      let after = numbers["1,,1,\(kind)_after,\(place)"]
      #expect((after == value) == (stays[kind] == place), "\(key)")
    }
  }

  @Test("without targets and loss there is the forward pass alone")
  func forwardOnly() throws {
    let text = """
      { inputs: [[2]], layers: [{ weights: [[3]], biases: [1], activation: "identity" }] }
      """
    #expect(
      try table(text)
        == [
          "1,,1,weight,1,1": 3, "1,,1,bias,1,": 1, "1,1,0,x,1,": 2, "1,1,1,z,1,": 7,
          "1,1,1,a,1,": 7,
        ])
    let sheet = try SheetReader.sheet(text: text, path: "t")
    let answers = try AnswerSheet(
      text: Values.header.joined(separator: ",") + "\n1,1,1,z,1,,6\n", path: "a.csv")
    #expect(
      try Grader(sheet, answers, path: "a.csv").results.map(\.grade) == [.slip([.biasForgotten])])
  }

  @Test("drawn masks: 0 and 1 without scaling, the same for the same seed, new in every step")
  func drawnMasks() throws {
    let text = try shippedText("dropout-drawn")
    let numbers = try table(text)
    let masks = numbers.filter { $0.key.contains("mask,") && !$0.key.contains("a_masked") }
    #expect(masks.count == 2 * (2 + 1) * 3)
    #expect(Set(masks.values) == [0, 1])
    #expect(try table(text) == numbers)
    #expect(try table(text.replacing("seed: 11", with: "seed: 12")) != numbers)
    let inverted = try table(text.replacing("\"none\"", with: "\"inverted\""))
      .filter { $0.key.contains("mask,") && !$0.key.contains("a_masked") }
    #expect(Set(inverted.values) == [0, 2])
  }

  @Test("numbers that overflow are said with the step, and nothing traps")
  func overflow() throws {
    let text = """
      { inputs: [[1e200]], targets: [[0]], layers: [{ weights: [[1e200]], activation: "identity" }],
        loss: { kind: "squared error" }, training: { learningRate: 1 } }
      """
    let sheet = try SheetReader.sheet(text: text, path: "t")
    do {
      _ = try Run(sheet, recording: [1], as: { $0 })
      Issue.record("nothing was thrown")
    } catch let fault as Fault {
      #expect(fault.message == "step 1: z of layer 1 is inf: the numbers grow beyond all bounds")
    }
  }

  @Test("a run that diverges names the step where it does, not the next that is written")
  func divergence() throws {
    // w becomes w − 10 · 2 · 10 (10 w − 1), −1999 times as far from 0.1 at each step: at step 48 the
    // square of the error is beyond 1.8·10³⁰⁸.
    let text = """
      { inputs: [[10]], targets: [[1]], layers: [{ weights: [[5]], activation: "identity" }],
        loss: { kind: "squared error" }, training: { learningRate: 10, steps: 1000 } }
      """
    let sheet = try SheetReader.sheet(text: text, path: "t")
    do {
      _ = try Run(sheet, recording: [1, 1000]) { LineNumber($0) }
      Issue.record("nothing was thrown")
    } catch let fault as Fault {
      #expect(
        fault.message == "step 48: the loss is inf: the numbers grow beyond all bounds")
    }
  }
}

import Foundation
import Testing

@testable import Worksheet

@Suite("The command")
struct CommandTests {
  private func copy(_ name: String, to folder: URL) throws {
    try shippedText(name).write(
      to: folder.appendingPathComponent("\(name).json5"), atomically: false, encoding: .utf8)
  }

  @Test("writes values.csv to a folder named after the file, and again over it")
  func defaultFolder() throws {
    try withTemporaryFolder { folder in
      try copy("two-inputs", to: folder)
      for _ in 0..<2 {
        let command = try Command(["two-inputs.json5"], in: folder)
        #expect(command.status == 0, "\(command.errors)")
        #expect(
          command.output
            == "Two inputs, two hidden units, two outputs: wrote 2 files to two-inputs-worked\n")
      }
      #expect(
        try names(folder) == [
          "two-inputs-worked/values.csv", "two-inputs-worked/worked.md", "two-inputs.json5",
        ])
      let text = try String(
        contentsOf: folder.appendingPathComponent("two-inputs-worked/values.csv"), encoding: .utf8)
      #expect(
        text.hasPrefix("step,example,layer,quantity,row,column,value\n1,,1,weight,1,1,0.15\n"))
      #expect(text == (try values(shippedSheet("two-inputs")).csv()))
    }
  }

  @Test("--steps chooses the steps; a long run has a cost curve")
  func steps() throws {
    try withTemporaryFolder { folder in
      try copy("xor-batch", to: folder)
      let command = try Command(
        ["xor-batch.json5", "--steps", "1,10,1000", "--output", "mine"], in: folder)
      #expect(command.status == 0, "\(command.errors)")
      #expect(
        try names(folder) == [
          "mine/cost.csv", "mine/cost.svg", "mine/values.csv", "mine/worked.md", "xor-batch.json5",
        ])
      let text = try String(
        contentsOf: folder.appendingPathComponent("mine/values.csv"), encoding: .utf8)
      let steps = Set(text.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } })
      #expect(steps == ["1", "10", "1000", "1001"])
    }
  }

  @Test("--student and --answers, each in its folder; no solved value is among the student's files")
  func student() throws {
    try withTemporaryFolder { folder in
      try copy("two-inputs", to: folder)
      let command = try Command(
        ["two-inputs.json5", "--student", "--answers", "--output", "out"], in: folder)
      #expect(command.status == 0, "\(command.errors)")
      #expect(
        try names(folder.appendingPathComponent("out")) == [
          "key/values.csv", "key/worked.md", "student/values.csv", "student/worked.md",
        ])
      let text = try String(
        contentsOf: folder.appendingPathComponent("out/student/values.csv"), encoding: .utf8)
      #expect(text.contains("\n1,1,1,a,1,,\n"))
      #expect(!text.contains("0.59"))
      let graded = try Command(
        ["two-inputs.json5", "--grade", "out/student/values.csv"], in: folder)
      #expect(graded.status == 0)
      #expect(graded.output.hasPrefix("0 right, "))
      #expect(graded.output.hasSuffix("0 wrong, 58 not answered\n"))
    }
  }

  @Test("--variants writes a worksheet and its key for each, the same for the same seed")
  func variants() throws {
    try withTemporaryFolder { folder in
      try copy("two-inputs", to: folder)
      for output in ["a", "b"] {
        let command = try Command(
          ["two-inputs.json5", "--variants", "3", "--seed", "7", "--student", "--output", output],
          in: folder)
        #expect(command.status == 0, "\(command.errors)")
      }
      let written = try names(folder.appendingPathComponent("a"))
      #expect(
        written
          == (1...3).flatMap { number in
            [
              "key/values.csv", "key/worked.md", "student/values.csv", "student/worked.md",
              "worksheet.json5",
            ].map {
              "variant-0\(number)/\($0)"
            }
          })
      for name in written {
        let files = ["a", "b"].map { folder.appendingPathComponent("\($0)/\(name)") }
        #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]), "\(name)")
      }
      // Each variant runs as it is, and has the key beside it.
      let again = try Command(["a/variant-02/worksheet.json5", "--output", "again"], in: folder)
      #expect(again.status == 0)
      #expect(
        try String(contentsOf: folder.appendingPathComponent("again/values.csv"), encoding: .utf8)
          == String(
            contentsOf: folder.appendingPathComponent("a/variant-02/key/values.csv"),
            encoding: .utf8))
    }
  }

  @Test("--grade says for each answer what it is, as the README shows, and writes nothing")
  func grade() throws {
    try withTemporaryFolder { folder in
      try copy("two-inputs", to: folder)
      try """
      step,example,layer,quantity,row,column,value
      1,1,1,z,1,,0.3775
      1,1,1,a,2,,0.5968
      1,1,2,delta,1,,-0.1385
      1,1,2,delta,2,,0.5
      """.write(
        to: folder.appendingPathComponent("answers.csv"), atomically: false, encoding: .utf8)
      let command = try Command(["two-inputs.json5", "--grade", "answers.csv"], in: folder)
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.output.split(separator: "\n").count == 5)
      let readme = try String(
        contentsOf: project().root.appendingPathComponent("README.md"), encoding: .utf8)
      #expect(readme.contains("```console\n\(command.output)```"))
      #expect(try names(folder) == ["answers.csv", "two-inputs.json5"])
    }
  }

  @Test("the README's commands run, in its order")
  func readme() throws {
    let readme = try String(
      contentsOf: project().root.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = readme.split(separator: "\n").filter { $0.hasPrefix("    swift run Worksheet ") }
      .map { $0.prefix { $0 != "#" }.split(separator: " ").dropFirst(3).map(String.init) }
    #expect(lines.count == 6)
    try withTemporaryFolder { folder in
      for arguments in lines where !arguments.contains("--grade") {
        var arguments = arguments
        let target = arguments.firstIndex(of: ">")
        if let target { arguments.removeSubrange(target...) }
        let command = try Command(arguments, in: folder)
        #expect(command.status == 0, "\(arguments): \(command.errors)")
        if target != nil {
          try command.output.write(
            to: folder.appendingPathComponent("mine.json5"), atomically: false, encoding: .utf8)
        }
      }
      #expect(try names(folder).count == 1 + 2 + 2 + 4 + 30 * 3)
    }
  }

  @Test("--template prints a worksheet that runs")
  func template() throws {
    try withTemporaryFolder { folder in
      let template = try Command(["--template", "2-3-1"], in: folder)
      #expect(template.status == 0)
      try template.output.write(
        to: folder.appendingPathComponent("mine.json5"), atomically: false, encoding: .utf8)
      let command = try Command(["mine.json5"], in: folder)
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.output == "A 2-3-1 network: wrote 2 files to mine-worked\n")
    }
  }

  @Test(
    "options that do not fit: one message, exit 1, nothing written",
    arguments: [
      ([], "Worksheet: error: name a worksheet file, or start with --template 2-3-1"),
      (
        ["two-inputs.json5", "--template", "2-1"],
        "--template: error: prints a new file and takes no other argument"
      ),
      (
        ["two-inputs.json5", "--grade", "a.csv", "--student"],
        "--grade: error: only reads; leave out the options that write"
      ),
      (["two-inputs.json5", "--grade", "a.csv"], "a.csv: error: there is no such file"),
      (
        ["two-inputs.json5", "--variants", "3"],
        "--variants: error: needs --seed, and --seed belongs to it"
      ),
      (
        ["two-inputs.json5", "--seed", "3"],
        "--variants: error: needs --seed, and --seed belongs to it"
      ),
      (
        ["two-inputs.json5", "--variants", "0", "--seed", "1"],
        "--variants: error: is 0; allowed: 1 to 1000"
      ),
      (
        ["two-inputs.json5", "--steps", "2"],
        "--steps: error: step 2 is not among the 1 of the worksheet (training.steps)"
      ),
      (["two-inputs.json5", "--steps", "1,,2"], "--steps: error: '' is no step; write 1,10,100"),
      (["two-inputs.json5", "--output", ""], "--output: error: the folder's name is empty"),
    ] as [([String], String)])
  func options(arguments: [String], expected: String) throws {
    try withTemporaryFolder { folder in
      try copy("two-inputs", to: folder)
      let command = try Command(arguments, in: folder)
      #expect(command.status == 1)
      #expect(command.errors == expected + "\n")
      #expect(try names(folder) == ["two-inputs.json5"])
    }
  }

  @Test("more steps than anybody reads are refused before they are worked")
  func manySteps() throws {
    try withTemporaryFolder { folder in
      let row = "[" + String(repeating: "0.01,", count: 300) + "]"
      let weights = "[" + String(repeating: row + ",", count: 300) + "]"
      try """
      { inputs: [\(row)], targets: [\(row)], layers: [{ weights: \(weights), activation: "tanh" }],
        loss: { kind: "squared error" }, training: { learningRate: 0.1, steps: 20 } }
      """.write(
        to: folder.appendingPathComponent("wide.json5"), atomically: false, encoding: .utf8)
      let steps = (1...20).map(String.init).joined(separator: ",")
      let command = try Command(["wide.json5", "--steps", steps], in: folder)
      #expect(command.status == 1)
      #expect(
        command.errors
          == "--steps: error: 20 steps of about 271800 numbers are too many lines; name fewer steps\n"
      )
      #expect(try names(folder) == ["wide.json5"])
    }
  }

  @Test("a folder with somebody else's files is refused")
  func otherFolder() throws {
    try withTemporaryFolder { folder in
      try copy("two-inputs", to: folder)
      let command = try Command(["two-inputs.json5", "--output", "."], in: folder)
      #expect(command.status == 1)
      #expect(
        command.errors.hasSuffix("this folder holds other files; name a new or an empty one\n"))
      #expect(try names(folder) == ["two-inputs.json5"])
    }
  }
}

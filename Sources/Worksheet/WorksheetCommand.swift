import ArgumentParser
import Foundation
import NeuralNetwork
import Notebook

/// Works a network with the user's own numbers in full.
@main struct WorksheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Worksheet",
    abstract: "Works a network with your own numbers in full, step by step.",
    discussion: """
      Write a worksheet file (start with --template 2-3-1 > mine.json5) and run it. Every number of the \
      forward pass, the backward pass and the update goes to values.csv. The fields of the file are \
      explained in notebooks/worksheets/README.md.
      """)

  @Argument(help: "The worksheet file, in JSON5.")
  var file: String?

  @Option(help: "The folder to write to; by default the file's name with -worked, here.")
  var output: String?

  @Option(
    help: "Whose symbols worked.md uses: sellie, deeplearning, wang, damlf or dmml (or 000 to 004)."
  )
  var notation: String?

  @Option(help: "Round every result in worked.md to so many decimals, as on paper.")
  var round: Int?

  @Option(
    help: "The steps to write, such as 1,10,10000; by default the first ten and the last.")
  var steps: String?

  @Flag(help: "Write the sheet to hand out, in student/: what is to be solved is blank.")
  var student = false

  @Flag(help: "Write the key, in key/.")
  var answers = false

  @Option(help: "Draw that many worksheets like this one with other numbers, each with its key.")
  var variants: Int?

  @Option(help: "Draws the variants: the same seed gives the same ones.")
  var seed: UInt64?

  @Option(
    help: "Check the answers in a file like values.csv: right, rounded, a known slip, or wrong.")
  var grade: String?

  @Option(help: "Print a new worksheet file for these layer sizes, the input first, such as 2-3-1.")
  var template: String?

  func run() throws {
    do {
      try requireFittingOptions()
      if let template {
        print(try Template(template).text, terminator: "")
      } else if let grade {
        try check(answers: grade)
      } else {
        try work()
      }
    } catch let error as Diagnostic {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      throw ExitCode.failure
    }
  }

  // MARK: Options

  private func requireFittingOptions() throws {
    func refuse(_ option: String, _ message: String) throws {
      throw Diagnostic(option, nil, message)
    }
    let isWriting =
      student || answers || variants != nil || output != nil || steps != nil || notation != nil
      || round != nil
    if template != nil {
      if file != nil || isWriting || grade != nil || seed != nil {
        try refuse("--template", "prints a new file and takes no other argument")
      }
      return
    }
    if file == nil {
      try refuse("Worksheet", "name a worksheet file, or start with --template 2-3-1")
    }
    if grade != nil && (isWriting || seed != nil) {
      try refuse("--grade", "only reads; leave out the options that write")
    }
    if (variants == nil) != (seed == nil) {
      try refuse("--variants", "needs --seed, and --seed belongs to it")
    }
    if let variants, !(1...1000).contains(variants) {
      try refuse("--variants", "is \(variants); allowed: 1 to 1000")
    }
  }

  /// The numbers of the steps to write.
  private func recorded(of sheet: Sheet) throws -> Set<Int> {
    let count = sheet.training?.steps ?? 1
    guard let steps else { return Set(1...min(count, 10)).union([count]) }
    let numbers = try steps.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let step = Int(text.filter { !$0.isWhitespace }) else {
        throw Diagnostic("--steps", nil, "'\(text.prefix(30))' is no step; write 1,10,100")
      }
      guard (1...count).contains(step) else {
        throw Diagnostic(
          "--steps", nil, "step \(step) is not among the \(count) of the worksheet (training.steps)"
        )
      }
      return step
    }
    return Set(numbers)
  }

  /// What tells a folder of this command from somebody else's.
  private static let marks = [
    "values.csv", "student", "key", "variant-01", "variant-001", "variant-0001",
  ]

  /// How many lines `values.csv` may have.
  private static let mostNumbers = 3_000_000

  // MARK: Working

  private func work() throws {
    let path = file!
    let folder = try OutputFolder.chosen(output) ?? OutputFolder(defaultFolder(path))
    let text = try SheetReader.text(path: path)
    let sheet = try SheetReader.sheet(text: text, path: path)
    var files: [OutputFile] = []
    if let variants, let seed {
      let drawn = try Variants(text: text, path: path, seed: seed).drawn(variants)
      let digits = String(variants).count
      for (index, variant) in drawn.enumerated() {
        let number = String(index + 1)
        let name =
          "variant-"
          + String(repeating: "0", count: max(2, digits) - min(number.count, max(2, digits)))
          + number
        let worked = try worked(variant.sheet, path)
        files.append(OutputFile(name: "\(name)/worksheet.json5", text: variant.text))
        files += Self.inFolder("\(name)/key", worked.key)
        if student {
          files += Self.inFolder("\(name)/student", worked.student)
        }
      }
    } else {
      let worked = try worked(sheet, path)
      if student { files += Self.inFolder("student", worked.student) }
      if answers { files += Self.inFolder("key", worked.key) }
      if !student && !answers { files = worked.key }
    }
    try folder.requireOwn(marks: Self.marks)
    try folder.write(files, removingOthers: false)
    print("\(sheet.title): wrote \(count(files.count, "file")) to \(folder.url.relativePath)")
  }

  private struct Worked {
    /// The worked solution with every number.
    let key: [OutputFile]
    /// The same, to be filled in.
    let student: [OutputFile]
  }

  private func worked(_ sheet: Sheet, _ path: String) throws -> Worked {
    let notation = try Notation(self.notation ?? "sellie", round: round)
    let line = ProgressLine.standardError
    defer { line.clear() }
    let count = sheet.training?.steps ?? 1
    let recorded = try recorded(of: sheet)
    guard recorded.count * sheet.numbersPerStep <= Self.mostNumbers else {
      throw Diagnostic(
        "--steps", nil,
        "\(recorded.count) steps of about \(sheet.numbersPerStep) numbers are too many lines; name "
          + "fewer steps")
    }
    func show(_ step: Int) {
      if step % 1000 == 0 { line.show("step \(step) of \(count) …") }
    }
    do {
      let run = try Run(sheet, recording: recorded, progress: show) { LineNumber($0) }
      let values = Values(sheet, run.steps)
      let noted =
        notation.rule == nil
        ? run.steps
        : try Run(sheet, recording: recorded, keepingCosts: false, progress: show) {
          LineNumber($0, notation.rule)
        }.steps
      let pages = try WorkedSolution(sheet: sheet, notation: notation).pages(noted)
      return Worked(
        key: [
          OutputFile(name: "worked.md", text: pages.solved),
          OutputFile(name: "values.csv", text: values.csv()),
        ] + CostCurve(title: sheet.title, costs: run.costs).files,
        student: try student
          ? StudentSheet(
            values, further: [OutputFile(name: "worked.md", text: pages.blank)],
            stating: sheet.constants
          ).files
          : [])
    } catch let fault as Fault {
      throw Diagnostic(path, nil, fault.message)
    }
  }

  private static func inFolder(_ folder: String, _ files: [OutputFile]) -> [OutputFile] {
    files.map { OutputFile(name: "\(folder)/\($0.name)", text: $0.text) }
  }

  private func defaultFolder(_ path: String) -> URL {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return URL(
      fileURLWithPath: "\(name)-worked",
      relativeTo: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true))
  }

  // MARK: Grading

  private func check(answers path: String) throws {
    let sheet = try SheetReader.sheet(path: file!)
    let answers = try AnswerSheet(
      text: SheetReader.text(path: path, largest: 50_000_000), path: path)
    do {
      print(try Grader(sheet, answers, path: path).report(path: path))
    } catch let fault as Fault {
      throw Diagnostic(file!, nil, fault.message)
    }
  }
}

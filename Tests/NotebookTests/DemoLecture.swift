import ArgumentParser
import Foundation
import Testing

@testable import Notebook

/// A lecture whose source is a fixture on disk, woven from whichever folder a test puts it in.
struct DemoLecture: Lecture {
  static let title = "Demonstration"

  /// The fixture's `notebooks/Demo.swift`.
  @TaskLocal static var source = ""
  /// What a test lets the lecture do beside the fixture's own code.
  @TaskLocal static var further: @Sendable (Notebook) throws -> Void = { _ in }

  @Option(parsing: .unconditional, help: "x, the input.") var input = 1.0
  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] { [Parameter("input", "x", input, in: -10...10)] }

  /// The calls of the fixture's source, each with the line it has there.
  func run(_ notebook: Notebook) throws {
    let output = 2 * input + 0.731
    notebook.value("x", input, line: 4)
    notebook.claim("demo.output", output, line: 7)
    notebook.claim("demo.rule", output, asPrinted: 2 * input, line: 8)
    notebook.claim("demo.constant", 0.5, line: 9)
    notebook.notComputable("demo.plot", line: 10)
    notebook.erratum("erratum.sign", printed: [-input], right: [input], line: 11)
    notebook.table(
      "numbers", "The numbers", [.numbers("y", "y", [output], .decimals(2))], line: 13)
    notebook.figure(
      "line",
      Plot(
        title: "A line", description: "It rises.", x: .init("x"), y: .init("y"),
        [.init("y", x: [0, 1], y: [0, output])]), line: 14)
    try Self.further(notebook)
  }
}

/// A project folder with the demonstration's source and ledger.
struct DemoProject {
  let folder: TemporaryFolder

  static let lecture = """
    //: # Demonstration
    //: The input is $`x = {{x}}`$.
    //- hide
    notebook.value("x", input)
    //- end
    let output = 2 * input + 0.731
    notebook.claim("demo.output", output)
    notebook.claim("demo.rule", output, asPrinted: 2 * input)
    notebook.claim("demo.constant", 0.5)
    notebook.notComputable("demo.plot")
    notebook.erratum("erratum.sign", printed: [-input], right: [input])
    //: ## Data
    notebook.table("numbers", "The numbers", columns)
    notebook.figure("line", plot)

    """

  static let claims = """
    id,document,statement,quote,printed,erratum,note
    demo.output,Slides,number,y = 2.73,2.73,,
    demo.rule,Slides,formula,the rule,y = 2x,erratum.rule,
    demo.constant,Notes,implied,the constant,,,
    demo.plot,Notes,missing,see the plot,,,the plot

    """

  static let errata = """
    id,lecture,document,kind,quote,correction
    erratum.rule,demo,Slides,error,y = 2x,y = 2x + b
    erratum.sign,demo,Notes,error,−x,x
    erratum.other,other,Notes,error,a,b

    """

  init(lecture: String = Self.lecture, claims: String = Self.claims, errata: String = Self.errata)
    throws
  {
    folder = try TemporaryFolder()
    try write(lecture: lecture)
    try folder.write(claims, to: "notebooks/ledger/demo.csv")
    try folder.write(errata, to: "notebooks/ledger/errata.csv")
  }

  /// Writes the source.
  func write(lecture: String) throws {
    try folder.write(lecture, to: "notebooks/Demo.swift")
  }

  var source: String { folder.url.appendingPathComponent("notebooks/Demo.swift").path }

  /// Runs the lecture in this project and weaves it.
  func woven(
    _ arguments: String..., linked: Bool = true,
    further: @escaping @Sendable (Notebook) throws -> Void = { _ in }
  ) throws -> WovenLecture {
    try DemoLecture.$source.withValue(source) {
      try DemoLecture.$further.withValue(further) {
        try DemoLecture.parse(arguments).woven(linked: linked)
      }
    }
  }
}

import ArgumentParser
import Foundation

/// A literate lecture: one Swift file whose prose, code and recorded results become a report.
///
/// The file is the lecture, its executable runs it. Parameters are `@Option` properties, so `--help`
/// lists them.
public protocol Lecture: ParsableCommand {
  /// The lecture's title, as the index shows it.
  static var title: String { get }
  /// `#filePath` of the lecture; its own source is what is woven.
  static var source: String { get }
  /// What may be changed from the command line.
  var parameters: [Parameter] { get }
  var options: LectureOptions { get }
  /// The lecture itself.
  func run(_ notebook: Notebook) throws
}

/// A number of the lecture that a reader may change.
public struct Parameter: Equatable, Sendable {
  let name: String
  let symbol: String
  let value: Double
  let allowed: ClosedRange<Double>

  /// - Parameters:
  ///   - name: the option's name without the dashes, such as `learning-rate`.
  ///   - symbol: the documents' symbol, such as `η`.
  public init(_ name: String, _ symbol: String, _ value: Double, in allowed: ClosedRange<Double>) {
    self.name = name
    self.symbol = symbol
    self.value = value
    self.allowed = allowed
  }
}

/// What every lecture's command line understands.
public struct LectureOptions: ParsableArguments {
  @Option(help: "The folder to write to. A run with changed parameters needs one of its own.")
  public var output: String?

  @Flag(help: "Write nothing; exit with 1 if the outputs are not what this run would write.")
  public var check = false

  public init() {}
}

extension Lecture {
  /// The name of the lecture's ledger and output folder, such as `backprop`.
  public static var name: String {
    String(fileName.prefix { $0 != "." }).lowercased()
  }

  private static var fileName: String { URL(fileURLWithPath: source).lastPathComponent }

  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "Lecture-\(name.capitalized)",
      abstract: "\(title): recomputes the lecture documents' numbers and writes the report.")
  }

  public func run() throws {
    do {
      try execute()
    } catch let error as Failure {
      try stop(error.description)
    } catch let error as Diagnostic {
      try stop(error.description)
    }
  }

  private func stop(_ message: String) throws {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    throw ExitCode.failure
  }

  private func execute() throws {
    try requireParametersInRange()
    let project = try Project.enclosing(Self.source)
    let reference = project.outputs.appendingPathComponent(Self.name)
    let isReference = try Self.parse([]).parameters == parameters
    let folder = try OutputFolder.chosen(options.output) ?? OutputFolder(reference)
    if !isReference && folder.isInside(project.outputs) {
      throw Failure([
        Diagnostic(
          folder.url.path, nil,
          "this folder holds the reference outputs; changed parameters need --output with another")
      ])
    }
    let isReferenceFolder = folder.isSame(as: reference)
    let woven = try woven(linked: isReferenceFolder)
    if options.check {
      let differences = folder.differences(from: woven.files)
      guard differences.isEmpty else {
        for difference in differences { print("\(Self.name)/\(difference)") }
        throw ExitCode.failure
      }
      print("\(Self.title): \(woven.files.count) files are up to date")
    } else {
      if !isReferenceFolder { try folder.requireOwn() }
      try folder.write(woven.files, removingOthers: isReferenceFolder)
      let report = folder.url.appendingPathComponent("report.md").path
      print(woven.summary(title: Self.title))
      print("wrote \(woven.files.count) files, read \(report)")
    }
  }

  private func requireParametersInRange() throws {
    let outOfRange = parameters.filter { !$0.allowed.contains($0.value) }.map { parameter in
      let allowed = parameter.allowed
      return Diagnostic(
        "--\(parameter.name)", nil,
        "\(parameter.symbol) is \(NumberFormat.plain.text(parameter.value)); allowed: "
          + "\(NumberFormat.plain.text(allowed.lowerBound)) to "
          + "\(NumberFormat.plain.text(allowed.upperBound))")
    }
    guard outOfRange.isEmpty else { throw Failure(outOfRange) }
  }

  /// Runs the lecture and weaves its report. Writes nothing.
  ///
  /// - Parameter linked: whether claims link to the lecture's source, which only a report in its place
  ///   under `outputs` can.
  /// - Throws: `Failure` with every fault found.
  public func woven(linked: Bool = true) throws -> WovenLecture {
    try requireParametersInRange()
    let project = try Project.enclosing(Self.source)
    let path = project.notebooks.appendingPathComponent(Self.fileName).path
    let ledger = try Ledger(lecture: Self.name, folder: project.ledger)
    let standard = try Self.parse([])
    var notebook = Notebook(ledger: ledger, path: path)
    try standard.record(on: notebook)
    var changed: [Parameter] = []
    if standard.parameters != parameters {
      changed = zip(parameters, standard.parameters).filter { $0 != $1 }.map(\.0)
      let reference = notebook.claims.mapValues(\.evidence)
      notebook = Notebook(ledger: ledger, path: path, reference: reference)
      try record(on: notebook)
    }
    return try WovenLecture(
      notebook, source: "notebooks/\(Self.fileName)", linked: linked, changed: changed)
  }

  private func record(on notebook: Notebook) throws {
    do {
      try run(notebook)
    } catch {
      throw Failure(
        notebook.diagnostics + [
          Diagnostic(
            notebook.path, notebook.lastLine,
            "\(error) (thrown after what this line records)")
        ])
    }
  }
}

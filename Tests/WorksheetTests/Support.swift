import Foundation
import Notebook
import Testing

@testable import Worksheet

/// The project that these tests were built in.
func project() throws -> Project { try Project.enclosing(#filePath) }

/// The shipped worksheets.
func shipped() throws -> [URL] {
  let folder = try project().notebooks.appendingPathComponent("worksheets")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    .filter { $0.hasSuffix(".json5") }.map { folder.appendingPathComponent($0) }
}

func shippedText(_ name: String) throws -> String {
  try String(
    contentsOf: project().notebooks.appendingPathComponent("worksheets/\(name).json5"),
    encoding: .utf8)
}

func shippedSheet(_ name: String) throws -> Sheet {
  try SheetReader.sheet(text: shippedText(name), path: "\(name).json5")
}

/// All numbers of a worksheet, every step.
func values(_ sheet: Sheet) throws -> Values {
  let run = try Run(sheet, recording: Set(1...(sheet.training?.steps ?? 1)), as: { $0 })
  return Values(sheet, run.steps)
}

/// A table by its key, written `1,1,2,a,1,` as in `values.csv`.
func table(_ values: Values) -> [String: Double] {
  Dictionary(
    uniqueKeysWithValues: values.all.map {
      ($0.key.fields.joined(separator: ","), $0.value)
    })
}

func table(_ text: String) throws -> [String: Double] {
  table(try values(SheetReader.sheet(text: text, path: "test.json5")))
}

/// Whether a number is the expected one to 13 digits: sums of a few products in another order differ
/// by less.
func isClose(_ number: Double?, _ expected: Double, within tolerance: Double = 1e-13) -> Bool {
  guard let number else { return false }
  return abs(number - expected) <= tolerance * max(abs(expected), 1e-3)
}

/// What `body` throws, as the terminal shows it; nil when it succeeds.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}

/// A folder of its own for one test, removed afterwards.
func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

/// What the program does when a user runs it.
struct Command {
  let output: String
  let errors: String
  let status: Int32

  init(_ arguments: [String], in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Bundle.main.bundlePath)
      .appendingPathComponent("Worksheet")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // Files and not pipes: a pipe fills up when nobody reads it.
    let outputFile = folder.appendingPathComponent(".output")
    let errorFile = folder.appendingPathComponent(".errors")
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    output = try String(contentsOf: outputFile, encoding: .utf8)
    errors = try String(contentsOf: errorFile, encoding: .utf8)
    for file in [outputFile, errorFile] { try FileManager.default.removeItem(at: file) }
    status = process.terminationStatus
  }
}

/// The names of what lies in a folder, those of folders in it included.
func names(_ folder: URL) throws -> [String] {
  try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter {
    var isFolder: ObjCBool = false
    let path = folder.appendingPathComponent($0).path
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}

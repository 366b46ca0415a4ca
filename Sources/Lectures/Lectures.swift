import ArgumentParser
import Foundation
import Notebook

/// Runs every lecture as its own process and writes the index of the outputs.
@main struct Lectures: ParsableCommand {
  /// The lectures in the order of the course.
  static let all = ["Notation", "Forward", "Backprop", "Softmax", "Initialization", "Dropout"]

  static let configuration = CommandConfiguration(
    commandName: "Lectures",
    abstract: "Runs every lecture and writes outputs/README.md, the index of claims and errata.")

  @Flag(help: "Write nothing; exit with 1 if an output is not what the lectures would write.")
  var check = false

  func run() throws {
    let line = ProgressLine.standardError
    var failed: [String] = []
    // All at once: each is a process of its own and writes to a folder of its own.
    let running = try Self.all.map { try Self.start($0, check ? ["--check"] : []) }
    for (index, lecture) in Self.all.enumerated() {
      line.show("[\(index + 1)/\(Self.all.count)] \(lecture) …")
      let (output, status) = running[index]()
      line.clear()
      print(output, terminator: "")
      if status != 0 { failed.append(lecture) }
    }
    guard failed.isEmpty else {
      if check {
        print("stale: \(failed.joined(separator: ", ")); write them anew with: swift run Lectures")
      }
      throw ExitCode.failure
    }
    do {
      try writeIndex()
    } catch let error as Diagnostic {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      throw ExitCode.failure
    }
  }

  private func writeIndex() throws {
    let project = try Project.enclosing(#filePath)
    let index = try Index(lectures: Self.all.map { $0.lowercased() }, project: project)
    let folder = OutputFolder(project.outputs)
    let file = OutputFile(name: "README.md", text: index.markdown)
    if check {
      let differences = folder.differences(from: [file])
      for difference in differences { print("outputs/\(difference)") }
      guard differences.isEmpty else { throw ExitCode.failure }
    } else {
      try folder.write([file], removingOthers: false)
    }
    print(index.summary)
  }

  /// Starts the executable that was built beside this one. Its errors go straight to standard error.
  ///
  /// - Returns: waits for its end, and gives what it printed and its exit status.
  private static func start(
    _ lecture: String, _ arguments: [String]
  ) throws -> () -> (String, Int32) {
    let folder = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = folder.appendingPathComponent("Lecture-\(lecture)")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return {
      // A summary is a few lines: it waits in the pipe until it is read.
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }
  }
}

import Foundation
@testable import Lecture_Backprop
@testable import Lecture_Dropout
@testable import Lecture_Forward
@testable import Lecture_Initialization
import Testing

@testable import Lectures
@testable import Notebook

/// The committed outputs and what the lectures write.
@Suite struct OutputsTests {
  @Test("two runs of a lecture give the same bytes")
  func repeatable() throws {
    #expect(try Forward.parse([]).woven().files == Run.lecture("Forward").files)
    #expect(try Backprop.parse([]).woven().files == Run.lecture("Backprop").files)
    #expect(try Dropout.parse([]).woven().files == Run.lecture("Dropout").files)
  }

  @Test("another process gives the same bytes", arguments: Run.all.map(\.name))
  func sameInAnotherProcess(lecture: String) throws {
    let files = try Run.lecture(lecture).files.map(Self.unlinked)
    try withTemporaryFolder { folder in
      let command = try Command("Lecture-\(lecture)", ["--output", folder.path])
      #expect(command.status == 0, "\(command.errors)")
      for file in files {
        let written = try String(
          contentsOf: folder.appendingPathComponent(file.name), encoding: .utf8)
        #expect(written == file.text, "\(file.name)")
      }
    }
  }

  /// Claims link to the source only in a report that lies in its place.
  private static func unlinked(_ file: OutputFile) -> OutputFile {
    let link = /\[(`[^`]+`)\]\(\.\.\/\.\.\/notebooks\/\w+\.swift#L\d+\)/
    return OutputFile(name: file.name, text: file.text.replacing(link) { $0.output.1 })
  }

  @Test("the committed outputs are what the lectures write")
  func committed() throws {
    for (name, _, woven) in Run.all {
      let folder = OutputFolder(try project().outputs.appendingPathComponent(name.lowercased()))
      #expect(try folder.differences(from: woven.get().files) == [])
    }
  }

  @Test("no output names a folder of the machine")
  func noMachinePaths() throws {
    let root = try project().root.path
    for file in try Run.all.flatMap({ try $0.woven.get().files }) {
      #expect(!file.text.contains(root), "\(file.name)")
    }
  }

  @Test("every claim's source is a line that records it")
  func sources() throws {
    for (name, _, woven) in Run.all {
      let url = try project().notebooks.appendingPathComponent("\(name).swift")
      let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
      for claim in try woven.get().claims {
        let statement = lines[(claim.line - 1)...].prefix(2).joined()
        #expect(statement.contains("\"\(claim.entry.id)\""), "\(claim.entry.id)")
      }
    }
  }

  @Test("the index is what the runner writes, and its totals are the claims'")
  func index() throws {
    let project = try project()
    let index = try Index(lectures: Lectures.all.map { $0.lowercased() }, project: project)
    let committed = try String(
      contentsOf: project.outputs.appendingPathComponent("README.md"), encoding: .utf8)
    #expect(index.markdown == committed)
    let claims = try Run.all.flatMap { try $0.woven.get().claims }
    let missing = claims.filter { $0.verdict == .notComputable }.count
    #expect(
      index.summary.hasPrefix(
        "\(claims.count - missing) of \(claims.count) claims computed, \(missing) not computable"))
    #expect(committed.contains("| [backprop](backprop/report.md) | 120 | 118 | 2 | 48 |"))
    #expect(committed.contains("| [forward](forward/report.md) | 52 | 49 | 3 | 15 |"))
  }

  @Test("a quantity that two lectures quote with different values stops the index")
  func disagreement() throws {
    try withTemporaryFolder { root in
      let manager = FileManager.default
      let original = try project()
      try manager.createDirectory(
        at: root.appendingPathComponent("notebooks"), withIntermediateDirectories: true)
      try manager.copyItem(at: original.ledger, to: root.appendingPathComponent("notebooks/ledger"))
      try manager.copyItem(at: original.outputs, to: root.appendingPathComponent("outputs"))
      let copy = Project(root: root)
      let names = ["forward", "dropout"]
      #expect(throws: Never.self) { try Index(lectures: names, project: copy) }
      let file = root.appendingPathComponent("outputs/dropout/shared.csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(text.replacing("network: output,0.2426", with: "network: output,0.2427").utf8)
        .write(to: file)
      let error = #expect(throws: Diagnostic.self) { try Index(lectures: names, project: copy) }
      #expect(error?.path.hasPrefix("notebooks/Dropout.swift:") == true)
      #expect(error?.message.hasPrefix("'worked 1-2-1 network: output' is 0.2427") == true)
      #expect(error?.message.contains(" in notebooks/Forward.swift:") == true)
    }
  }

  @Test("the index names a lecture's output that is missing")
  func indexWithoutOutputs() throws {
    let error = #expect(throws: Diagnostic.self) {
      try Index(lectures: ["nowhere"], project: try project())
    }
    #expect(error?.message == "is missing; write it with: swift run Lectures")
    #expect(error?.path.hasSuffix("outputs/nowhere/claims.csv") == true)
  }

  @Test("checking fresh outputs passes and writes nothing")
  func checkPasses() throws {
    let report = try project().outputs.appendingPathComponent("backprop/report.md")
    let before = try FileManager.default.attributesOfItem(atPath: report.path)[.modificationDate]
    let command = try Command("Lectures", ["--check"])
    #expect(command.status == 0)
    let count = try Run.lecture("Backprop").files.count
    #expect(command.output.contains("Backpropagation: \(count) files are up to date"))
    #expect(command.errors == "")
    let after = try FileManager.default.attributesOfItem(atPath: report.path)[.modificationDate]
    #expect(before as? Date == after as? Date)
  }

  @Test("checking outputs of other numbers names the claim, old and new value and the line")
  func checkFails() throws {
    try withTemporaryFolder { folder in
      let written = try Command("Lecture-Backprop", ["--alpha", "0.5", "--output", folder.path])
      #expect(written.status == 0, "\(written.errors)")
      let command = try Command("Lecture-Backprop", ["--check", "--output", folder.path])
      #expect(command.status == 1)
      let moved = try #require(
        command.output.split(separator: "\n").first {
          $0.contains("backprop.sellie.example-step, computed: ")
        })
      #expect(moved.contains(" → 0.229677483297688"))
      #expect(moved.contains("(notebooks/Backprop.swift:"))
    }
  }
}

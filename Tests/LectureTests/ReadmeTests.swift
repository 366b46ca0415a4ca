import Foundation
@testable import Lecture_Backprop
@testable import Lecture_Forward
@testable import Lecture_Notation
import Testing

@testable import Lectures
@testable import Notebook

/// What the README shows is what happens.
@Suite struct ReadmeTests {
  static func readme() throws -> String {
    try String(contentsOf: project().root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test("the output it shows is what the lectures print")
  func output() throws {
    let index = try Index(lectures: Lectures.all.map { $0.lowercased() }, project: project())
    let summaries = try Run.all.map { try $0.woven.get().summary(title: $0.title) }
    let lines = (summaries + [index.summary]).joined(separator: "\n")
    #expect(try Self.readme().contains("```text\n\(lines)\n```"))
  }

  @Test("the table it shows stands in the report")
  func table() throws {
    let rows = try Self.readme().split(separator: "\n").filter {
      $0.contains("partial L") || $0.contains("new $")
    }
    let report = try #require(try Run.lecture("Backprop").files.first { $0.name == "report.md" })
      .text
    #expect(rows.count == 6)
    for row in rows { #expect(report.contains(row), "\(row)") }
  }

  @Test("the lines of a lecture that it quotes stand in the lecture")
  func code() throws {
    let lecture = try String(
      contentsOf: project().notebooks.appendingPathComponent("Forward.swift"), encoding: .utf8)
    // The formatter may have broken the lines of the lecture elsewhere.
    func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    let readme = try Self.readme()
    let start = try #require(readme.range(of: "```swift\n"))
    let end = try #require(readme.range(of: "```", range: start.upperBound..<readme.endIndex))
    for line in readme[start.upperBound..<end.lowerBound].split(separator: "\n")
    where line.hasPrefix("notebook.value") {
      #expect(squeezed(lecture).contains(squeezed(String(line))), "\(line)")
    }
  }

  @Test("every file it links to is there")
  func links() throws {
    let readme = try Self.readme()
    let targets = readme.matches(of: /\]\(([^)#]+)\)/).map { String($0.output.1) }
    #expect(targets.count >= 5)
    for target in targets {
      let url = try project().root.appendingPathComponent(target)
      #expect(FileManager.default.fileExists(atPath: url.path), "\(target)")
    }
  }

  @Test("its commands name programs and options that exist")
  func commands() throws {
    let readme = try Self.readme()
    #expect(readme.contains("    swift run Lectures"))
    #expect(readme.contains("    swift test"))
    try withTemporaryFolder { folder in
      let variant = folder.appendingPathComponent("variants/a")
      #expect(readme.contains("swift run Lecture-Backprop --learning-rate 0.1 --output variants/a"))
      let command = try Command(
        "Lecture-Backprop", ["--learning-rate", "0.1", "--output", "variants/a"], in: folder)
      #expect(command.status == 0, "\(command.errors)")
      #expect(
        FileManager.default.fileExists(atPath: variant.appendingPathComponent("report.md").path))
    }
  }
}

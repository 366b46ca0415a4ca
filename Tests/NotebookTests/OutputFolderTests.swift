import Foundation
import Testing

@testable import Notebook

@Suite struct OutputFolderTests {
  private let folder: TemporaryFolder
  private let outputs: OutputFolder

  init() throws {
    folder = try TemporaryFolder()
    outputs = OutputFolder(folder.url)
  }

  private let files = [
    OutputFile(name: "report.md", text: "# Report\n"), OutputFile(name: "claims.csv", text: "id\n"),
  ]

  // MARK: Writing

  @Test func writesEveryFileAndNothingElse() throws {
    try outputs.write(files, removingOthers: false)
    #expect(try folder.names() == ["claims.csv", "report.md"])
    #expect(try folder.read("report.md") == "# Report\n")
    #expect(try folder.read("claims.csv") == "id\n")
  }

  @Test func makesTheFolderAndThoseAroundIt() throws {
    let inner = OutputFolder(folder.url.appendingPathComponent("variants/a"))
    try inner.write(files, removingOthers: false)
    #expect(try folder.read("variants/a/report.md") == "# Report\n")
  }

  @Test func writesAFileIntoAFolderThatItsNameNames() throws {
    try outputs.write(
      [
        OutputFile(name: "a/b/one.csv", text: "1\n"), OutputFile(name: "a/two.csv", text: "2\n"),
      ], removingOthers: false)
    #expect(try folder.names() == ["a"])
    #expect(try folder.read("a/b/one.csv") == "1\n")
    #expect(try folder.read("a/two.csv") == "2\n")
  }

  @Test func aFolderWithAnyOfTheMarksIsOwn() throws {
    try folder.write("old", to: "values.csv")
    #expect(throws: Never.self) { try outputs.requireOwn(marks: ["key", "values.csv"]) }
    #expect(throws: Diagnostic.self) { try outputs.requireOwn(marks: ["key"]) }
  }

  @Test func replacesOlderFiles() throws {
    try folder.write("old and longer", to: "report.md")
    try outputs.write(files, removingOthers: false)
    #expect(try folder.read("report.md") == "# Report\n")
  }

  @Test func replacesAFileAsAWholeAndNeverWritesIntoIt() throws {
    try folder.write("old", to: "report.md")
    let file = folder.url.appendingPathComponent("report.md")
    let reader = try FileHandle(forReadingFrom: file)
    try outputs.write(files, removingOthers: false)
    // Who has the old file open still reads the old file.
    #expect(try reader.readToEnd() == Data("old".utf8))
  }

  @Test func keepsOtherFilesUnlessAsked() throws {
    try folder.write("old", to: "old.svg")
    try outputs.write(files, removingOthers: false)
    #expect(try folder.names() == ["claims.csv", "old.svg", "report.md"])
  }

  @Test func removesOtherOutputsWhenAskedButNothingElse() throws {
    for name in ["old.md", "old.csv", "old.svg", "notes.txt", "inner/old.csv"] {
      try folder.write("old", to: name)
    }
    try outputs.write(files, removingOthers: true)
    #expect(try folder.names() == ["claims.csv", "inner", "notes.txt", "report.md"])
    #expect(try folder.read("inner/old.csv") == "old")
  }

  @Test(arguments: [false, true])
  func runsThatWriteToOneFolderDoNotDisturbEachOther(removingOthers: Bool) async throws {
    let names = ["report.md", "claims.csv"] + (1...20).map { "figure\($0).svg" }
    let runs = (1...6).map { run in
      names.map { OutputFile(name: $0, text: String(repeating: "\(run) ", count: 20_000)) }
    }
    try await withThrowingTaskGroup(of: Void.self) { [outputs] group in
      for files in runs {
        group.addTask { try outputs.write(files, removingOthers: removingOthers) }
      }
      try await group.waitForAll()
    }
    #expect(try folder.names() == names.sorted())
    let texts = Set(runs.map { $0[0].text })
    for name in names { #expect(texts.contains(try folder.read(name)), "\(name)") }
  }

  // MARK: Whose folder it is

  @Test(arguments: [[], ["report.md"], ["notes.txt", "report.md"]])
  func aNewAnEmptyAndAReportsFolderMayBeWrittenTo(names: [String]) throws {
    for name in names { try folder.write("old", to: name) }
    try outputs.requireOwn()
    try OutputFolder(folder.url.appendingPathComponent("absent")).requireOwn()
  }

  @Test(arguments: ["notes.txt", "claims.csv", "inner/report.md"])
  func aFolderOfOtherFilesMayNot(name: String) throws {
    try folder.write("mine", to: name)
    #expect(
      throws: Diagnostic(
        folder.url.path, nil, "this folder holds other files; name a new or an empty one")
    ) { try outputs.requireOwn() }
  }

  @Test func aFolderIsChosenByItsName() throws {
    #expect(try OutputFolder.chosen(nil) == nil)
    #expect(try OutputFolder.chosen("/tmp/a")?.url.path == "/tmp/a")
    #expect(throws: Diagnostic("--output", nil, "the folder's name is empty")) {
      try OutputFolder.chosen("")
    }
  }

  @Test func linksAreFollowedToWhereAFolderIs() throws {
    try folder.write("", to: "outputs/demo/report.md")
    try folder.write("", to: "outputs-of-mine/report.md")
    try folder.link("link", to: "outputs")
    func at(_ path: String) -> OutputFolder {
      OutputFolder(folder.url.appendingPathComponent(path))
    }
    let outputs = folder.url.appendingPathComponent("outputs")
    for path in ["outputs", "outputs/demo", "outputs/new/deep", "link", "link/demo", "link/new"] {
      #expect(at(path).isInside(outputs), "\(path)")
    }
    for path in ["outputs-of-mine", "new", "outputs/../new", "."] {
      #expect(!at(path).isInside(outputs), "\(path)")
    }
    #expect(at("link/demo").isSame(as: outputs.appendingPathComponent("demo")))
    #expect(at("outputs/./demo/../demo").isSame(as: outputs.appendingPathComponent("demo")))
    #expect(!at("link").isSame(as: outputs.appendingPathComponent("demo")))
    #expect(at("outputs/demo").isInside(folder.url.appendingPathComponent("link")))
  }

  // MARK: Failing

  @Test func aFolderBelowAFileIsAnErrorThatNamesIt() throws {
    try folder.write("a file", to: "taken")
    let below = folder.url.appendingPathComponent("taken/outputs")
    let text = try #require(
      message { try OutputFolder(below).write(files, removingOthers: true) })
    #expect(
      text == "\(below.path): error: cannot write here: "
        + "\(folder.url.appendingPathComponent("taken").path) is a file")
    #expect(try folder.names() == ["taken"])
    #expect(try folder.read("taken") == "a file")
  }

  @Test func aFileThatCannotBeWrittenLeavesTheOldOnesAndNoTemporaryFiles() throws {
    try folder.write("old", to: "report.md")
    try folder.write("old", to: "old.csv")
    let tooLong = String(repeating: "x", count: 300)
    let unwritable = files + [OutputFile(name: tooLong, text: "")]
    let text = try #require(message { try outputs.write(unwritable, removingOthers: true) })
    #expect(text.hasPrefix("\(folder.url.path): error: cannot write here: "))
    #expect(try folder.names() == ["old.csv", "report.md"])
    #expect(try folder.read("report.md") == "old")
  }

  @Test func aFileWhereAFolderShouldBeIsAnErrorAndNothingChanges() throws {
    try folder.write("old", to: "report.md")
    try folder.write("in the way", to: "key")
    let text = try #require(
      message {
        try outputs.write(
          files + [OutputFile(name: "key/values.csv", text: "")], removingOthers: false)
      })
    #expect(text.hasPrefix("\(folder.url.path): error: cannot write here: "))
    #expect(try folder.read("report.md") == "old")
    #expect(try folder.names() == ["key", "report.md"])
  }

  @Test func aFileThatCannotBeReplacedIsAnErrorThatNamesIt() throws {
    try folder.write("in the way", to: "claims.csv/inner")
    let target = folder.url.appendingPathComponent("claims.csv").path
    try folder.write("old", to: "report.md")
    #expect(
      message { try outputs.write(files, removingOthers: false) }
        == "\(target): error: cannot be replaced: it is a folder")
    #expect(try folder.names() == ["claims.csv", "report.md"])
    #expect(try folder.read("report.md") == "old")
  }

  // MARK: Comparing

  @Test func aFolderThatIsUpToDateHasNoDifferences() throws {
    try outputs.write(files, removingOthers: false)
    #expect(outputs.differences(from: files) == [])
  }

  @Test func comparingWritesNothing() throws {
    _ = outputs.differences(from: files)
    #expect(try folder.names() == [])
  }

  @Test func missingAndFurtherFilesAreNamed() throws {
    try folder.write("# Report\n", to: "report.md")
    try folder.write("<svg/>", to: "old.svg")
    try folder.write("kept", to: "notes.txt")
    #expect(
      outputs.differences(from: files) == [
        "claims.csv is missing; run without --check to write it", "old.svg is no longer written",
      ])
  }

  @Test func aFolderThatIsNotThereMissesEveryFile() {
    let absent = OutputFolder(folder.url.appendingPathComponent("absent"))
    #expect(
      absent.differences(from: files) == [
        "report.md is missing; run without --check to write it",
        "claims.csv is missing; run without --check to write it",
      ])
  }

  @Test func staleFilesAreComparedOneByOne() throws {
    try folder.write("# Old\n", to: "report.md")
    try folder.write("id\n", to: "claims.csv")
    #expect(outputs.differences(from: files) == ["report.md:1: # Old → # Report"])
  }
}

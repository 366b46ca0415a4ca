import ArgumentParser
import Foundation
import Testing

@testable import Notebook

/// The demonstration as the command that a reader runs, in a process of its own.
@Suite struct LectureCommandTests {
  private let project: DemoProject

  init() throws { project = try DemoProject() }

  private func run(
    _ arguments: String..., exits condition: ExitTest.Condition = .success
  ) async -> (output: String, error: String) {
    await run(arguments, exits: condition)
  }

  private func run(
    _ arguments: [String], exits condition: ExitTest.Condition = .success
  ) async -> (output: String, error: String) {
    let result = await #expect(
      processExitsWith: condition, observing: [\.standardOutputContent, \.standardErrorContent]
    ) { [source = project.source as String, arguments = arguments as [String]] in
      DemoLecture.$source.withValue(source) { DemoLecture.main(arguments) }
    }
    func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }
    return (text(result?.standardOutputContent), text(result?.standardErrorContent))
  }

  private func path(_ name: String) -> String {
    project.folder.url.appendingPathComponent(name).path
  }

  private let files = [
    "claims.csv", "errata.csv", "line.csv", "line.svg", "numbers.csv", "report.md",
  ]

  // MARK: The reference

  @Test func writesItsOutputsAndSaysWhatItFound() async throws {
    let (output, _) = await run()
    #expect(
      output == """
        Demonstration: 3 of 4 claims computed, 1 not computable (a figure or datum is missing)
          1 rounded, 1 inconsistent, 1 derived, 1 not computable
          2 errata shown
        wrote 6 files, read \(path("outputs/demo/report.md"))

        """)
    #expect(try project.folder.names("outputs/demo") == files)
  }

  @Test func removesWhatItNoLongerWrites() async throws {
    try project.folder.write("old", to: "outputs/demo/old.svg")
    _ = await run()
    #expect(try project.folder.names("outputs/demo") == files)
  }

  @Test func aFailedRunLeavesTheOldReport() async throws {
    try project.folder.write("old", to: "outputs/demo/report.md")
    try project.write(lecture: "x()\n" + DemoProject.lecture)
    let (_, error) = await run(exits: .exitCode(1))
    #expect(
      error == """
        \(project.source):4: error: no recording call (`notebook.value`) stands here: the source \
        changed since the lecture was built; build and run it again

        """)
    #expect(try project.folder.names("outputs/demo") == ["report.md"])
    #expect(try project.folder.read("outputs/demo/report.md") == "old")
  }

  @Test func aMalformedLedgerIsAnErrorAtItsLine() async throws {
    try project.folder.write("id\n", to: "notebooks/ledger/demo.csv")
    let (_, error) = await run(exits: .exitCode(1))
    #expect(
      error == """
        \(path("notebooks/ledger/demo.csv")):1: error: the header must be \
        id,document,statement,quote,printed,erratum,note

        """)
  }

  @Test func onlyAReportInItsPlaceLinksToTheSource() async throws {
    _ = await run()
    _ = await run("--output", path("elsewhere"))
    let link = "[`demo.output`](../../notebooks/Demo.swift#L7)"
    let inPlace = try project.folder.read("outputs/demo/report.md")
    #expect(inPlace.contains(link))
    let elsewhere = try project.folder.read("elsewhere/report.md")
    #expect(elsewhere.contains("<br>`demo.output` |"))
    #expect(!elsewhere.contains("../"))
  }

  @Test func aLinkToTheReferenceOutputsIsTheirPlaceToo() async throws {
    _ = await run()
    try project.folder.link("elsewhere", to: "outputs/demo")
    let before = try project.folder.read("outputs/demo/report.md")
    _ = await run("--output", path("elsewhere"))
    #expect(try project.folder.read("outputs/demo/report.md") == before)
    let (output, _) = await run("--check", "--output", path("elsewhere"))
    #expect(output == "Demonstration: 6 files are up to date\n")
  }

  // MARK: Checking

  @Test func aCheckOfFreshOutputsSaysSo() async throws {
    _ = await run()
    let (output, _) = await run("--check")
    #expect(output == "Demonstration: 6 files are up to date\n")
  }

  @Test func aCheckNamesTheNumberThatMovedAndWritesNothing() async throws {
    _ = await run()
    let stale = try project.folder.read("outputs/demo/claims.csv")
      .replacing("2.731", with: "2.75")
    try project.folder.write(stale, to: "outputs/demo/claims.csv")
    let (output, _) = await run("--check", exits: .exitCode(1))
    #expect(
      output == """
        demo/claims.csv: demo.output, computed: 2.75 → 2.731 (notebooks/Demo.swift:7)
        demo/claims.csv: demo.rule, computed: 2.75 → 2.731 (notebooks/Demo.swift:8)

        """)
    #expect(try project.folder.read("outputs/demo/claims.csv") == stale)
  }

  // MARK: Variants

  @Test func aVariantGoesToAFolderOfItsOwn() async throws {
    let (output, _) = await run("--input", "3", "--output", path("variants/a"))
    #expect(output.hasSuffix("wrote 6 files, read \(path("variants/a/report.md"))\n"))
    #expect(try project.folder.names("variants/a") == files)
    #expect(try project.folder.names() == ["notebooks", "variants"])
  }

  @Test func anEmptyFolderIsTaken() async throws {
    try FileManager.default.createDirectory(
      atPath: path("variants/a"), withIntermediateDirectories: true)
    _ = await run("--input", "3", "--output", path("variants/a"))
    #expect(try project.folder.names("variants/a") == files)
  }

  @Test func aFolderWithAReportIsTakenAndWhatElseLiesThereStays() async throws {
    try project.folder.write("old", to: "variants/a/report.md")
    try project.folder.write("mine", to: "variants/a/notes.md")
    _ = await run("--input", "3", "--output", path("variants/a"))
    #expect(try project.folder.names("variants/a") == (files + ["notes.md"]).sorted())
    #expect(try project.folder.read("variants/a/report.md") != "old")
    #expect(try project.folder.read("variants/a/notes.md") == "mine")
  }

  @Test(arguments: ["1", "3"])
  func aFolderWithOtherFilesIsRefused(input: String) async throws {
    try project.folder.write("mine", to: "work/claims.csv")
    let (_, error) = await run(
      "--input", input, "--output", path("work"), exits: .exitCode(1))
    #expect(
      error == """
        \(path("work")): error: this folder holds other files; name a new or an empty one

        """)
    #expect(try project.folder.names("work") == ["claims.csv"])
    #expect(try project.folder.read("work/claims.csv") == "mine")
  }

  @Test(arguments: ["1", "3"])
  func aFolderWithoutANameIsRefused(input: String) async throws {
    let (_, error) = await run("--input", input, "--output", "", exits: .exitCode(1))
    #expect(error == "--output: error: the folder's name is empty\n")
    #expect(try project.folder.names() == ["notebooks"])
  }

  @Test(arguments: [[], ["--check"], ["--output", ""], ["--output", "/dev/null/variant"]])
  func aParameterOutOfRangeIsSaidBeforeAnythingElse(further: [String]) async throws {
    try project.folder.write("id\n", to: "notebooks/ledger/demo.csv")
    let (_, error) = await run(["--input", "11"] + further, exits: .exitCode(1))
    #expect(error == "--input: error: x is 11; allowed: −10 to 10\n")
  }

  @Test(arguments: ["elsewhere", "elsewhere/new", "elsewhere/../elsewhere"])
  func aLinkIntoTheReferenceOutputsIsRefusedForAVariant(folder: String) async throws {
    _ = await run()
    let before = try project.folder.read("outputs/demo/report.md")
    try project.folder.link("elsewhere", to: "outputs/demo")
    let (_, error) = await run(
      "--input", "3", "--output", path(folder), exits: .exitCode(1))
    #expect(error.hasPrefix("\(path(folder)): error: this folder holds the reference outputs; "))
    #expect(try project.folder.names("outputs") == ["demo"])
    #expect(try project.folder.names("outputs/demo") == files)
    #expect(try project.folder.read("outputs/demo/report.md") == before)
  }

  @Test(arguments: ["outputs/demo", "outputs", "outputs/other", "outputs/../outputs/demo"])
  func aVariantNeverGoesToTheReferenceOutputs(folder: String) async throws {
    let (_, error) = await run(
      "--input", "3", "--output", path(folder), exits: .exitCode(1))
    #expect(
      error == """
        \(path(folder)): error: this folder holds the reference outputs; changed parameters need \
        --output with another

        """)
    #expect(try project.folder.names() == ["notebooks"])
  }

  @Test func aVariantNeedsAFolder() async throws {
    let (_, error) = await run("--input", "3", exits: .exitCode(1))
    #expect(error.hasPrefix("\(path("outputs/demo")): error: this folder holds the reference"))
  }

  @Test func aFolderBesideTheReferenceOutputsMayHaveALikeName() async throws {
    _ = await run("--input", "3", "--output", path("outputs-of-mine"))
    #expect(try project.folder.names("outputs-of-mine") == files)
  }

  // MARK: The source

  @Test func theProjectOfASourceIsFoundAroundIt() throws {
    let found = try Project.enclosing(project.source)
    #expect(found.notebooks.path == path("notebooks"))
    #expect(found.ledger.path == path("notebooks/ledger"))
    #expect(found.outputs.path == path("outputs"))
  }

  @Test func aMovedProjectIsFoundAroundTheWorkingDirectory() async throws {
    let inner = path("Sources/Inner")
    try project.folder.write("", to: "Sources/Inner/x.swift")
    await #expect(processExitsWith: .success) { [inner = inner as String] in
      #expect(FileManager.default.changeCurrentDirectoryPath(inner))
      let found = try Project.enclosing("/gone/notebooks/Demo.swift")
      let root = URL(fileURLWithPath: inner).deletingLastPathComponent().deletingLastPathComponent()
      #expect(found.root.resolvingSymlinksInPath() == root.resolvingSymlinksInPath())
    }
  }

  @Test func outsideAnyProjectThereIsAnError() async throws {
    await #expect(processExitsWith: .success) {
      #expect(FileManager.default.changeCurrentDirectoryPath("/"))
      #expect(
        throws: Diagnostic("/", nil, "no notebooks/ledger here or above; run inside the project")
      ) {
        try Project.enclosing("/gone/notebooks/Demo.swift")
      }
    }
  }
}

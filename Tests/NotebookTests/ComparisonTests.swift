import Testing

@testable import Notebook

/// How a stale file is described.
@Suite struct ComparisonTests {
  private func differences(_ name: String, _ old: String, _ new: String) -> [String] {
    Comparison(old: old, new: new, name: name).differences
  }

  // MARK: Tables

  @Test func aNumberThatMovedIsNamedWithItsClaimAndItsSource() {
    let header = "id,printed,computed,source\n"
    #expect(
      differences(
        "claims.csv",
        header + "demo.a,1,1,notebooks/Demo.swift:7\ndemo.b,0.24,0.2426,notebooks/Demo.swift:8\n",
        header + "demo.a,1,1,notebooks/Demo.swift:7\ndemo.b,0.24,0.2427,notebooks/Demo.swift:8\n"
      ) == ["claims.csv: demo.b, computed: 0.2426 → 0.2427 (notebooks/Demo.swift:8)"])
  }

  @Test func aTableWithoutIdsCountsItsRows() {
    #expect(
      differences("loss.csv", "step,loss\n0,1\n1,0.5\n", "step,loss\n0,1\n1,0.25\n")
        == ["loss.csv: row 2, loss: 0.5 → 0.25"])
  }

  @Test(arguments: [
    ("0.3", "0.30000000000000004"), ("0.3", "0.3000000001"), ("1", "1.000000000000001"),
    ("1e20", "1.00000000000001e20"),
    ("0", "1e-15"), ("-3e-17", "5e-16"), ("1; 0.3", "1; 0.30000000000000004"),
  ])
  func theLastDigitsAreThePlatforms(old: String, new: String) {
    #expect(differences("t.csv", "x\n\(old)\n", "x\n\(new)\n") == [])
    #expect(differences("t.csv", "x\n\(new)\n", "x\n\(old)\n") == [])
  }

  @Test(arguments: [
    ("0.3", "0.300000001"), ("0", "1e-12"), ("1e-9", "2e-9"), ("1; 2", "1; 3"), ("1", "1; 2"),
    ("exact", "rounded"), ("1", ""), ("1", "one"), ("inf", "1"), ("inf", "-inf"), ("1", "inf"),
  ])
  func anythingElseIsADifference(old: String, new: String) {
    let shown = new.isEmpty ? "(nothing)" : new
    #expect(
      differences("t.csv", "x,y\n\(old),2\n", "x,y\n\(new),2\n")
        == ["t.csv: row 1, x: \(old) → \(shown)"])
  }

  @Test func anEmptyCellThatIsFilledIsADifference() {
    #expect(
      differences("t.csv", "id,y\na,\n", "id,y\na,2\n") == ["t.csv: a, y: (nothing) → 2"])
  }

  @Test func rowsThatCameOrWentAreNamedByTheirPlace() {
    #expect(differences("t.csv", "x\n1\n2\n", "x\n1\n") == ["t.csv: row 2 is gone"])
    #expect(
      differences("t.csv", "x\n1\n", "x\n5\n2\n")
        == ["t.csv: row 1, x: 1 → 5", "t.csv: row 2 is new"])
  }

  @Test func aRowWithAnIdIsComparedWithTheRowOfThatId() {
    #expect(
      differences("t.csv", "id,y\na,1\nb,2\nc,3\n", "id,y\nn,9\na,1\nc,4\n")
        == ["t.csv: b is gone", "t.csv: n is new", "t.csv: c, y: 3 → 4"])
  }

  @Test(arguments: ["x,z\n1,2\n", "x\n1\n", "", "x,y\n\"1,2\n"])
  func aTableOfOtherColumnsIsNotComparedCellByCell(old: String) {
    #expect(differences("t.csv", old, "x,y\n1,2\n") == ["t.csv: the columns changed"])
  }

  // MARK: Texts

  @Test func linesThatChangedAreShownWithTheirNumbers() {
    #expect(
      differences("report.md", "# A\n\nOne\nTwo\n", "# A\n\n1\n\n")
        == ["report.md:3: One → 1", "report.md:4: Two → (nothing)"])
  }

  @Test func linesThatCameOrWentAreCounted() {
    #expect(differences("report.md", "# A\n", "# A\n\nMore\n") == ["report.md: 2 → 4 lines"])
  }

  @Test func inATextEveryDigitCounts() {
    #expect(
      differences("figure.svg", "x=\"0.3\"", "x=\"0.30000000000000004\"")
        == ["figure.svg:1: x=\"0.3\" → x=\"0.30000000000000004\""])
  }

  @Test func longTextsAreCut() {
    let long = String(repeating: "a", count: 61)
    #expect(
      differences("report.md", long, "b")
        == ["report.md:1: \(String(repeating: "a", count: 60))… → b"])
  }

  @Test func onlyTheFirstDifferencesAreShown() {
    let old = (1...20).map { "old \($0)" }.joined(separator: "\n")
    let new = (1...20).map { "new \($0)" }.joined(separator: "\n")
    let found = differences("report.md", old, new)
    #expect(found.count == 9)
    #expect(found.first == "report.md:1: old 1 → new 1")
    #expect(found.last == "report.md: 12 more")
  }
}
